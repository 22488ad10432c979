"""From ``submit_code`` to ``submission_judged`` at its author, in Python; beside one bare start of the interpreter.

A judgement runs about 20 tests, each in a process of its own.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

import gevent

from benchmarks import servers
from benchmarks.duels import Duel, open_duels
from benchmarks.scale import scaled
from benchmarks.table import Row, quantile

DUELS = scaled(50)
ALONE = scaled(20)
PAUSE_SECONDS = 0.5


def measure() -> list[Row]:
    """One live duel; many, of which one submits every half second; the same ones, all at once and right."""
    starts = [_bare_start() for _ in range(20)]
    with servers.codemaze() as process:
        (duel,) = open_duels(process, 1)
        alone = [_judged(duel, duel.wrong_program()) for _ in range(ALONE)]
        duel.close()
        duels = open_duels(process, DUELS)
        paced = _all_judged(duels, [duel.wrong_program() for duel in duels], PAUSE_SECONDS)
        at_once = _all_judged(duels, [duel.right_program() for duel in duels], 0)
    rows = []
    base = 1000 * statistics.median(starts)
    for spent, when in (
        (alone, "1 live duel"),
        (paced, f"{DUELS} live duels, {1 / PAUSE_SECONDS:.0f} submissions a second"),
        (at_once, f"{DUELS} live duels submitting in the same instant"),
    ):
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            what = f"submit to verdict, {when}, {name} (ms)"
            rows.append(Row(what, 1000 * quantile(spent, share), base, "`python3 -I -c pass`"))
    return rows


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
