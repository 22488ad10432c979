"""The judge itself: what a submission costs, beside bare starts of the interpreter and bubblewrap for every test."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import gevent
import gevent.event

from application.judge.languages.language import Language
from application.judge.machine import Judge
from application.judge.queue import LocalJudgeQueue
from application.judge.sandbox import Sandbox
from application.judge.signature import parse_signature
from application.judge.slots import Slots
from application.judge.verdicts import Judgement, JudgeRequest, Limits, Test, Verdict
from benchmarks.scale import scaled
from benchmarks.table import Row, quantile

SIGNATURE = parse_signature("solve", [("n", "int")], "int")
PROGRAMS = {
    "python": "def solve(n):\n    return n + 1\n",
    "javascript": "function solve(n) {\n  return n + 1;\n}\n",
    "cpp": "long long solve(long long n) {\n    return n + 1;\n}\n",
    "java": "class Solution {\n    static long solve(long n) {\n        return n + 1;\n    }\n}\n",
}
TESTS = 20
ROUNDS = scaled(15)
SLOTS = os.cpu_count() or 1
PYTHON = [sys.executable, "-I", "-c", "pass"]


def measure() -> list[Row]:
    """A submission of 20 tests alone; many at once; the floor below; memory."""
    with _judge() as (judge, sandbox):
        return [
            *_alone(judge, sandbox),
            *_together(judge),
            *_compiled(judge),
            *_memory(judge, sandbox),
        ]


@contextmanager
def _judge() -> Iterator[tuple[Judge, Sandbox]]:
    folder = Path(tempfile.mkdtemp(prefix="codemaze-bench-"))
    folder.chmod(0o755)
    judge = Judge.at(folder / "sandbox", ready=SLOTS, only=tuple(PROGRAMS))
    assert isinstance(judge.runner, Sandbox), judge.self_test.problems
    judge.prove_all()
    try:
        yield judge, judge.runner
    finally:
        judge.runner.pool.close()
        shutil.rmtree(folder, ignore_errors=True)


def _request(language: str, tests: int, code: str = "") -> JudgeRequest:
    cases = tuple(Test([number], number + 1) for number in range(tests))
    return JudgeRequest(language, code or PROGRAMS[language], SIGNATURE, "exact", Limits(), cases)


def _alone(judge: Judge, sandbox: Sandbox) -> Iterator[Row]:
    node = shutil.which("node")
    starts = {"python": PYTHON, "javascript": [node or "node", "-e", "0"]}
    wanted = {"python": "at most 0.35", "javascript": "at most 0.15"}
    for language, start in starts.items():
        if language == "javascript" and not node:
            continue
        name = judge.languages[language].name
        bare = _median(partial(subprocess.run, start, check=True)) * TESTS
        ours = _median(partial(_judged, judge, language))
        what = f"{TESTS} tests, {name} (ms; {wanted[language]})"
        yield Row(what, 1000 * ours, 1000 * bare, f"`{Path(start[0]).name} {start[1]}`, {TESTS} times")
        if language == "python":
            floor = statistics.median(_forks(sandbox))
            wrapped = _median(lambda: subprocess.run(_wrapped(sandbox), check=True)) * TESTS
            yield Row(what.split(" (")[0] + " (ms)", 1000 * ours, 1000 * wrapped, "bwrap for each test")
            yield Row("a test, Python (ms; at most 2.5)", 1000 * ours / TESTS, 1000 * floor, "a fork and an exit")


def _judged(judge: Judge, language: str) -> None:
    assert judge.grader
    judgement = judge.grader.judge(_request(language, TESTS))
    assert judgement.verdict is Verdict.ACCEPTED, judgement


def _median(action: Callable[[], object]) -> float:
    """Seconds. Between two times there is a pause, in which a new sandbox starts in the place of a used one."""
    action()
    spent = []
    for _ in range(ROUNDS):
        gevent.sleep(0.3)
        began = time.perf_counter()
        action()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


_FORKS = """
import os, sys, time
sys.path[:0] = sys.argv[1:]
import python_child, seccompy
seccompy.supported()
python_child.warm_up()
spent = []
for _ in range(300):
    began = time.perf_counter()
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)
    spent.append(time.perf_counter() - began)
