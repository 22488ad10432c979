"""Running a player's program where it can do no harm. Nothing is run outside a sandbox, and what the right answers are
never enters one."""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from application.judge.languages.program import APART, WORK, Build, Mount, Program, Run
from application.judge.outcome import Garbled, Reply, run_result
from application.judge.runner import TOTAL_PATIENCE
from application.judge.sandbox.box import Box, SandboxFailed, SandboxLost, SandboxOverdue
from application.judge.sandbox.bubblewrap import Bubblewrap, BubblewrapMissing, find_bubblewrap
from application.judge.sandbox.image import IMPORT_PATH, LIBRARY_PATH, PYTHON, FilterMissing, python_image
from application.judge.sandbox.libraries import MissingLibrary
from application.judge.sandbox.pool import Kind, Loan, Pool, kind_of
from application.judge.sandbox.products import BUILD_MEMORY_MIB, WORK_MIB, NotBuilt, Products
from application.judge.sandbox.runtime import Runtime, RuntimeUnusable
from application.judge.sandbox.store import USUAL, Bounds
from application.judge.sandbox.waits import Load, Waits
from application.judge.verdicts import Limits, RunResult, Verdict

__all__ = ["Box", "Bubblewrap", "Runtime", "Sandbox", "SandboxFailed", "find_bubblewrap"]

SUPERVISOR_GRACE_SECONDS = 5.0
IDLE_SHARE = 0.1
"""A test that the clock ended is run once more when it had used less than this share of its CPU time while every core
of the machine was busy, or was seen to have no core while it seemed to wait."""

WAIT_MS = 1000
"""How much longer than its CPU time a test may take in which it waits."""

MAX_WAIT_MS = 5000
"""How long the tests of one submission may wait together: a program has nothing to wait for."""

MAX_LOSSES = 2
"""A sandbox that died or stopped says nothing about the program in it, which is run again in a fresh one. Only what
loses so many fresh ones has done it itself."""

_BUSY = "the machine was too busy to run the program in its time"
_TOGETHER = "The tests together took too long."
_SPOILED = "The program ended or blocked the sandbox it ran in."
_WAITED = "The tests together waited too long."


BUSY_PATIENCE = 8
"""How much longer a test may take that computes all the while, on a busy machine (``inside/watch.py``)."""


def wall_ms(limits: Limits) -> int:
    """How long a test may compute and wait together; what it is kept from computing does not count."""
    return limits.time_ms + WAIT_MS


class Sandbox:
    """Makes sandboxes, each from the same image, and keeps some warm. Safe to use from many greenlets at once."""

    def __init__(self, runtime: Runtime, bubblewrap: Bubblewrap, ready: int = 1, bounds: Bounds = USUAL) -> None:
        """``ready``: how many sandboxes of each kind to keep warm."""
        self.runtime = runtime
        self.bubblewrap = bubblewrap
        self.image = python_image(runtime)
        self.pool = Pool(self._start_run, ready)
        self.products = Products(runtime, self._start_build, bounds)

    @classmethod
    def at(cls, folder: Path, *, prefer: str = "system", ready: int = 1, bounds: Bounds = USUAL) -> Sandbox:
        """Prepare sandboxes whose files lie in ``folder``; raises SandboxFailed when this machine cannot have any."""
        if sys.platform != "linux":
            raise SandboxFailed("bubblewrap needs Linux; on macOS and Windows run Codemaze in a Linux virtual machine")
        try:
            runtime = Runtime.at(folder)
            return cls(runtime, find_bubblewrap(runtime, prefer=prefer), ready, bounds)
        except (BubblewrapMissing, RuntimeUnusable, MissingLibrary, FilterMissing, OSError) as error:
            raise SandboxFailed(str(error)) from error

    def run(
        self, program: Program, calls: Sequence[list[Any]], limits: Limits, stop_at: Collection[Verdict] = ()
    ) -> list[RunResult]:
        """As ``Runner.run``. A program that ends or blocks one sandbox after another gets runtime_error. Raises
        SandboxFailed when no sandbox could be started."""
        with contextlib.ExitStack() as using:
            mounts = []
            try:
                if program.build:
                    mounts.append(Mount(using.enter_context(self.products.used(program.build)), WORK))
            except NotBuilt as error:
                return [RunResult(Verdict.COMPILE_ERROR, message=str(error))] * len(calls)
            if program.harness:
                mounts.append(Mount(using.enter_context(self.products.used(program.harness, ours=True)), APART))
            return self._called(program, calls, limits, stop_at, mounts)

    def _called(
        self,
        program: Program,
        calls: Sequence[list[Any]],
        limits: Limits,
        stop_at: Collection[Verdict],
        mounts: list[Mount],
    ) -> list[RunResult]:
        kind = kind_of(program.run, limits.memory_mib)
        losses, fresh = 0, False
        while True:
            attempt = _Calls(program, limits, stop_at)
            with self._lent(kind, mounts, fresh=fresh) as loan:
                results = attempt.all(loan, calls)
            losses += loan.fresh
            if not attempt.lost or losses == MAX_LOSSES:
                if attempt.kept:
                    raise SandboxFailed(_BUSY)
                return results
            fresh = True

    @contextlib.contextmanager
    def _lent(self, kind: Kind, mounts: list[Mount], *, fresh: bool) -> Iterator[Loan]:
        if not mounts:
            with self.pool.lend(kind, fresh=fresh) as loan:
                yield loan
        else:
            with self._start_run(kind, *mounts) as box:
                box.greet()
                yield Loan(box)

    @contextlib.contextmanager
    def opened(self, run: Run, memory_mib: int = 256) -> Iterator[Box]:
        """A running sandbox to be looked at, which is nobody's; raises SandboxFailed."""
        with self._start_run(kind_of(run, memory_mib)) as box:
            box.greet()
            yield box

    def warm(self, run: Run, memory_mib: int) -> None:
        """Start sandboxes for such programs ahead of need."""
        self.pool.warm(kind_of(run, memory_mib))

    def _start_run(self, kind: Kind, *products: Mount) -> Box:
        run, memory_mib = kind
        setup = {
            "mode": run.mode,
            "command": run.command,
            "environment": dict(run.environment),
            "result": run.result,
            "threads": run.threads,
            "limit": run.limit,
            "own_mib": run.own_mib,
            "memory_mib": memory_mib,
        }
        return self._start(setup, (*run.mounts, *products))

    def _start_build(self, build: Build) -> Box:
        setup = {
            "mode": "build",
            "limit": "address",
            "commands": build.commands,
            "environment": dict(build.environment),
            "products": build.products,
            "most_mib": build.most_mib,
            "memory_mib": BUILD_MEMORY_MIB,
        }
        return self._start(setup, build.mounts, work_mib=WORK_MIB)

    def _start(self, setup: dict[str, Any], mounts: tuple[Mount, ...], work_mib: int = 0) -> Box:
        environment = {"PYTHONPATH": IMPORT_PATH, "LD_LIBRARY_PATH": LIBRARY_PATH, "PYTHONHASHSEED": "0"}
        run = [PYTHON, "-S", "-s", "-P", "-B", "-X", "utf8", "/judge/supervisor.py", json.dumps(setup)]
        command = self.bubblewrap.command((*self.image, *mounts), environment, run, work_mib=work_mib)
        return Box(command, self.bubblewrap.environment, self.runtime.run_as)


