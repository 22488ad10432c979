"""Shows those who look on what the players write, where the room allows it.

It is in no journal and has no version: only the newest counts, and who missed it is sent the next.
"""

from __future__ import annotations

from collections.abc import Callable

from application.base.database import db
from application.matches.reading import MatchReader
from application.matches.timeline import Timeline
from application.matches.written import kept_code
from application.realtime.feed import Feed, Send


class LiveCode:
    """Brings what players have had kept to the connections here, at most once each time that it ``look``s."""

    def __init__(self, reader: MatchReader, feed: Feed[Timeline], send: Send, tell: Callable[[str, int], None]) -> None:
        """``tell`` lets the other processes know in which room whose code has changed."""
        self._reader, self._feed, self._send, self._tell = reader, feed, send, tell
        self._changed: dict[tuple[str, int], None] = {}

    def kept(self, timeline: Timeline, user_id: int) -> None:
        """A player of this running match has had their code kept here."""
        if _is_shown(timeline):
            self._tell(timeline.room, user_id)
            self.hear(timeline.room, user_id)

    def hear(self, room: str, user_id: int) -> None:
        """The code of a player has changed, here or at another process."""
        if self._feed.following(room):
            self._changed[room, user_id] = None

    def look(self) -> None:
        """Show what has changed since the last time."""
        changed, self._changed = self._changed, {}
        for room, user_id in changed:
            self._show(room, user_id)

    def _show(self, room: str, user_id: int) -> None:
        match_id = self._reader.read(room).match_id
        code = kept_code(match_id, user_id)["last_code"]
        db.session.rollback()  # gives the connection back, for what is asked of the journal
        timeline = self._reader.read(room)
        if code is None or timeline.match_id != match_id or not _is_shown(timeline):
            return
        # From here on nothing yields: whoever plays by now is sent nothing.
        readers = [sid for sid, reader in self._feed.following(room).items() if reader not in timeline.user_ids]
        if readers:
            self._send(readers, "code_changed", {"room": room, "user_id": user_id, **code})


def _is_shown(timeline: Timeline) -> bool:
    """Whether a match is going on in which the players' code is shown as they write it."""
    found = timeline.state.found
    return found is not None and not timeline.is_over and found.rules.show_code == "live"
