"""What a mode says of a round: how well a player has done in it, and whether who has solved it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from application.matches.rules.state import ACCEPTED, Submission

Key = tuple[float, ...]
"""Of two players the one with the smaller key has done better; who has the same has done as well."""

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Score:
    """What a player's submissions of a round come to. ``at`` is when what counts was received."""

    key: Key
    solved: bool = False
    passed: int = 0
    at: datetime | None = None
    length: int | None = None


@dataclass(frozen=True)
class Mode:
    """``score`` is given a player's judged submissions in the order of receipt. ``again``: who has solved the round may
    hand in again."""

    score: Callable[[Sequence[Submission]], Score]
    again: bool = False
    counts_length: bool = False


def unsolved(submissions: Sequence[Submission]) -> Score:
    """Of those who have not solved the round: more tests passed, then earlier."""
    best = max(submissions, key=lambda submission: submission.passed, default=None)  # the first of equals
    if best is None:
        return Score((1, 0, NEVER.timestamp()))
    return Score((1, -best.passed, best.received_at.timestamp()), False, best.passed, best.received_at, best.length)


def accepted(submissions: Sequence[Submission]) -> list[Submission]:
    """Those that are right."""
    return [submission for submission in submissions if submission.verdict == ACCEPTED]
