"""A room at one moment, apart from the match in it, and how each event changes it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import assert_never

from application.rooms.rules import events as e
from application.rooms.rules.settings import RoomSettings


@dataclass(frozen=True)
class RoomState:
    """``opened``: by somebody, who made its settings; the room of a lobby duel makes itself. ``members`` are in the
    order in which they entered, ``rematch`` those who would play again, ``removed`` who may not come back,
    ``invited_id`` who alone may enter, where it is a challenge."""

    settings: RoomSettings = field(default_factory=RoomSettings)
    opened: bool = False
    closed: bool = False
    host_id: int | None = None
    members: tuple[e.Member, ...] = ()
    rematch: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    invited_id: int | None = None

    def member(self, user_id: int) -> e.Member | None:
        """The member with this user id, or None."""
        return next((member for member in self.members if member.user_id == user_id), None)

    @property
    def players(self) -> tuple[e.Member, ...]:
        """Those who are here to play."""
        return tuple(member for member in self.members if member.role == "player")


def evolve(room: RoomState, event: e.RoomEvent) -> RoomState:
    """The room after one more event. Whether the event may happen was decided before; here it simply did."""
    match event:
        case e.RoomOpened():
            opened = replace(room, settings=event.settings, opened=True, host_id=event.host_id)
            return replace(opened, invited_id=event.invited_id)
        case e.RoomChanged():
            return replace(room, settings=event.settings)
        case e.MemberEntered():
            entered, known = event.member, room.member(event.member.user_id)
            if known is None:
                return replace(room, members=(*room.members, entered))
            members = tuple(entered if member == known else member for member in room.members)
            return replace(room, members=members, rematch=_without(room.rematch, entered.user_id))
        case e.MemberLeft():
            removed = (*room.removed, event.user_id) if event.reason == "removed" else room.removed
            return replace(
                room,
                members=tuple(member for member in room.members if member.user_id != event.user_id),
                rematch=_without(room.rematch, event.user_id),
                host_id=None if room.host_id == event.user_id else room.host_id,
                removed=removed,
            )
        case e.HostChanged():
            return replace(room, host_id=event.user_id)
        case e.RematchOffered():
            return replace(room, rematch=(*room.rematch, event.user_id))
        case e.RoomClosed():
            return replace(room, closed=True, host_id=None, members=(), rematch=())
        case _:
            assert_never(event)


def _without(user_ids: tuple[int, ...], user_id: int) -> tuple[int, ...]:
    return tuple(other for other in user_ids if other != user_id)
