"""Who looks on in a room without being a member of it. It is in no journal: a thousand may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from application.base.clock import Clock
from application.journal.transaction import Connect, Transaction, transaction

FORGET_SECONDS = 120
"""How long a watcher may be without a connection and still come back as one."""


class Watching:
    """The watchers of all rooms, over all processes."""

    def __init__(self, connect: Connect, clock: Clock) -> None:
        self._connect, self._clock = connect, clock

    def begin(self, written: Transaction, room_id: int, user_id: int) -> None:
        """The user looks on from now."""
        written.write(_BEGIN, (room_id, user_id, self._clock()))

    def forget(self, asked: Transaction, room_id: int, user_id: int) -> bool:
        """The user looks on no longer; whether they did."""
        return bool(asked.read(_END, (room_id, user_id)))

    def forget_all(self, written: Transaction, room_id: int) -> None:
        """Nobody looks on in this room any longer."""
        written.write("DELETE FROM room_watchers WHERE room_id = %s", (room_id,))

    def watches(self, room_id: int, user_id: int) -> bool:
        """Whether the user looks on in this room."""
        with transaction(self._connect) as asked:
            found = asked.last("SELECT 1 FROM room_watchers WHERE room_id = %s AND user_id = %s", (room_id, user_id))
        return bool(found)

    def watchers(self, room_id: int) -> int:
        """How many look on in this room, and are connected."""
        with transaction(self._connect) as asked:
            ((count,),) = asked.last(_COUNT, (room_id,))
        return int(count)

    def count(self, rooms: Sequence[str]) -> dict[str, int]:
        """How many look on in each of these rooms; a room without any is left out."""
        with transaction(self._connect) as asked:
            return {str(row[0]): int(row[1]) for row in asked.last(_COUNTS, (list(rooms),))}

    def forget_absent(self) -> None:
        """Drop those who have been away for too long."""
        now = self._clock()
        with transaction(self._connect) as asked:
            asked.write(_SEEN, (now,))
            asked.write("DELETE FROM room_watchers WHERE seen_at < %s", (now - timedelta(seconds=FORGET_SECONDS),))


_BEGIN = """
    INSERT INTO room_watchers (room_id, user_id, seen_at) VALUES (%s, %s, %s)
    ON CONFLICT (room_id, user_id) DO UPDATE SET seen_at = excluded.seen_at"""
_END = "DELETE FROM room_watchers WHERE room_id = %s AND user_id = %s RETURNING 1"
_HERE = "EXISTS (SELECT 1 FROM attendances a WHERE a.user_id = w.user_id)"
_COUNT = f"SELECT count(*) FROM room_watchers w WHERE w.room_id = %s AND {_HERE}"
_COUNTS = f"""
    SELECT r.code, count(*) FROM room_watchers w JOIN rooms r ON r.id = w.room_id
    WHERE r.code = ANY(%s) AND {_HERE} GROUP BY r.code"""
_SEEN = f"UPDATE room_watchers w SET seen_at = %s WHERE {_HERE}"
