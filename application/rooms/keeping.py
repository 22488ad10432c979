"""Rooms as time goes by: who comes back, who is gone, and which rooms nobody uses any more."""

from __future__ import annotations

from datetime import timedelta

from application.base.clock import Clock
from application.journal.errors import MatchNotFound
from application.journal.transaction import transaction
from application.matches import lobby
from application.matches.referee import MatchEngine
from application.matches.roster import Roster, is_here
from application.rooms import errors
from application.rooms.rules import commands as c
from application.rooms.seating import Seating

SETTLED_AT_ONCE = 50
"""How many rooms with members who are away are seen to at a time."""


class RoomKeeping:
    """Keeps rooms in step with who is connected. Any number of processes may."""

    def __init__(
        self,
        engine: MatchEngine,
        roster: Roster,
        seating: Seating,
        clock: Clock,
        grace_seconds: float,
        idle_hours: float,
    ) -> None:
        """Who is away for ``grace_seconds`` is gone; a room in which nothing happens for ``idle_hours`` is closed."""
        self._engine, self._roster, self._seating, self._clock = engine, roster, seating, clock
        self._grace_seconds, self._idle = grace_seconds, timedelta(hours=idle_hours)

    def arrived(self, user_id: int, room: str) -> None:
        """A member has come back to the room: a match that only waited for them begins."""
        journal = self._engine.read(room)
        if not (self._seating.waits_for_all(journal) and journal.place.member(user_id)):
            return
        with self._engine.act() as act:
            lobby.take_turn(act.transaction)
            journal = act.lock(room)
            if self._seating.waits_for_all(journal):
                self._seating.begin_if_full(act, journal)

    def see_who_is_gone(self) -> None:
        """Note which members have no connection; who has had none for the grace is a member no longer."""
        now = self._clock()
        with transaction(self._engine.connect) as asked:
            asked.write(_BACK)
            asked.write(_AWAY, (now,))
            away_since = now - timedelta(seconds=self._grace_seconds)
            gone = asked.last(_GONE, (away_since, SETTLED_AT_ONCE))
        for room, user_id in gone:
            with self._engine.act() as act:
                lobby.take_turn(act.transaction)
                journal = act.lock(room)
                if self._roster.is_online(user_id, act.transaction) or journal.place.member(user_id) is None:
                    continue
                try:
                    journal = act.carry_out(journal, c.LeaveRoom(user_id, "gone"))
                except errors.MatchUnderWay:
                    continue  # the match sees to who is away
                self._seating.rematch_if_all(act, journal)

    def close_idle(self) -> None:
        """Close the rooms in which nothing has happened for long."""
        with transaction(self._engine.connect) as asked:
            rooms = asked.last(_IDLE, (self._clock() - self._idle, SETTLED_AT_ONCE))
        for (room,) in rooms:
            self.close(room)

    def close(self, room: str) -> bool:
        """Close a room in which no match is going on; whether it was open."""
        with self._engine.act() as act:
            try:
                act.carry_out(act.lock(room), c.CloseRoom())
            except (errors.RoomClosed, errors.MatchUnderWay, MatchNotFound):
                return False
        return True


_PLAYS_HERE = """
    EXISTS (SELECT 1 FROM match_players p JOIN matches live ON live.id = p.match_id
    WHERE p.user_id = m.user_id AND p.live AND live.room_id = m.room_id)"""
# A challenge waits, whether or not its author does.
_WAITS = "EXISTS (SELECT 1 FROM challenges c WHERE c.room_id = m.room_id AND c.ended_at IS NULL)"
_PRESENT = is_here("m.user_id")
_BACK = f"UPDATE room_members m SET absent_since = NULL WHERE absent_since IS NOT NULL AND {_PRESENT}"
_AWAY = f"UPDATE room_members m SET absent_since = %s WHERE absent_since IS NULL AND NOT {_PRESENT}"
_GONE = f"""
    SELECT r.code, m.user_id FROM room_members m JOIN rooms r ON r.id = m.room_id
    WHERE m.absent_since < %s AND NOT {_PLAYS_HERE} AND NOT {_WAITS} ORDER BY m.absent_since LIMIT %s"""
_IDLE = """
    SELECT r.code FROM open_rooms o JOIN rooms r ON r.id = o.room_id
    WHERE o.closed_at IS NULL AND NOT o.live AND o.changed_at < %s ORDER BY o.changed_at LIMIT %s"""
