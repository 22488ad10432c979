"""How large the measurements are: ``BENCH_SCALE`` (1 where unset) shrinks all of them, for a run that only tries."""

from __future__ import annotations

import os

SCALE = float(os.environ.get("BENCH_SCALE") or 1)


def scaled(number: float, least: int = 2) -> int:
    """So many rooms, clients or seconds at this scale, but not fewer than ``least``."""
    return max(least, round(number * SCALE))
