"""The facts of a room's own life, each in the past tense; those of its matches are in ``matches/rules/events.py``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from application.rooms.rules.settings import RoomSettings

As = Literal["player", "watcher"]
LeftBecause = Literal["left", "removed", "gone"]


@dataclass(frozen=True)
class Member:
    """A user in a room, as they were when they entered. ``role`` is what they are there as."""

    user_id: int
    username: str
    avatar: str | None
    rank: str
    role: As
    bot: bool = False


@dataclass(frozen=True)
class RoomOpened:
    """Somebody opened the room, who is its host; for one person alone where it is a challenge."""

    settings: RoomSettings
    host_id: int
    invited_id: int | None = None


@dataclass(frozen=True)
class RoomChanged:
    """The host changed the settings."""

    settings: RoomSettings
    host_id: int


@dataclass(frozen=True)
class MemberEntered:
    """Somebody entered, or is now here as something else."""

    member: Member


@dataclass(frozen=True)
class MemberLeft:
    """A member is no longer one."""

    user_id: int
    reason: LeftBecause


@dataclass(frozen=True)
class HostChanged:
    """The room has another host."""

    user_id: int


@dataclass(frozen=True)
class RematchOffered:
    """A player would play again."""

    user_id: int


@dataclass(frozen=True)
class RoomClosed:
    """Nothing more happens here."""


RoomEvent = RoomOpened | RoomChanged | MemberEntered | MemberLeft | HostChanged | RematchOffered | RoomClosed
