"""How long a clean submission is in the judge beside eight hostile ones; beside one that is alone."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import gevent
from gevent.event import Event

from application.judge.machine import Judge
from application.judge.queue import LocalJudgeQueue
from application.judge.signature import parse_signature
from application.judge.slots import Slots
from application.judge.verdicts import Judgement, JudgeRequest, Limits, Test
from benchmarks.scale import scaled
from benchmarks.table import Row

SLOTS, TESTS, HOSTILE = 2, 20, 8
CLEAN = scaled(20)
PAUSE_SECONDS = 0.2
KINDS = {
    "that sleep": "import time\ndef solve(n):\n    time.sleep(1.9)\n    return n\n",
    "that compute": "import time\ndef solve(n):\n    while time.process_time() < 1.8: pass\n    return n\n",
}
_SIGNATURE = parse_signature("solve", [("n", "int")], "int")


def measure() -> list[Row]:
    """Eight accounts of one address submit again and again what takes long; a stranger submits now and then."""
    with tempfile.TemporaryDirectory(prefix="codemaze-bench-") as name:
        Path(name).chmod(0o755)
        judge = Judge.at(Path(name) / "sandbox", SLOTS, ("python",))
        with _alone(judge) as clean:
            usual = statistics.median(clean() for _ in range(CLEAN))
        rows = []
        for kind, program in KINDS.items():
            with _beside(judge, program) as clean:
                spent = statistics.median(clean() for _ in range(CLEAN))
            what = f"put to verdict, beside {HOSTILE} submissions {kind}, p50 (ms)"
            rows.append(Row(what, 1000 * spent, 1000 * usual, "the same alone"))
    return rows


@contextmanager
def _alone(judge: Judge) -> Iterator[Callable[[], float]]:
    with _beside(judge, None) as clean:
        yield clean


@contextmanager
def _beside(judge: Judge, hostile: str | None) -> Iterator[Callable[[], float]]:
    """What puts a clean submission and says how many seconds its verdict took."""
    assert judge.grader
    told: dict[int, Event] = {}

    def on_judged(key: int, _judgement: Judgement) -> None:
        if key in told:
            told[key].set()
        elif hostile:
            queue.put(key + HOSTILE, _request(hostile), user=key % HOSTILE)

    queue = LocalJudgeQueue(
        judge.grader, Slots(SLOTS), on_judged, lambda user: "theirs" if user < HOSTILE else "a stranger's"
    )
    queue.start()
    for key in range(HOSTILE if hostile else 0):
        queue.put(-1000 * HOSTILE + key, _request(hostile or ""), user=key)

    def clean() -> float:
        gevent.sleep(PAUSE_SECONDS)
        key = len(told)
        told[key] = Event()
        began = time.perf_counter()
        queue.put(key, _request("def solve(n):\n    return n\n"), user=HOSTILE)
        told[key].wait()
        return time.perf_counter() - began

    try:
        gevent.sleep(1)
        yield clean
    finally:
        queue.stop(0)


def _request(code: str) -> JudgeRequest:
    tests = tuple(Test([number], number) for number in range(TESTS))
    return JudgeRequest("python", code, _SIGNATURE, "exact", Limits(), tests)
