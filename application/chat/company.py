"""Who is in a room, as far as chat has to know."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, Protocol

from application.chat.rules import Standing
from application.matches.reading import MatchReader
from application.matches.timeline import Timeline


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


class RoomsCompany:
    """Who is in a room as its journal has it: members and players, and those who look on."""

    def __init__(self, reader: MatchReader) -> None:
        self._reader = reader

    def standing(self, room: str, user_id: int) -> Standing:
        """In a running match whoever plays is a player; between matches whoever is there to play."""
        timeline = self._reader.timeline(user_id, room=room)
        place, playing = timeline.place, _is_playing(timeline)
        member = place.member(user_id)
        here_to_play = member is not None and member.role == "player" and not playing
        role: Literal["player", "watcher"] = "player" if here_to_play or user_id in timeline.user_ids else "watcher"
        return Standing(role, place.host_id == user_id, place.settings.chat, playing)

    def seated(self, room: str) -> Seated:
        """The players of the last match; in a room that people opened, only while it runs."""
        timeline = self._reader.read(room)
        playing = _is_playing(timeline)
        return Seated(timeline.user_ids if playing or not timeline.place.opened else (), playing)


def _is_playing(timeline: Timeline) -> bool:
    return bool(timeline.match_id) and not timeline.is_over
