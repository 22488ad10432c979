"""What matches ask of the rooms that they are played in, which lie above them."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from application.journal.transaction import Transaction
from application.rooms.rules.events import RoomEvent


class Company(Protocol):
    """The people in rooms, besides those who play."""

    def project(self, written: Transaction, room_id: int, event: RoomEvent, at: datetime) -> None:
        """Have the tables of rooms follow one of a room's own events."""
        ...

    def follow_match(self, written: Transaction, room_id: int, live: bool, at: datetime) -> None:
        """A match begins or has ended in a room that people opened."""
        ...

    def watches(self, room_id: int, user_id: int) -> bool:
        """Whether the user looks on in the room."""
        ...

    def watchers(self, room_id: int) -> int:
        """How many look on in the room."""
        ...