print(*spent)
"""


def _forks(sandbox: Sandbox) -> list[float]:
    """What a fork and an exit take, in an interpreter that has loaded what the warm one has."""
    judge = next(mount.source for mount in sandbox.image if mount.target == "/judge")
    command = [sys.executable, "-S", "-c", _FORKS, str(judge), str(judge / "filter")]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [float(part) for part in told.split()]


def _wrapped(sandbox: Sandbox) -> list[str]:
    """Bubblewrap around one bare start, with the sandbox's own mounts."""
    command = sandbox.bubblewrap.command(sandbox.image, {"LD_LIBRARY_PATH": "/python/libraries"}, [])
    return [*command, "/python/bin/python3", "-I", "-c", "pass"]


def _together(judge: Judge) -> Iterator[Row]:
    count, tests = scaled(60), 10
    bare = _bare_loop(count * tests) / count
    spent, total = _queued(judge, count, tests)
    base = 1 / bare
    yield Row(
        f"submissions a second, {tests} tests each, {SLOTS} slots (at least 2.0)", count / total, base, "bare loop"
    )
    for at_once in (1, 10, 50):
        spent, _ = _queued(judge, at_once, TESTS)
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            what = f"received to judged, {at_once} at once, {TESTS} tests, {name} (ms)"
            yield Row(what, 1000 * quantile(spent, share), 1000 * bare / tests * SLOTS, "`python3 -I`")


def _bare_loop(starts: int) -> float:
    """Seconds that so many bare starts take, ``SLOTS`` at a time."""

    def loop() -> None:
        for _ in range(starts // SLOTS):
            subprocess.run(PYTHON, check=True)

    began = time.perf_counter()
    gevent.joinall([gevent.spawn(loop) for _ in range(SLOTS)], raise_error=True)
    return time.perf_counter() - began


def _queued(judge: Judge, count: int, tests: int) -> tuple[list[float], float]:
    """Seconds from put to told for each of ``count`` submissions put at once, and for all of them."""
    assert judge.grader
    told: dict[int, float] = {}
    done = gevent.event.Event()

    def on_judged(key: int, judgement: Judgement) -> None:
        assert judgement.verdict is Verdict.ACCEPTED, judgement
        told[key] = time.perf_counter()
        if len(told) == count:
            done.set()

    queue = LocalJudgeQueue(judge.grader, Slots(SLOTS), on_judged)
    queue.start()
    gevent.sleep(0.3)
    began = time.perf_counter()
    for key in range(count):
        queue.put(key, _request("python", tests), user=key, match=key // 2)
    done.wait()
    queue.stop(5)
    return [at - began for at in told.values()], max(told.values()) - began


def _compiled(judge: Judge) -> Iterator[Row]:
    assert judge.grader
    start = 1000 * _median(lambda: subprocess.run(PYTHON, check=True))
    for language in ("cpp", "java"):
        if language not in judge.languages:
            continue
        name = judge.languages[language].name
        new = PROGRAMS[language] + f"// {time.time_ns()}\n"
        began = time.perf_counter()
        judge.grader.judge(_request(language, TESTS, new))
        first = time.perf_counter() - began
        began = time.perf_counter()
        judge.grader.judge(_request(language, TESTS, new))
        again = time.perf_counter() - began
        yield Row(f"{name}, compiling (ms)", 1000 * (first - again), start, "`python3 -I`")
        yield Row(f"{name}, {TESTS} tests once compiled (ms)", 1000 * again, start, "`python3 -I`")


def _memory(judge: Judge, sandbox: Sandbox) -> Iterator[Row]:
    for language in ("python", "javascript"):
        known: Language = judge.languages[language]
        with sandbox.opened(known.program(PROGRAMS[language], SIGNATURE, Limits()).run) as box:
            used = sum(_own_kib(pid) for pid in _tree(box.process.pid))
        with subprocess.Popen([sys.executable, "-I", "-c", "input()"], stdin=subprocess.PIPE) as bare:
            gevent.sleep(0.3)
            alone = _own_kib(bare.pid)
            bare.communicate(b"\n")
        yield Row(f"memory of one warm sandbox, {known.name} (MiB)", used / 1024, alone / 1024, "`python3 -I`")


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield from _tree(int(child))


def _own_kib(pid: int) -> int:
    """A process's share of memory: what it has alone, and of what it shares its part."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("Pss:")))
