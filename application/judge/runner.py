"""The seam between grading and what runs programs: the sandbox of this machine, or an engine elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from application.judge.languages.program import Program
from application.judge.verdicts import Limits, RunResult, Verdict

TOTAL_PATIENCE = 6
"""How many times the time of all its tests a submission gets by the clock at most, however busy the machine is."""


class RunnerFailed(Exception):
    """Nothing could be run: the judge's fault or the machine's, never the player's."""


class Runner(Protocol):
    """Builds and runs players' programs where they can do no harm."""

    def run(
        self, program: Program, calls: Sequence[list[Any]], limits: Limits, stop_at: Collection[Verdict] = ()
    ) -> list[RunResult]:
        """Call the program's function once with each of ``calls``, every call isolated from the others.

        The values that come back are plain JSON values. The list is shorter than ``calls`` only when a verdict of
        ``stop_at`` ended it. A program that does not compile is not tried again: all its results say so. Raises
        RunnerFailed.
        """
        ...
