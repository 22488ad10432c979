"""The journal of a room as it stands at one version: what it holds, and what of it is shown to whom.

Everything that anybody ever learns of a match is made from a ``Timeline``; there is no second source to differ from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from application.matches.errors import NotAPlayer
from application.matches.rules import events as e
from application.matches.rules.chapter import follow
from application.matches.rules.state import MatchState, Phase, replay
from application.matches.rules.views import You, envelope, view
from application.rooms.rules.events import MemberLeft, RoomChanged
from application.rooms.rules.state import RoomState

Json = dict[str, Any]

ENTRY_BYTES = 2_000
"""What an event takes in memory, about; reports are reckoned by their length."""


@dataclass(frozen=True)
class Timeline:
    """The events of a room from the beginning of its last match on, with what is needed to show them.

    ``problems`` is the public form of each problem that they name, by id; ``reports`` the report of each judged
    submission, by id. A later Timeline of the same match only has more of each.
    """

    room_id: int
    room: str
    entries: tuple[e.Recorded, ...]
    problems: Mapping[int, Json]
    reports: Mapping[int, Json]
    known: tuple[MatchState, RoomState] | None = None
    """Match and room after some first part of the entries, where that is known already."""
    reports_bytes: int = 0

    @property
    def version(self) -> int:
        """The number of the last event, 0 for none."""
        return self.entries[-1].version if self.entries else 0

    @property
    def first(self) -> int:
        """The number of the event that the match began with."""
        return self.entries[0].version if self.entries else 1

    @cached_property
    def state(self) -> MatchState:
        """The match as it stands after the last event."""
        known = self.known[0] if self.known else MatchState(version=self.first - 1)
        return replay(self.entries[known.version - self.first + 1 :], known)

    @cached_property
    def place(self) -> RoomState:
        """The room as it stands after the last event, apart from the match."""
        known, place = self.known or (MatchState(version=self.first - 1), RoomState())
        for entry in self.entries[known.version - self.first + 1 :]:
            place = follow(place, entry.event)
        return place

    @property
    def match_id(self) -> int:
        """The number of the match, 0 before there is one."""
        return self.state.found.session_id if self.state.found else 0

    @property
    def user_ids(self) -> tuple[int, ...]:
        """The players, by id."""
        return tuple(player.seat.user_id for player in self.state.players)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen in this match."""
        return self.state.phase is Phase.FINISHED

    @property
    def is_closed(self) -> bool:
        """Whether nothing more will happen in this room."""
        return self.place.closed

    @property
    def bytes(self) -> int:
        """What it takes in memory, about."""
        return ENTRY_BYTES * len(self.entries) + self.reports_bytes

    def after(self, version: int) -> Sequence[e.Recorded]:
        """The events after this one, as far as they are of this match."""
        return self.entries[max(0, version - self.first + 1) :]

    def leaving(self, entry: e.Recorded) -> Callable[[int], bool] | None:
        """Which users leave the room with this event, unless they have come again since; None: nobody does."""
        event, place = entry.event, self.place
        if isinstance(event, MemberLeft) and place.member(event.user_id) is None:
            left = event.user_id
            return lambda user_id: user_id == left
        if isinstance(event, RoomChanged) and "anyone" not in (event.settings.spectators, place.settings.spectators):
            return lambda user_id: not is_company(self, user_id)
        return None

    def concerned(self, entry: e.Recorded) -> Collection[int]:
        """The users to whom this event is shown in a form of their own; all others see the same of it."""
        match entry.event:
            case e.MatchFound():
                event = entry.event
                return {seat.user_id for seat in event.players} | {member.user_id for member in event.members}
            case e.SubmissionJudged():
                return (entry.event.user_id,)
            case _:
                return ()

    def envelope(self, entry: e.Recorded, reader: int | None) -> tuple[str, Json]:
        """Name and envelope of one of the events as ``reader`` may see it; None: anybody it does not concern."""
        match = self._match_of(entry)
        return e.name_of(entry.event), envelope(self.room, entry, reader, match, self.problems, self.reports)

    def envelopes(self, reader: int, after: int = 0) -> Iterator[tuple[str, Json]]:
        """Name and envelope of each event after number ``after``, as ``reader`` may see them."""
        for entry in self.after(after):
            yield self.envelope(entry, reader)

    def view(self, reader: int, written: Json, now: datetime, watchers: int = 0) -> Json:
        """The whole room, and the match in it, as ``reader`` may see it at the time ``now``. ``written`` is what they
        have in their editor; ``watchers`` is how many look on."""
        you = You(reader, written, self._last_judged(reader))
        return view(self.room, self.place, self.state, you, self.problems, now, watchers)

    def chapter(self, first: int) -> Timeline:
        """The match of these that begins with this event, from beginning to end."""
        rest = self.after(first - 1)
        end = next((at for at, entry in enumerate(rest, 1) if isinstance(entry.event, e.MatchFinished)), None)
        return Timeline(self.room_id, self.room, tuple(rest[:end]), self.problems, self.reports)

    def grown(
        self,
        entries: Sequence[e.Recorded],
        problems: Mapping[int, Json],
        reports: Mapping[int, Json],
        reports_bytes: int = 0,
    ) -> Timeline:
        """This journal with more entries at its end. Where a match begins among them, it begins anew with that one."""
        begins = max((at for at, entry in enumerate(entries) if isinstance(entry.event, e.MatchFound)), default=None)
        if begins is not None:
            return Timeline(self.room_id, self.room, tuple(entries[begins:]), problems, reports, None, reports_bytes)
        return Timeline(
            self.room_id,
            self.room,
            (*self.entries, *entries),
            {**self.problems, **problems},
            {**self.reports, **reports},
            (self.state, self.place),
            self.reports_bytes + reports_bytes,
        )

    def _last_judged(self, reader: int) -> Json | None:
        """The reader's last verdict in this match, as they got it."""
        for entry in reversed(self.entries):
            if isinstance(entry.event, e.SubmissionJudged) and entry.event.user_id == reader:
                return self.envelope(entry, reader)[1]
        return None

    def _match_of(self, entry: e.Recorded) -> MatchState:
        """The match that the event belongs to. There is more than one where somebody has missed a whole match."""
        begun = self._begun
        return (
            self.state
            if len(begun) < 2 or entry.version >= begun[-1].version
            else replay([next(first for first in reversed(begun) if first.version <= entry.version)])
        )

    @cached_property
    def _begun(self) -> list[e.Recorded]:
        return [entry for entry in self.entries if isinstance(entry.event, e.MatchFound)]


def require_player(timeline: Timeline, user_id: int) -> None:
    """Raises NotAPlayer unless the user plays in this match."""
    if user_id not in timeline.user_ids:
        raise NotAPlayer


def is_company(timeline: Timeline, user_id: int) -> bool:
    """Whether the user is in this room, or plays or has played in its last match and was not sent away."""
    place = timeline.place
    return place.member(user_id) is not None or (user_id in timeline.user_ids and user_id not in place.removed)
