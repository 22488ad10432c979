"""Players as they come and go: what a connection that opens or ends means for the match or the lobby they are in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from application.base.clock import Clock
from application.journal.transaction import Transaction, transaction
from application.matches import lobby, projections
from application.matches.referee import MatchAct, MatchEngine, MatchRules
from application.matches.roster import Roster, note_absences
from application.matches.rules import commands as c
from application.matches.timeline import Timeline

RECOVERY_SECONDS = 10
"""How long players may take to reconnect when it was the server that went away."""


class Arrivals:
    """Keeps matches and the lobby in step with who is connected."""

    def __init__(
        self,
        engine: MatchEngine,
        rules: MatchRules,
        roster: Roster,
        clock: Clock,
        wake: Callable[[datetime], None],
    ) -> None:
        """``wake`` is called with the time at which something falls due."""
        self._engine, self._rules, self._roster, self._clock, self._wake = engine, rules, roster, clock, wake

    def online(self, user_id: int) -> int | None:
        """The user has a connection to this process (again). The id of the match that they are in, or None."""
        with self._roster.settling(user_id) as asked:
            lobby.mark_present(asked, user_id)
            live = asked.last(_LIVE, ([user_id],))
        if not live:
            return None
        ((_, room, match_id),) = live
        with self._engine.act() as act:
            timeline = act.lock(room)
            projections.cancel(act.transaction, match_id, projections.ABSENCE, user_id)
            self._back(act, timeline, user_id, even_if_left=True)
        return int(match_id) if not timeline.is_over else None

    def offline(self, user_id: int) -> None:
        """The user's last connection to this process ended. Unless they return in time, they count as gone."""
        with self._roster.settling(user_id) as asked:
            due = self._note_absences(asked, self._rules.absence_seconds)
        self._wake(due)

    def remains(self, user_id: int) -> bool:
        """One of the user's connections here has just left the room of their match. Returns whether another is still in
        it, at this process or at another."""
        with self._roster.settling(user_id) as asked:
            return self._roster.is_online(user_id, asked)

    def returned(self, user_id: int, even_if_left: bool = True) -> bool:
        """The user is evidently here. If they counted as gone from their live match they no longer do; returns whether
        they did."""
        room = self.live_room(user_id)
        if room is None:
            return False
        with self._engine.act() as act:
            return self._back(act, act.lock(room), user_id, even_if_left)

    def return_to(self, user_id: int, timeline: Timeline) -> bool:
        """The user opens the room of this match: if they were gone they are back, and the journal has grown."""
        player = timeline.state.player(user_id)
        if timeline.is_over or player is None or not player.gone:
            return False
        return self.returned(user_id)

    def live_room(self, user_id: int) -> str | None:
        """The room of the user's live match, or None."""
        with transaction(self._engine.connect) as asked:
            found = asked.last(_LIVE, ([user_id],))
        return str(found[0][1]) if found else None

    def is_live(self, user_id: int, room: str) -> bool:
        """Whether the match that was just read or changed in this room goes on, with this user in it."""
        known = self._engine.cache.get(room)
        return known is not None and not known.is_over and user_id in known.user_ids

    def keep(self) -> None:
        """Called every second: show that this process is alive, and find out who is absent."""
        self._roster.beat()
        with transaction(self._engine.connect) as asked:
            self._note_absences(asked, self._rules.absence_seconds)

    def recover(self) -> None:
        """Called at a start: clear what the last process left behind, and give its players a little more time to
        reconnect."""
        self._roster.start()
        with transaction(self._engine.connect) as asked:
            self._note_absences(asked, RECOVERY_SECONDS)

    def close(self) -> None:
        """Called when this process ends, and its connections with it."""
        self._roster.leave()
        with transaction(self._engine.connect) as asked:
            self._note_absences(asked, RECOVERY_SECONDS)

    def _note_absences(self, asked: Transaction, seconds: float) -> datetime:
        at = self._clock()
        note_absences(asked, at, seconds)
        return at + timedelta(seconds=seconds)

    def _back(self, act: MatchAct, timeline: Timeline, user_id: int, even_if_left: bool) -> bool:
        player = timeline.state.player(user_id)
        if timeline.is_over or player is None or not player.gone or (player.left and not even_if_left):
            return False
        act.carry_out(timeline, c.MarkBack(user_id))
        return True


def live_rooms(asked: Transaction, user_ids: Sequence[int]) -> dict[int, str]:
    """The rooms of those of the users who are in a live match."""
    return {user_id: room for user_id, room, _ in asked.read(_LIVE, (list(user_ids),))}


_LIVE = """
    SELECT p.user_id, m.room, m.id FROM match_players p JOIN matches m ON m.id = p.match_id
    WHERE p.user_id = ANY(%s) AND p.live"""
