"""What clients are told of rooms: the events of their journals, and what is said beside them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from application.matches.announcements import MemberShape, Time
from application.realtime.notices import Shape


class RoomEnvelope(Shape):
    """What every event of a room carries that is of no match."""

    room: str
    version: int
    at: Time


class RoomOpened(RoomEnvelope):
    """The room was opened."""

    settings: dict[str, Any]
    host_id: int


class RoomChanged(RoomEnvelope):
    """The host changed the settings."""

    settings: dict[str, Any]
    host_id: int


class MemberEntered(RoomEnvelope, MemberShape):
    """Somebody is in the room now, or is there as something else."""


class MemberLeft(RoomEnvelope):
    """Somebody is not in the room any more."""

    user_id: int
    reason: Literal["left", "removed", "gone"]


class HostChanged(RoomEnvelope):
    """The room has another host."""

    user_id: int


class RematchOffered(RoomEnvelope):
    """A player would play again."""

    user_id: int


class RoomClosed(RoomEnvelope):
    """Nothing more will happen in the room."""


class Audience(Shape):
    """So many look on in the room now. Sent when the number has changed, at most once a second; it has no version."""

    room: str
    watchers: int


class CodeChanged(Shape):
    """A player has written this. Only to those who look on, where the room's ``show_code`` is ``live``, at most once a
    second for each player; it has no version."""

    room: str
    user_id: int
    language: str
    code: str


class Challenged(Shape):
    """Somebody waits for you in a room: enter it, or decline. Told on every connection, as long as it waits; it has no
    version."""

    room: str
    from_: str = Field(alias="from", description="Their username.")
    settings: dict[str, Any]
    expires_at: Time


class ChallengeEnded(Shape):
    """A challenge of yours, or of you, waits no longer; it has no version."""

    room: str
    reason: Literal["accepted", "declined", "expired", "withdrawn"]


TOLD: dict[str, type[BaseModel]] = {
    "room_opened": RoomOpened,
    "room_changed": RoomChanged,
    "member_entered": MemberEntered,
    "member_left": MemberLeft,
    "host_changed": HostChanged,
    "rematch_offered": RematchOffered,
    "room_closed": RoomClosed,
    "audience": Audience,
    "code_changed": CodeChanged,
    "challenged": Challenged,
    "challenge_ended": ChallengeEnded,
}
