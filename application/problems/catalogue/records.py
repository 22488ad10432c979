"""What play has shown of problems, and which of them it shows to be in the wrong rank."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from application.ratings.ranks import RANKS

Json = dict[str, Any]

MIN_PEERS = 3
"""A rank of fewer problems than this with a record is nothing to compare with."""

FAR = 2
"""So many times as fast or slow as is usual in its rank, or solved that much more rarely, a problem is in the wrong
one."""


@dataclass(frozen=True)
class Record:
    """``plays`` rounds were begun with a problem, ``solved`` of them won by a solution: the first ends a round, so it
    is rounds that are counted, not players. ``median_solve_ms`` is from a round's start to that solution's receipt."""

    plays: int = 0
    solved: int = 0
    median_solve_ms: int | None = None

    @property
    def solve_rate(self) -> float | None:
        """The share of the rounds that were solved, from 0 to 1; None before the first."""
        return round(self.solved / self.plays, 3) if self.plays else None

    def to_json(self) -> Json:
        """The record as HTTP shows it."""
        return {
            "plays": self.plays,
            "solved": self.solved,
            "solve_rate": self.solve_rate,
            "median_solve_ms": self.median_solve_ms,
        }

    def __str__(self) -> str:
        return _in_words(self.solve_rate or 0, self.median_solve_ms)


FindRecords = Callable[[Sequence[int]], Mapping[int, Record]]
"""Gives the record of each of these problems. Whoever keeps the matches knows them; the problems do not."""


def with_records(problems: Sequence[Json], find: FindRecords) -> list[Json]:
    """The public forms of problems, each with its ``record``."""
    found = find([problem["id"] for problem in problems])
    return [problem | {"record": found[problem["id"]].to_json()} for problem in problems]


@dataclass(frozen=True)
class Recorded:
    """A problem with its rank and record."""

    slug: str
    rank: str
    record: Record


@dataclass(frozen=True)
class Proposal:
    """Another rank for a problem, and why."""

    slug: str
    rank: str
    proposed: str
    why: str


def proposals(recorded: Sequence[Recorded], plays_least: int) -> list[Proposal]:
    """The problems that one rank lower or higher would suit better, of those played at least ``plays_least`` times.

    Each is compared with its own rank, as those who play another are other players: solved at least as often and in
    half the time, it belongs lower; solved half as often, or more rarely and in twice the time, it belongs higher.
    """
    found = []
    names = [rank.slug for rank in RANKS]
    for place, name in enumerate(names):
        peers = [one for one in recorded if one.rank == name and one.record.plays >= max(1, plays_least)]
        times = [one.record.median_solve_ms for one in peers if one.record.median_solve_ms is not None]
        if len(peers) < MIN_PEERS or not times:
            continue
        usual_rate, usual_ms = median(one.record.solve_rate or 0 for one in peers), median(times)
        for one in peers:
            to = place + _step(one.record, usual_rate, usual_ms)
            if to != place and 0 <= to < len(names):
                why = f"{one.record}; usual in {name}: {_in_words(usual_rate, round(usual_ms))}"
                found.append(Proposal(one.slug, name, names[to], why))
    return found


def _step(record: Record, usual_rate: float, usual_ms: float) -> int:
    """-1 for a problem that is too easy for its rank, 1 for one that is too hard, else 0."""
    rate, time_ms = record.solve_rate or 0, record.median_solve_ms
    if time_ms is not None and time_ms * FAR <= usual_ms and rate >= usual_rate:
        return -1
    if rate * FAR < usual_rate or (time_ms is not None and time_ms >= usual_ms * FAR and rate <= usual_rate):
        return 1
    return 0


def _in_words(rate: float, time_ms: int | None) -> str:
    taken = "" if time_ms is None else f" in {time_ms // 60_000}:{time_ms // 1000 % 60:02}"
    return f"{rate:.0%} solved{taken}"
