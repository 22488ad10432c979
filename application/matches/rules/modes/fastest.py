"""The earlier receipt of a solution is better; without one, more tests passed, then earlier."""

from __future__ import annotations

from collections.abc import Sequence

from application.matches.rules.modes.mode import Mode, Score, accepted, unsolved
from application.matches.rules.state import Submission


def score(submissions: Sequence[Submission]) -> Score:
    """By the first solution."""
    for first in accepted(submissions):
        return Score((0, first.received_at.timestamp()), True, first.passed, first.received_at, first.length)
    return unsolved(submissions)


MODE = Mode(score)
