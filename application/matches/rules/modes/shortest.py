"""The solution with fewer characters is better, then the earlier one; who has solved the round may shorten."""

from __future__ import annotations

import re
from collections.abc import Sequence

from application.matches.rules.modes.mode import Mode, Score, accepted, unsolved
from application.matches.rules.state import Submission

_BLANKS = re.compile(r"[^\S\n]+(?=\n|\Z)")


def length(code: str) -> int:
    """How long a program counts: in Unicode characters, whatever line ends it has, without the blanks at the end of a
    line and without the line ends and blanks at its end."""
    lines = code.replace("\r\n", "\n").replace("\r", "\n")
    return len(_BLANKS.sub("", lines).rstrip())


def score(submissions: Sequence[Submission]) -> Score:
    """By the shortest solution."""
    solutions = [submission for submission in accepted(submissions) if submission.length is not None]
    if not solutions:
        return unsolved(submissions)
    best = min(solutions, key=lambda submission: submission.length or 0)  # the first of equals
    key = (0, float(best.length or 0), best.received_at.timestamp())
    return Score(key, True, best.passed, best.received_at, best.length)


MODE = Mode(score, again=True, counts_length=True)
