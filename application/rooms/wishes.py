"""Whether what people wish of a room can be had on this server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from application.matches.rules.modes import MODES
from application.problems.catalogue.service import Problems
from application.problems.errors import ProblemNotFound
from application.ratings.ranks import RANKS, rank_named
from application.rooms.errors import InvalidSettings
from application.rooms.rules.settings import ProblemWishes, RoomSettings, settings_of

PRACTICE_SECONDS = 86_400
"""How long a practice goes on that is not to end by itself."""


class Wishes:
    """Makes the settings of rooms."""

    def __init__(self, problems: Problems, round_seconds: int, countdown_seconds: int) -> None:
        """How long a round and a countdown last where nothing else is said."""
        self._problems, self._seconds = problems, (round_seconds, countdown_seconds)

    def settings(self, given: Mapping[str, Any], before: RoomSettings | None = None) -> RoomSettings:
        """The settings of a new room, or of one that has been as ``before``; raises InvalidSettings."""
        settings = settings_of(given, before, seconds=self._seconds)
        flaws = self._flaws(settings)
        if flaws:
            raise InvalidSettings(fields=flaws)
        return settings

    def of_practice(self, wishes: ProblemWishes, round_seconds: int | None, bot: bool = False) -> RoomSettings:
        """The settings of a room in which somebody plays alone, or with a ``bot``. Raises InvalidSettings or
        ProblemNotFound."""
        settings = RoomSettings(
            capacity=2 if bot else 1,
            round_seconds=round_seconds or (self._seconds[0] if bot else PRACTICE_SECONDS),
            countdown_seconds=0,
            round_ends="first" if bot else "all",
            problems=wishes,
            spectators="nobody",
            chat="off",
        )
        flaws = self._flaws(settings)
        if "problems.ids" in flaws:
            raise ProblemNotFound
        if flaws:
            raise InvalidSettings(fields=flaws)
        return settings

    def _flaws(self, settings: RoomSettings) -> dict[str, str]:
        flaws, wishes = {}, settings.problems
        if settings.mode not in MODES:
            flaws["mode"] = f"must be one of {', '.join(MODES)}"
        if wishes.rank is not None and rank_named(wishes.rank) is None:
            flaws["problems.rank"] = f"must be one of {', '.join(rank.slug for rank in RANKS)}"
        if wishes.ids is not None:
            if not all(map(self._is_in_play, wishes.ids)):
                flaws["problems.ids"] = "must be problems in play"
        elif wishes.topic is not None and not (wishes.topic and self._problems.browse(None, wishes.topic, 1, 0)[1]):
            flaws["problems.topic"] = "there is no problem on it"
        unknown = [language for language in settings.languages or () if language not in self._problems.languages]
        if unknown:
            flaws["languages"] = f"{unknown[0]!r} is not judged here"
        return flaws

    def _is_in_play(self, problem_id: int) -> bool:
        try:
            self._problems.in_play(problem_id)
        except ProblemNotFound:
            return False
        return True
