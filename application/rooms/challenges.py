"""Challenges: a room that waits for one person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from application.accounts.service import Users
from application.base.clock import Clock
from application.base.errors import InvalidRequest
from application.base.rates import Rate
from application.journal.transaction import Transaction, transaction
from application.matches.referee import MatchAct, MatchEngine
from application.rooms import errors
from application.rooms.keeping import RoomKeeping
from application.rooms.service import Rooms
from application.rooms.wishes import Wishes

Json = dict[str, Any]

WAIT_SECONDS = 600
"""How long a challenge waits."""

TOLD_SECONDS = 60
"""For so long after its end whoever comes is told that a challenge has ended."""

ENDED_AT_ONCE = 50


class Challenge(NamedTuple):
    """One that waits, or (``reason``) has just ended."""

    room: str
    from_id: int
    from_name: str
    to_id: int
    settings: Json
    expires_at: datetime
    reason: str | None


class Challenges:
    """Challenges by name."""

    def __init__(
        self,
        engine: MatchEngine,
        rooms: Rooms,
        keeping: RoomKeeping,
        wishes: Wishes,
        users: Users,
        clock: Clock,
        rate: Rate,
    ) -> None:
        """``rate`` is how often somebody may challenge."""
        self._engine, self._rooms, self._keeping = engine, rooms, keeping
        self._wishes, self._users = wishes, users
        self._clock, self._rate = clock, rate
        rooms.on_entering, rooms.on_leaving = self._entered, self._left

    def challenge(
        self, user_id: int, room: str, username: str, given: Mapping[str, Any], client_id: str | None
    ) -> Json:
        """Open a room of this code that waits for somebody: ``{room, version}``. Whom one has challenged already, one
        challenges anew.

        Raises UserNotFound, InvalidRequest, InvalidSettings, RateLimited, JudgeUnavailable or RoomCodeTaken.
        """
        to_id = self._users.named(username).id
        if to_id == user_id:
            raise InvalidRequest(fields={"username": "is your own"})
        settings = self._wishes.settings({"capacity": 2, "start": "full", **given})
        if (settings.capacity, settings.start) != (2, "full"):
            raise errors.InvalidSettings(fields={"capacity": "a challenge is for two, and begins when both are there"})
        self._rate.spend(str(user_id))

        def write(act: MatchAct, room_id: int) -> None:
            act.transaction.write(_WITHDRAW_ONE, (act.at, user_id, to_id))
            expires_at = act.at + timedelta(seconds=WAIT_SECONDS)
            act.transaction.write(_CHALLENGE, (room_id, user_id, to_id, expires_at))

        answer = self._rooms.open_for(user_id, room, settings, to_id, client_id, write)
        self._close_ended()
        return answer

    def decline(self, user_id: int, room: str) -> Json:
        """Not take part. Raises NotInvited where there is no challenge that waits for the user."""
        with transaction(self._engine.connect) as asked:
            if not asked.last(_DECLINE, (self._clock(), room, user_id)):
                raise errors.NotInvited
        self._close_ended()
        return {}

    def expire(self) -> None:
        """End what has waited for too long, and close the rooms of what has ended."""
        with transaction(self._engine.connect) as asked:
            now = self._clock()
            asked.write(_EXPIRE, (now, now))
        self._close_ended()

    def lately(self) -> list[Challenge]:
        """Those that wait, and those that have just ended."""
        since = self._clock() - timedelta(seconds=TOLD_SECONDS)
        with transaction(self._engine.connect) as asked:
            return [Challenge(*row) for row in asked.last(_LATELY, (since,))]

    def _entered(self, act: MatchAct, room_id: int, user_id: int) -> None:
        """Who accepts a challenge, and who made it, challenge nobody else any more."""
        accepted = act.transaction.read(_ACCEPT, (act.at, room_id, user_id))
        if accepted:
            act.transaction.write(_WITHDRAW_ALL, (act.at, [user_id, accepted[0][0]]))

    def _left(self, written: Transaction, room_id: int, user_id: int) -> None:
        """Who leaves the room of their challenge has withdrawn it."""
        written.write(_WITHDRAW_ROOM, (self._clock(), room_id, user_id))

    def _close_ended(self) -> None:
        with transaction(self._engine.connect) as asked:
            rooms = asked.last(_TO_CLOSE, (ENDED_AT_ONCE,))
        for (room,) in rooms:
            self._keeping.close(room)


_CHALLENGE = "INSERT INTO challenges (room_id, from_id, to_id, expires_at) VALUES (%s, %s, %s, %s)"
_END = "UPDATE challenges c SET ended_at = %s, reason = "
_WITHDRAW_ONE = _END + "'withdrawn' WHERE from_id = %s AND to_id = %s AND ended_at IS NULL"
_WITHDRAW_ALL = _END + "'withdrawn' WHERE from_id = ANY(%s) AND ended_at IS NULL"
_WITHDRAW_ROOM = _END + "'withdrawn' WHERE room_id = %s AND from_id = %s AND ended_at IS NULL"
_DECLINE = (
    _END + "'declined' FROM rooms r WHERE r.id = c.room_id AND r.code = %s AND c.to_id = %s AND c.ended_at IS NULL"
    " RETURNING 1"
)
_ACCEPT = _END + "'accepted' WHERE room_id = %s AND to_id = %s AND ended_at IS NULL RETURNING from_id"
_EXPIRE = _END + "'expired' WHERE expires_at <= %s AND ended_at IS NULL"
_LATELY = """
    SELECT r.code, c.from_id, u.username, c.to_id, o.settings, c.expires_at, c.reason FROM challenges c
    JOIN rooms r ON r.id = c.room_id JOIN open_rooms o ON o.room_id = c.room_id JOIN users u ON u.id = c.from_id
    WHERE c.ended_at IS NULL OR c.ended_at > %s ORDER BY c.room_id"""
_TO_CLOSE = """
    SELECT r.code FROM challenges c JOIN rooms r ON r.id = c.room_id JOIN open_rooms o ON o.room_id = c.room_id
    WHERE c.ended_at IS NOT NULL AND c.reason <> 'accepted' AND o.closed_at IS NULL AND NOT o.live LIMIT %s"""
