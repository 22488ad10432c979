"""Who is in a room, as far as chat has to know."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from application.chat.rules import Standing
from application.matches.reading import MatchReader


@dataclass(frozen=True)
class Seated:
    """The players of a room, and whether their match runs."""

    user_ids: Collection[int]
    playing: bool


class Company(Protocol):
    """Knows who is in which room."""

    def standing(self, room: str, user_id: int) -> Standing:
        """How the user stands in the room; raises MatchNotFound, or NotAPlayer where they are not in it."""
        ...

    def seated(self, room: str) -> Seated:
        """Who plays in the room; raises MatchNotFound."""
        ...


class Duelists:
    """The company of rooms that hold duels from the lobby: the players of the last match, and nobody else."""

    def __init__(self, reader: MatchReader) -> None:
        self._reader = reader

    def standing(self, room: str, user_id: int) -> Standing:
        """Everybody here is a player, and there is no host."""
        timeline = self._reader.timeline(user_id, room=room)
        return Standing("player", is_host=False, chat="all", playing=not timeline.is_over)

    def seated(self, room: str) -> Seated:
        """The players of the last match."""
        timeline = self._reader.read(room)
        return Seated(timeline.user_ids, not timeline.is_over)
