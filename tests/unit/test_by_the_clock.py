"""What the clock ends on a busy machine is nobody's fault; what a program computes and waits is its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from application.judge import engine, sandbox
from application.judge.languages.program import Program, Run
from application.judge.outcome import Reply
from application.judge.runner import TOTAL_PATIENCE, RunnerFailed
from application.judge.sandbox import SandboxFailed, products
from application.judge.sandbox.box import SandboxOverdue
from application.judge.sandbox.products import BUILD_PATIENCE, BUILD_SECONDS
from application.judge.verdicts import Limits, RunResult, Verdict
from application.judge.workers import answer_seconds

LIMITS = Limits(time_ms=2000, total_ms=10_000)
PROGRAM = Program(Run("fork"), lambda _: b"")


class Answers:
    """In the place of a sandbox: what it answers, or that it does not."""

    def __init__(self, *replies: Reply | None) -> None:
        self.replies: Iterator[Reply | None] = iter(replies)

    def ask(self, *_: object, **__: object) -> Reply:
        reply = next(self.replies)
        if reply is None:
            raise SandboxOverdue("the sandbox did not answer in time")
        return reply


def ended(end: str, cpu_ms: int = 100) -> Reply:
    return Reply(end, {"cpu_ms": cpu_ms, "memory_kib": 1, "signal": 0, "code": 0, "clean": True}, b"", b'{"value": 1}')


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> type:
    class Load:
        saturated = True

    monkeypatch.setattr(sandbox, "Load", Load)
    return Load


def called(*replies: Reply | None, limits: Limits = LIMITS) -> list[tuple[Verdict, str]]:
    calls, box = sandbox._Calls(PROGRAM, limits, ()), Answers(*replies)
    found: list[RunResult] = [calls.one(box, [])[0] for _ in replies]  # type: ignore[arg-type]
    return [(result.verdict, result.exit_reason) for result in found]


@pytest.mark.parametrize("reply", [ended("late"), ended("late", 1900)])
def test_the_clock_of_a_busy_machine_blames_nobody(load: type, reply: Reply) -> None:
    with pytest.raises(SandboxFailed, match="busy"):
        called(ended("exited"), reply)


def test_all_time_of_a_submission_may_be_over_on_a_busy_machine(load: type) -> None:
    with pytest.raises(SandboxFailed, match="busy"):
        called(None, limits=Limits(time_ms=2000, total_ms=1000))


@pytest.mark.parametrize("saturated", [True, False])
def test_a_sandbox_that_does_not_answer_is_lost_and_tried_elsewhere(load: Any, saturated: bool) -> None:
    load.saturated = saturated
    calls = sandbox._Calls(PROGRAM, LIMITS, ())
    result, last = calls.one(Answers(None), [])  # type: ignore[arg-type]
    assert (result.verdict, last, calls.lost, calls.kept) == (Verdict.RUNTIME_ERROR, True, True, saturated)


@pytest.mark.parametrize(("end", "reason"), [("late", "clock limit"), ("wall", "clock limit"), ("cpu", "cpu limit")])
def test_who_waits_on_a_machine_that_has_time_is_ended(load: Any, end: str, reason: str) -> None:
    load.saturated = False
    assert called(ended(end)) == [(Verdict.TIME_LIMIT, reason)]


def test_cpu_time_counts_on_a_busy_machine_too(load: type) -> None:
    assert called(ended("cpu", 2000)) == [(Verdict.TIME_LIMIT, "cpu limit")]


def test_all_tests_together_have_what_they_compute(load: type) -> None:
    spent = [ended("exited", 2000)] * 7
    assert called(*spent) == [(Verdict.ACCEPTED, "returned")] * 6 + [(Verdict.TIME_LIMIT, "clock limit")]


@pytest.mark.parametrize(
    ("why", "waited_ms", "saturated", "kept"),
    [
        *(("late", 0, True, True), ("late", 0, False, False), ("wall", 0, True, False), ("wall", 39_000, True, True)),
        *(("wall", 39_000, False, False), ("cpu", 39_000, True, False), ("exited", 0, True, False)),
    ],
)
def test_whose_fault_it_is_that_compiling_did_not_end(why: str, waited_ms: int, saturated: bool, kept: bool) -> None:
    reply = Reply("failed", {"why": why, "waited_ms": waited_ms}, b"", b"")
    assert products.kept_from_it(reply, saturated) is kept


def timed(status: str, cpu_ms: int, took_ms: int) -> dict[str, Any]:
    return {"status": status, "time": cpu_ms * 1_000_000, "runTime": took_ms * 1_000_000, "memory": 0, "files": {}}


SLOWLY, ASLEEP = timed("Time Limit Exceeded", 1000, 5000), timed("Time Limit Exceeded", 10, 5000)
COMPUTED = timed("Time Limit Exceeded", 2001, 4000)


@pytest.mark.parametrize("answers", [[ASLEEP], [COMPUTED], [SLOWLY, ASLEEP], [SLOWLY, COMPUTED]])
def test_an_engine_is_asked_again_with_more_time(
    monkeypatch: pytest.MonkeyPatch, answers: list[dict[str, Any]]
) -> None:
    asked = list[int]()

    def execute(_: object, command: engine.Command) -> dict[str, Any]:
        asked.append(command.request()["clockLimit"])
        return answers[len(asked) - 1]

    monkeypatch.setattr(engine.GoJudge, "execute", execute)
    found = engine.GoJudge("http://engine").run(PROGRAM, [[1]], LIMITS)
    assert [result.verdict for result in found] == [Verdict.TIME_LIMIT]
    assert asked == [5_000_000_000 * patience for patience in (1, engine.PATIENCE)][: len(answers)]


def test_an_engine_that_stays_busy_blames_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.GoJudge, "execute", lambda *_: SLOWLY)
    with pytest.raises(RunnerFailed, match="busy"):
        engine.GoJudge("http://engine").run(PROGRAM, [[1]], LIMITS)


def test_a_worker_is_waited_for_as_long_as_the_clock_lets_it_work() -> None:
    limits = Limits(total_ms=100_000)
    assert answer_seconds(limits) > BUILD_PATIENCE * BUILD_SECONDS + TOTAL_PATIENCE * limits.total_ms / 1000
