"""Running a player's program where it can do no harm: one sandbox for one submission, one test after another in it.

Nothing is run outside a sandbox, and what the right answers are never enters one.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Protocol

from application.judge.sandbox.box import Box, SandboxFailed, SandboxLost, SandboxOverdue
from application.judge.sandbox.bubblewrap import Bubblewrap, BubblewrapMissing, Mount, find_bubblewrap
from application.judge.sandbox.image import LIBRARY_PATH, PYTHON, python_image
from application.judge.sandbox.libraries import MissingLibrary
from application.judge.sandbox.outcome import Garbled, run_result
from application.judge.sandbox.runtime import Runtime, RuntimeUnusable
from application.judge.verdicts import Limits, RunResult, Verdict

__all__ = ["Box", "Bubblewrap", "Mount", "Runnable", "Runtime", "Sandbox", "SandboxFailed", "find_bubblewrap"]

BUDGET_SECONDS = 60.0
"""The longest that one submission may keep a sandbox, whatever its tests may use."""

SUPERVISOR_GRACE_SECONDS = 5.0
_SPOILED = "The program ended or blocked the sandbox it ran in."


class Runnable(Protocol):
    """What the sandbox needs to know of a language."""

    @property
    def mounts(self) -> tuple[Mount, ...]:
        """What it needs inside beside the Python that is always there."""
        ...

    def setup(self, limits: Limits) -> dict[str, Any]:
        """How the supervisor runs its programs: ``mode``, and in ``process`` mode ``command`` and ``environment``."""
        ...


def wall_ms(limits: Limits) -> int:
    """How long a test may take by the clock: one that sleeps uses no CPU time, and a busy machine gives little."""
    return 2 * limits.time_ms + 1000


class Sandbox:
    """Makes sandboxes, each from the same image. Safe to use from many greenlets at once."""

    def __init__(self, runtime: Runtime, bubblewrap: Bubblewrap) -> None:
        self.runtime = runtime
        self.bubblewrap = bubblewrap
        self.image = python_image(runtime)

    @classmethod
    def at(cls, folder: Path, *, prefer: str = "system") -> Sandbox:
        """Prepare sandboxes whose files lie in ``folder``; raises SandboxFailed when this machine cannot have any."""
        if sys.platform != "linux":
            raise SandboxFailed("bubblewrap needs Linux; on macOS and Windows run Codemaze in a Linux virtual machine")
        try:
            runtime = Runtime.at(folder)
            return cls(runtime, find_bubblewrap(runtime, prefer=prefer))
        except (BubblewrapMissing, RuntimeUnusable, MissingLibrary, OSError) as error:
            raise SandboxFailed(str(error)) from error

    def open(self, language: Runnable, limits: Limits) -> Box:
        """Start one sandbox; raises SandboxFailed."""
        setup = {
            "memory_mib": limits.memory_mib,
            "data_mib": 0,
            "command": [],
            "environment": {},
            **language.setup(limits),
        }
        environment = {"PYTHONPATH": "/judge", "LD_LIBRARY_PATH": LIBRARY_PATH, "PYTHONHASHSEED": "0"}
        run = [PYTHON, "-S", "-s", "-P", "-B", "-X", "utf8", "/judge/supervisor.py", json.dumps(setup)]
        command = self.bubblewrap.command(self.image, language.mounts, environment, run)
        box = Box(command, self.bubblewrap.environment, self.runtime.run_as)
        try:
            box.greet()
        except BaseException:
            box.close()
            raise
        return box

    def run(
        self,
        language: Runnable,
        code: str,
        function: str,
        calls: Sequence[list[Any]],
        limits: Limits,
        stop_at: Collection[Verdict] = (),
    ) -> list[RunResult]:
        """Call ``function`` of ``code`` once with each of ``calls``, every call isolated from the others.

        The values that come back are plain JSON values. The list is shorter than ``calls`` only when a verdict of
        ``stop_at`` ended it. A program that does not compile is not tried again: all its results say so. A program that
        ends or blocks the sandbox itself gets runtime_error. Raises SandboxFailed when no sandbox could be started.
        """
        results: list[RunResult] = []
        budget = time.monotonic() + BUDGET_SECONDS
        per_test = wall_ms(limits) / 1000 + SUPERVISOR_GRACE_SECONDS
        with self.open(language, limits) as box:
            for args in calls:
                left = budget - time.monotonic()
                test = {"code": code, "function": function, "args": args}
                try:
                    reply = box.ask(test, limits.time_ms, wall_ms(limits), max(0.1, min(per_test, left)))
                    result = run_result(reply, limits.time_ms)
                except (SandboxLost, Garbled):
                    result = RunResult(Verdict.RUNTIME_ERROR, message=_SPOILED)
                except SandboxOverdue:
                    late = left < per_test
                    message = "The tests together took too long." if late else _SPOILED
                    result = RunResult(Verdict.TIME_LIMIT if late else Verdict.RUNTIME_ERROR, message=message)
                    results += [result] * (len(calls) - len(results))
                    break
                results.append(result)
                if result.verdict in stop_at:
                    break
                if result.verdict is Verdict.COMPILE_ERROR or result.message == _SPOILED:
                    results += [result] * (len(calls) - len(results))
                    break
        return results
