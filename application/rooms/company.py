"""What matches are told of the rooms that they are played in."""

from __future__ import annotations

from datetime import datetime

from application.journal.transaction import Transaction
from application.rooms import projections
from application.rooms.rules.events import RoomEvent
from application.rooms.watching import Watching


class RoomCompany:
    """The people in rooms, as ``matches/company.py`` asks for them."""

    def __init__(self, watching: Watching) -> None:
        self.watching = watching

    def project(self, written: Transaction, room_id: int, event: RoomEvent, at: datetime) -> None:
        """Have the tables of rooms follow one of a room's own events."""
        projections.project(written, room_id, event, at)

    def follow_match(self, written: Transaction, room_id: int, live: bool, at: datetime) -> None:
        """A match begins or has ended in a room that people opened."""
        projections.follow_match(written, room_id, live, at)

    def watches(self, room_id: int, user_id: int) -> bool:
        """Whether the user looks on in the room."""
        return self.watching.watches(room_id, user_id)

    def watchers(self, room_id: int) -> int:
        """How many look on in the room."""
        return self.watching.watchers(room_id)
