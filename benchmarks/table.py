"""Rows of the table that a run ends with, and what is computed for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """One figure: what it is, Codemaze's value, the baseline's, and which of the two servers or programs that is."""

    what: str
    value: float
    base: float
    baseline: str

    def markdown(self) -> str:
        """The row as Markdown, with the ratio of the two values."""
        return f"| {self.what} | {_short(self.value)} | {_short(self.base)} {self.baseline} | {self.ratio:.3g} |"

    @property
    def ratio(self) -> float:
        """Codemaze's value, where the baseline's is 1."""
        return self.value / self.base


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"
