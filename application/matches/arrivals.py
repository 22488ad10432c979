"""Players as they come and go: what a connection that opens or ends means for the match or the lobby they are in."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import bindparam, select

from application.base.clock import Clock
from application.base.database import db, transaction
from application.matches import journal, lobby, projections
from application.matches.journal import Timeline
from application.matches.models import Match, MatchPlayer
from application.matches.outside import Publisher
from application.matches.referee import Referee
from application.matches.roster import Roster, note_absences
from application.matches.rules import commands as c
from application.matches.rules.state import Phase

RECOVERY_SECONDS = 10
"""How long players may take to reconnect when it was the server that went away."""


class Arrivals:
    """Keeps matches and the lobby in step with who is connected. Every method is one transaction or more, each followed
    by its publication."""

    def __init__(
        self, referee: Referee, roster: Roster, publisher: Publisher, clock: Clock, wake: Callable[[], None]
    ) -> None:
        """``wake``: something may fall due earlier than expected."""
        self._referee, self._roster, self._publisher = referee, roster, publisher
        self._clock, self._wake = clock, wake

    def online(self, user_id: int) -> int | None:
        """The user has a connection to this process (again). The id of the match that they are in, or None."""
        match, back = None, None
        with transaction():
            self._roster.settle(user_id)
            lobby.mark_present(user_id)
            room = live_room(user_id)
            if room is not None:
                match = journal.lock(room)
                projections.cancel(match.id, projections.ABSENCE, user_id)
                back = self._back(match, user_id, even_if_left=True)
            match_id = match.id if match else None
        self._roster.settled(user_id)
        self._publish(back)
        return match_id

    def offline(self, user_id: int) -> None:
        """The user's last connection to this process ended; who does not return in time is gone."""
        with transaction():
            self._roster.settle(user_id)
            note_absences(self._clock(), self._referee.rules.absence_seconds)
        self._roster.settled(user_id)
        self._wake()

    def remains(self, user_id: int) -> bool:
        """One of the user's connections here has just left the room of their match; whether another is still in it,
        at whatever process."""
        with transaction():
            self._roster.settle(user_id)
        self._roster.settled(user_id)
        return self._roster.is_online(user_id)

    def returned(self, user_id: int, even_if_left: bool = True) -> bool:
        """The user shows to be here: if they are gone from their live match, they no longer are, and it is True."""
        back = None
        with transaction():
            room = live_room(user_id)
            if room is not None:
                back = self._back(journal.lock(room), user_id, even_if_left)
        self._publish(back)
        return back is not None

    def return_to(self, user_id: int, timeline: Timeline) -> bool:
        """The user opens the room of this match: if they were gone they are back, and the journal has grown."""
        player = timeline.state.player(user_id)
        if timeline.state.phase is Phase.FINISHED or player is None or not player.gone:
            return False
        return self.returned(user_id)

    def keep(self) -> None:
        """What has to be done every second: show that this process is alive, and note who has come to be absent."""
        self._roster.beat()
        with transaction():
            note_absences(self._clock(), self._referee.rules.absence_seconds)

    def recover(self) -> None:
        """At a start: what the last process left behind, and a little more time for its players to reconnect."""
        self._roster.start()
        with transaction():
            note_absences(self._clock(), RECOVERY_SECONDS)

    def close(self) -> None:
        """This process ends, and with it its connections."""
        self._roster.leave()
        with transaction():
            note_absences(self._clock(), RECOVERY_SECONDS)

    def _back(self, match: Match, user_id: int, even_if_left: bool) -> Timeline | None:
        """Under the match's lock: the journal after the player's return, or None when they were not gone."""
        gone = select(MatchPlayer.gone).where(MatchPlayer.match_id == match.id, MatchPlayer.user_id == user_id)
        if match.finished_at is not None or not db.session.scalar(gone):
            return None
        before = self._referee.timeline(match)
        player = before.state.player(user_id)
        if player is None or not player.gone or (player.left and not even_if_left):
            return None
        return self._referee.rule(match, c.MarkBack(user_id), self._clock(), before)

    def _publish(self, timeline: Timeline | None) -> None:
        if timeline:
            self._publisher.publish(timeline)
        self._wake()


def live_room(user_id: int) -> str | None:
    """The room of the user's live match, or None."""
    return db.session.scalar(_LIVE_ROOM, {"user_id": user_id})


_LIVE_ROOM = (
    select(Match.room)
    .join(MatchPlayer, MatchPlayer.match_id == Match.id)
    .where(MatchPlayer.user_id == bindparam("user_id"), MatchPlayer.live)
)
