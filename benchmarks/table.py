"""Rows of the table that a run ends with, and what is computed for them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One figure: what it is, Codemaze's value, the baseline's, which server or program that is, and what is wanted:
    of the value where the target has a unit, else of the ratio."""

    what: str
    value: float
    base: float
    baseline: str
    target: str = ""

    def markdown(self) -> str:
        """The row as Markdown, with the ratio of the two values."""
        base = f"{_short(self.base)} {self.baseline}"
        return f"| {self.what} | {_short(self.value)} | {base} | {self.ratio:.3g} | {self.target} |"

    @property
    def ratio(self) -> float:
        """Codemaze's value, where the baseline's is 1."""
        return self.value / self.base if self.base else math.inf if self.value else 1.0


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
