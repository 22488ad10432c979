"""From ``submit_code`` to ``submission_judged`` at its author, in Python; beside one bare start of the interpreter.

A judgement runs about 20 tests, each in a process of its own. Where many come at once they wait for the judge most of
the time, so that is beside a judge to whom the same programs are given by nobody's server.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import gevent
from gevent.event import AsyncResult

from application.judge.machine import Judge
from application.judge.queue import LocalJudgeQueue
from application.judge.slots import Slots
from application.judge.verdicts import Judgement, Verdict
from application.problems.catalogue.document import BANK, load
from benchmarks import servers
from benchmarks.duels import Duel, open_duels
from benchmarks.scale import scaled
from benchmarks.table import Row, quantile
from benchmarks.turns import medians

DUELS = scaled(50)
ALONE = scaled(20)
PAUSE_SECONDS = 0.5


def measure() -> list[Row]:
    """One live duel; many, of which one submits every half second; the same number, all at once and right."""
    starts = [_bare_start() for _ in range(20)]
    with servers.codemaze() as process:
        (duel,) = open_duels(process, 1)
        alone = [_judged(duel, duel.wrong_program()) for _ in range(ALONE)]
        duel.close()
        duels = open_duels(process, DUELS)
        paced = _all_judged(duels, [duel.wrong_program() for duel in duels], PAUSE_SECONDS)
        with JudgeAlone.started() as judge:
            played: list[Duel] = []
            at_once, beside = medians(
                lambda: _at_once(process, played), lambda: quantile(judge.judged_at_once(played), 0.5)
            )
    rows = []
    base = 1000 * statistics.median(starts)
    for spent, when in ((alone, "1 live duel"), (paced, f"{DUELS} live duels, 2 submissions a second")):
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            what = f"submit to verdict, {when}, {name} (ms)"
            rows.append(Row(what, 1000 * quantile(spent, share), base, "`python3 -I -c pass`"))
    what = f"submit to verdict, {DUELS} live duels submitting in the same instant, p50 (ms)"
    return [*rows, Row(what, 1000 * at_once, 1000 * beside, "the judge alone", "at most 1.3")]


class JudgeAlone:
    """A judge as a server has it, without the server."""

    def __init__(self, judge: Judge) -> None:
        slots = os.cpu_count() or 1
        assert judge.grader
        self._verdicts: dict[int, AsyncResult[float]] = {}
        self._queue = LocalJudgeQueue(judge.grader, Slots(slots), self._told)

    @classmethod
    @contextmanager
    def started(cls) -> Iterator[JudgeAlone]:
        """One that works, until the end of the block."""
        with tempfile.TemporaryDirectory(prefix="codemaze-bench-") as name:
            Path(name).chmod(0o755)
            judge = cls(Judge.at(Path(name) / "sandbox", os.cpu_count() or 1, ("python",)))
            judge._queue.start()
            try:
                yield judge
            finally:
                judge._queue.stop(0)

    def judged_at_once(self, duels: Sequence[Duel]) -> list[float]:
        """Seconds to the verdict on each duel's right program, all of which are handed over in the same moment."""
        documents = [load(BANK / f"{duel.problem['slug']}.json") for duel in duels]
        began = time.perf_counter()
        for number, (duel, document) in enumerate(zip(duels, documents, strict=True)):
            self._verdicts[number] = AsyncResult()
            request = document.request("python", duel.right_program())
            self._queue.put(number, request, user=number, match=number)
        return [(self._verdicts[number].get(timeout=120) or began) - began for number in range(len(duels))]

    def _told(self, key: int, judgement: Judgement) -> None:
        assert judgement.verdict is Verdict.ACCEPTED, judgement
        self._verdicts[key].set(time.perf_counter())


def _at_once(process: servers.Process, played: list[Duel]) -> float:
    """The median of new duels, all of which submit in the same moment; they are left in ``played``."""
    played[:] = open_duels(process, DUELS)
    spent = _all_judged(played, [duel.right_program() for duel in played], 0)
    for duel in played:
        duel.close()
    return quantile(spent, 0.5)


def _all_judged(duels: Sequence[Duel], programs: Sequence[str], pause: float) -> list[float]:
    jobs = [
        gevent.spawn_later(pause * number, _judged, duel, program)
        for number, (duel, program) in enumerate(zip(duels, programs, strict=True))
    ]
    gevent.joinall(jobs, raise_error=True)
    return [job.value or 0.0 for job in jobs]


def _judged(duel: Duel, program: str) -> float:
    verdict = duel.ada.wait_for("submission_judged")
    asked_at = time.perf_counter()
    duel.ada.ask("submit_code", {"room": duel.room, "language": "python", "code": program})
    verdict.get(timeout=120)
    return time.perf_counter() - asked_at


def _bare_start() -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", "pass"], check=True)
    return time.perf_counter() - started
