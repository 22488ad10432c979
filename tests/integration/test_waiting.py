"""Programs that wait instead of computing: they hold nobody up, and are ended soon."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from application.judge.grader import Grader
from application.judge.machine import Judge
from application.judge.sandbox import MAX_WAIT_MS
from application.judge.sandbox.waits import Load, Waits
from application.judge.signature import parse_signature
from application.judge.slots import Slots
from application.judge.turns import Asker
from application.judge.verdicts import Judgement, JudgeRequest, Limits, Verdict
from application.judge.verdicts import Test as Case

SIGNATURE = parse_signature("solve", [("n", "int")], "int")
SLEEPER = "import time\ndef solve(n):\n    time.sleep(1.5)\n    return n\n"
CLEAN = "def solve(n):\n    return n\n"
ENDED_SECONDS = 120.0
LIMITS = Limits()


def request(code: str, tests: int = 20, limits: Limits = LIMITS) -> JudgeRequest:
    return JudgeRequest("python", code, SIGNATURE, "exact", limits, tuple(Case([n], n, False) for n in range(tests)))


def graded(judge: Judge, code: str, tests: int = 20, limits: Limits = LIMITS) -> Judgement:
    assert isinstance(judge.grader, Grader)
    return judge.grader.judge(request(code, tests, limits))


def test_a_stranger_is_judged_before_eight_who_sleep(judge: Judge) -> None:
    slots, order = Slots(2), list[tuple[str, Verdict]]()

    def judged(name: str, code: str, asker: Asker) -> None:
        assert judge.grader
        with slots.held(asker, Limits().memory_mib):
            order.append((name, judge.grader.judge(request(code)).verdict))

    jobs = [Thread(target=judged, args=("sleeper", SLEEPER, Asker(number, "there"))) for number in range(8)]
    jobs.append(Thread(target=judged, args=("stranger", CLEAN, Asker("ada", "here"))))
    for job in jobs:
        job.start()
    for job in jobs:
        job.join(ENDED_SECONDS)
    assert order[0] == ("stranger", Verdict.ACCEPTED)
    assert order[1:] == [("sleeper", Verdict.TIME_LIMIT)] * 8
    assert (slots.running, slots.waiting) == (0, 0)


def test_who_sleeps_lends_its_slot(judge: Judge) -> None:
    """One slot and one address: a second program can only begin because the first one sleeps."""
    slots, order = Slots(1), list[str]()

    def judged(name: str, code: str) -> None:
        assert judge.grader
        with slots.held(Asker(name, "there")):
            judge.grader.judge(request(code))
            order.append(name)

    jobs = [Thread(target=judged, args=each) for each in (("sleeper", SLEEPER), ("clean", CLEAN))]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join(ENDED_SECONDS)
    assert order == ["clean", "sleeper"]


def test_what_the_tests_wait_together_is_bounded(judge: Judge) -> None:
    assert MAX_WAIT_MS < 20 * 1500
    judgement = graded(judge, SLEEPER)
    assert judgement.verdict is Verdict.TIME_LIMIT
    assert 0 < judgement.passed < 10
    last = judgement.results[-1]
    assert (last.exit_reason, last.time_ms) == ("clock limit", 0)


def test_a_little_waiting_is_no_harm(judge: Judge) -> None:
    code = "import time\ndef solve(n):\n    time.sleep(0.2)\n    return n\n"
    assert graded(judge, code, tests=5).verdict is Verdict.ACCEPTED


def test_computing_and_waiting_count_together(judge: Judge) -> None:
    """Less than the time limit of CPU, and less of waiting than would be allowed alone."""
    code = (
        "import time\n"
        "def solve(n):\n"
        "    while time.process_time() < 0.5:\n"
        "        pass\n"
        "    time.sleep({wait})\n"
        "    return n\n"
    )
    limits = Limits(time_ms=700)
    assert graded(judge, code.format(wait=0.3), 1, limits).verdict is Verdict.ACCEPTED
    ended = graded(judge, code.format(wait=30), 1, limits)
    assert (ended.verdict, ended.results[0].exit_reason) == (Verdict.TIME_LIMIT, "clock limit")


def test_waiting_is_counted_between_idle_and_busy() -> None:
    now = [0.0]
    waits = Waits(lambda: now[0])
    for at, pace in ((1.0, "idle"), (1.5, "idle"), (3.0, "busy"), (4.0, "busy"), (5.0, "idle")):
        now[0] = at
        waits.hear(pace)
    now[0] = 5.5
    waits.end()
    waits.end()
    assert waits.ms == 2500 and not waits.kept
    waits.hear("idle", lambda: True)
    now[0] = 9.0
    waits.hear("busy")
    assert waits.ms == 2500 and waits.kept


@pytest.mark.parametrize(
    ("before", "after", "saturated"),
    [
        ("cpu 100 0 0 1000 0 0 0 0 0 0", "cpu 300 0 0 1001 0 0 0 0 0 0", True),
        ("cpu 100 0 0 1000 0 0 0 0 0 0", "cpu 200 0 0 1100 0 0 0 0 0 0", False),
        ("cpu 0 0 0 0 0 0 0 0 0 0", "cpu 0 0 0 0 0 0 0 0 0 0", False),
        ("nonsense", "nonsense", False),
    ],
)
def test_a_busy_machine_is_told_by_its_own_account(tmp_path: Path, before: str, after: str, saturated: bool) -> None:
    statistics = tmp_path / "stat"
    statistics.write_text(before + "\ncpu0 1 2\n")
    load = Load(statistics)
    statistics.write_text(after + "\ncpu0 1 2\n")
    assert load.saturated is saturated


def test_a_machine_without_account_is_not_busy(tmp_path: Path) -> None:
    assert not Load(tmp_path / "none").saturated