class _Calls:
    """The calls of one submission, one after another in one sandbox."""

    def __init__(self, program: Program, limits: Limits, stop_at: Collection[Verdict]) -> None:
        self.program, self.limits, self.stop_at = program, limits, stop_at
        self.deadline = time.monotonic() + TOTAL_PATIENCE * limits.total_ms / 1000
        self.behaved, self.lost, self.kept = True, False, False
        self.waits, self.computed_ms, self.load = Waits(), 0, Load()

    def all(self, loan: Loan, calls: Sequence[list[Any]]) -> list[RunResult]:
        results: list[RunResult] = []
        for args in calls:
            result, last = self.one(loan.box, args)
            results.append(result)
            if result.verdict in self.stop_at:
                break
            if last or result.verdict is Verdict.COMPILE_ERROR:
                results += [result] * (len(calls) - len(results))
                break
        if self.behaved and self.program.run.mode != "serve":
            loan.keep()
        return results

    def one(self, box: Box, args: list[Any]) -> tuple[RunResult, bool]:
        """What came of one call, and whether none can follow it. Raises SandboxFailed where a busy machine was too
        slow: what was computed and waited counts against a program, the clock alone never does."""
        self.deadline += self.waits.slot.rest()
        if self.waits.ms > MAX_WAIT_MS:
            return RunResult(Verdict.TIME_LIMIT, message=_WAITED, exit_reason="clock limit"), True
        if self.computed_ms + self.waits.ms > self.limits.total_ms:
            return RunResult(Verdict.TIME_LIMIT, message=_TOGETHER, exit_reason="clock limit"), True
        load = Load()
        left = self.deadline - time.monotonic()
        per_test = BUSY_PATIENCE * wall_ms(self.limits) / 1000 + SUPERVISOR_GRACE_SECONDS
        try:
            reply = self.ask(box, args, max(0.1, min(per_test, left)))
            used = reply.header.get("cpu_ms", 0)
            doubtful = used < IDLE_SHARE * self.limits.time_ms or self.waits.kept
            if reply.end == "wall" and doubtful and load.saturated:
                reply = self.ask(box, args, max(0.1, min(per_test, self.deadline - time.monotonic())))
            if (reply.end == "late" or (reply.end == "wall" and self.waits.kept)) and load.saturated:
                raise SandboxFailed(_BUSY)
            if reply.end == "answered" and "memory_kib" not in reply.header:  # it lives on, and cannot be waited for
                reply.header["memory_kib"] = box.peak_kib()
            result = run_result(reply, self.limits.time_ms)
            self.computed_ms += result.time_ms
        except (SandboxLost, Garbled):
            self.behaved, self.lost = False, True
            return RunResult(Verdict.RUNTIME_ERROR, message=_SPOILED), True
        except SandboxOverdue:
            self.behaved = False
            if left < per_test:
                if self.load.saturated:
                    raise SandboxFailed(_BUSY) from None
                return RunResult(Verdict.TIME_LIMIT, message=_TOGETHER, exit_reason="clock limit"), True
            self.lost, self.kept = True, load.saturated
            return RunResult(Verdict.RUNTIME_ERROR, message=_SPOILED), True
        if reply.end not in ("exited", "answered") or reply.header.get("signal") or not reply.header.get("clean"):
            self.behaved = False
        if reply.header.get("signal") == signal.SIGKILL and result.verdict is Verdict.RUNTIME_ERROR:
            # By its own hand, or by the kernel's, which was out of memory: seen only by trying it elsewhere.
            self.lost = True
            return result, True
        return result, False

    def ask(self, box: Box, args: list[Any], seconds: float) -> Reply:
        limits, self.waits.kept = self.limits, False
        header = {"cpu_ms": limits.time_ms, "wall_ms": wall_ms(limits), "memory_mib": limits.memory_mib}
        try:
            hear = partial(self.waits.hear, runnable=lambda: box.runnable)
            return box.ask(header, self.program.request(args), seconds, on_pace=hear)
        finally:
            self.waits.end()
