"""Measuring three times, in turns with the baseline: what else the machine does then hits both alike."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from typing import TypeVar

from benchmarks.scale import scaled

TIMES = 3

Measured = TypeVar("Measured")


def in_turns(*measures: Callable[[], Measured]) -> list[list[Measured]]:
    """What each of them found, each time: first all of them once, then all of them again, and once more."""
    rounds = [[measure() for measure in measures] for _ in range(scaled(TIMES, least=1))]
    return [list(found) for found in zip(*rounds, strict=True)]


def medians_of(found: Sequence[Sequence[float]]) -> list[float]:
    """Of values that were found together several times, the median of each."""
    return [statistics.median(times) for times in zip(*found, strict=True)]


def medians(*measures: Callable[[], float]) -> list[float]:
    """The median of what each of them found in turns."""
    return [statistics.median(found) for found in in_turns(*measures)]
