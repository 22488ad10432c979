"""How long the program of one submission waits instead of computing, and whether the machine gave it a choice."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

from application.judge.slots import current

SATURATED_SHARE = 0.95
"""A machine whose cores were busy for more than this share of a time may not have let a program compute."""


class Waits:
    """Hears when the program begins to wait and to compute again; its slot is somebody else's meanwhile.

    ``kept`` says that it did not wait: it could have computed, and had no core.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.slot, self.ms, self.kept = current(), 0.0, False
        self._clock, self._since = clock, -1.0

    def hear(self, pace: str, runnable: Callable[[], bool] = lambda: False) -> None:
        """``idle`` or ``busy``, as the sandbox tells them from what the program has computed; ``runnable`` tells
        whether it could compute more at this moment."""
        if pace == "busy":
            self.end()
        elif runnable():
            self.kept = True
        elif self._since < 0:
            self._since = self._clock()
            self.slot.sleeps()

    def end(self) -> None:
        """It waits no longer, if it did."""
        if self._since >= 0:
            self.ms += (self._clock() - self._since) * 1000
            self._since = -1.0
            self.slot.wakes()


class Load:
    """How busy all cores of this machine have been since it was made."""

    def __init__(self, statistics: Path = Path("/proc/stat")) -> None:
        self._statistics = statistics
        self._idle, self._all = self._ticks()

    @property
    def saturated(self) -> bool:
        """Whether there was next to no core free; not so where that cannot be known."""
        idle, all_ = self._ticks()
        return all_ > self._all and (idle - self._idle) / (all_ - self._all) < 1 - SATURATED_SHARE

    def _ticks(self) -> tuple[int, int]:
        with contextlib.suppress(OSError, ValueError, IndexError):
            ticks = [int(word) for word in self._statistics.read_text().split("\n", 1)[0].split()[1:9]]
            return ticks[3] + ticks[4], sum(ticks)
        return 0, 0
