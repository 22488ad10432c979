"""What clients are told of chat. It belongs to no journal, and so has no version."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from application.realtime.notices import Shape

Time = str
"""UTC, ISO 8601, milliseconds, ending in Z."""


class Message(Shape):
    """Something was said in a room. To whoever may read the channel and has not blocked the author."""

    message_id: int
    room: str
    channel: Literal["room", "watchers"]
    user_id: int
    username: str
    text: str = Field(description="Plain text: show it as such.")
    at: Time


class MessageHidden(Shape):
    """A message is not to be shown any more. To whoever could read it."""

    message_id: int


class Told(Shape):
    """Something was said by one person to another. To both."""

    message_id: int
    from_: str = Field(alias="from", description="The author's username.")
    to: str = Field(description="The other's username.")
    text: str = Field(description="Plain text: show it as such.")
    at: Time


SAYINGS: dict[str, type[BaseModel]] = {"message": Message, "message_hidden": MessageHidden, "told": Told}
"""What clients are told of chat, by name."""
