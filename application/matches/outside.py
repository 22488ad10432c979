"""What matches need from the layer that holds the connections, as they see it from below."""

from __future__ import annotations

from typing import Protocol

from application.matches.journal import Timeline


class Publisher(Protocol):
    """Brings a journal to the players who are connected."""

    def open(self, timeline: Timeline) -> None:
        """A match is about to begin: let its players' connections follow it."""
        ...

    def publish(self, timeline: Timeline) -> None:
        """Send every connection of the room what it has not been sent yet."""
        ...


class Presence(Protocol):
    """Knows who is connected."""

    def is_online(self, user_id: int) -> bool:
        """Whether the user has a connection."""
        ...
