"""Who hears what is said in a classic room: its connections here, and those that other processes hold.

Frames go to the other processes as notices, and a notice can be lost. What a page would wait for without end, that its
opponent came or that somebody won, is in the database, so it is looked for there each second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from flask_socketio import SocketIO

from application.base.database import db
from application.classic.rooms import ClassicRooms


@dataclass
class _Followed:
    """A room that connections of this process sit in, and what those have been told of it or know anyway."""

    winner_id: int | None
    members: int = 0
    sids: set[str] = field(default_factory=set)


class Audience:
    """The connections of this process that sit in classic rooms."""

    def __init__(
        self, socketio: SocketIO, rooms: ClassicRooms, elsewhere: Callable[[str, str, Sequence[object]], None]
    ):
        """``elsewhere`` has the other processes hear it, too: a room, a frame, and what it carries."""
        self._socketio, self._rooms, self._elsewhere = socketio, rooms, elsewhere
        self._followed: dict[str, _Followed] = {}

    def enter(self, sid: str, room: str) -> None:
        """From now on the connection hears what is said in this room."""
        for _, members, winner_id in self._rooms.standing([room]):
            followed = self._followed.setdefault(room, _Followed(winner_id))
            followed.members = max(followed.members, members)
            followed.sids.add(sid)
        with suppress(KeyError, ValueError):  # it has ended meanwhile
            self._socketio.server.enter_room(sid, _address(room))

    def leave(self, sid: str, room: str) -> None:
        """The connection hears nothing more of it, because it left or because it has ended."""
        if followed := self._followed.get(room):
            followed.sids.discard(sid)
            if not followed.sids:
                del self._followed[room]
        self._socketio.server.leave_room(sid, _address(room))

    def tell(self, room: str, event: str, *said: object) -> None:
        """Say it to everybody in the room."""
        self.hear(room, event, said)
        self._elsewhere(room, event, said)

    def hear(self, room: str, event: str, said: Sequence[object]) -> None:
        """It was said in the room: tell the connections here, unless they have been told who won already."""
        followed = self._followed.get(room)
        if followed is None:
            return
        match event, said:
            case "winner_set", [int(winner_id)]:
                if followed.winner_id is not None:
                    return
                followed.winner_id = winner_id
            case "receiveRooms2", [dict(shown)]:
                followed.members = max(followed.members, shown[room]["members"])
        self._socketio.emit(event, *said, to=_address(room))

    def look(self) -> None:
        """Tell the connections here what they should have heard of their rooms, whatever notices came."""
        if not self._followed:
            return
        for room, members, winner_id in self._rooms.standing(list(self._followed)):
            followed = self._followed.get(room)
            if followed and members > followed.members:
                self.hear(room, "receiveRooms2", [self._rooms.shown(room)])
            if winner_id is not None:
                self.hear(room, "winner_set", [winner_id])
        db.session.rollback()


def _address(room: str) -> str:
    """The room as Socket.IO knows it, which can be the id of no connection."""
    return f"classic {room}"
