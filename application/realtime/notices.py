"""What is said to connections rather than in rooms."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """The form of something that is sent."""

    model_config = ConfigDict(extra="forbid", strict=True)


class ServerRestarting(Shape):
    """This server process is about to end. Connect again after so many milliseconds, and ``resume``; nothing is lost.
    It belongs to no room and has no version."""

    retry_in_ms: int


NOTICES: dict[str, type[BaseModel]] = {"server_restarting": ServerRestarting}
"""What is said to connections rather than in rooms, by name."""
