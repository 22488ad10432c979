"""What can be asked of a room. A command is a wish; ``room.decide`` says which events it causes, if any."""

from __future__ import annotations

from dataclasses import dataclass

from application.rooms.rules.events import LeftBecause, Member
from application.rooms.rules.settings import RoomSettings


@dataclass(frozen=True)
class OpenRoom:
    """Open a room with these settings, for one person alone where it is a challenge. The host is a member of it."""

    settings: RoomSettings
    host: Member
    invited_id: int | None = None


@dataclass(frozen=True)
class EnterRoom:
    """Become a member."""

    member: Member


@dataclass(frozen=True)
class ChangeRoom:
    """Give the room other settings."""

    user_id: int
    settings: RoomSettings


@dataclass(frozen=True)
class LeaveRoom:
    """Be a member no longer."""

    user_id: int
    reason: LeftBecause = "left"


@dataclass(frozen=True)
class RemoveMember:
    """Send a member away, for good."""

    user_id: int
    member_id: int


@dataclass(frozen=True)
class HandOver:
    """Make another member the host."""

    user_id: int
    member_id: int


@dataclass(frozen=True)
class OfferRematch:
    """Say that one would play again."""

    user_id: int


@dataclass(frozen=True)
class CloseRoom:
    """Close the room."""


RoomCommand = OpenRoom | EnterRoom | ChangeRoom | LeaveRoom | RemoveMember | HandOver | OfferRematch | CloseRoom
