"""When a bot hands in what: by chance around the time that people take, the same whichever process works it out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from application.problems.catalogue.records import Record

USUAL_SECONDS = {"bronze": 360.0, "silver": 480.0, "gold": 600.0, "platinum": 720.0}
"""How long people take for a problem of which no record tells it. A round lasts 15 minutes unless somebody says
otherwise: with these most problems of the highest rank are still solved within one, and nobody is beaten at reading."""

MIN_SOLVES = 3
"""The times of fewer people than this are chance."""

SPREAD = 0.35
"""Of the logarithm of the time: two thirds of all times lie between 0.7 and 1.4 times the usual one."""

FASTEST, SLOWEST = 0.4, 3.0
"""So many times the usual time a bot takes at least and at most."""

MAX_WRONG = 2
FIRST_TRY, LAST_TRY = 0.4, 0.9
"""In which part of the time until the solution the wrong attempts are made."""


@dataclass(frozen=True)
class Pace:
    """Seconds after the start of a round: when each wrong attempt is made, and when the solution is handed in."""

    wrong: tuple[float, ...]
    solved: float


def usual_seconds(record: Record, rank: str) -> float:
    """How long people take for a problem of this rank with this record."""
    if record.median_solve_ms is None or record.solved < MIN_SOLVES:
        return USUAL_SECONDS[rank]
    return max(1.0, record.median_solve_ms / 1000)


def pace(match_id: int, number: int, usual: float, percent: int) -> Pace:
    """The pace of a bot in round ``number`` of a match. ``percent``: how fast bots are, 100 for as fast as people."""
    chance = Random(f"pace of {match_id}, {number}")
    factor = min(max(math.exp(chance.gauss(0, SPREAD)), FASTEST), SLOWEST)
    solved = usual * factor * 100 / percent
    tries = sorted(chance.uniform(FIRST_TRY, LAST_TRY) for _ in range(chance.randint(0, MAX_WRONG)))
    return Pace(tuple(solved * part for part in tries), solved)
