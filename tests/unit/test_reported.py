"""Whatever carried a program out, what is reported of it can be kept and sent, and says nothing of hidden tests."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.judge.engine import _outcome
from application.judge.executor import DirectExecutor
from application.judge.grader import Grader
from application.judge.languages.program import Program, Run
from application.judge.languages.python import Python
from application.judge.outcome import Garbled, Reply, run_result
from application.judge.runner import RunnerFailed
from application.judge.signature import Signature, parse_signature
from application.judge.verdicts import JudgeRequest, Limits, RunResult, Verdict
from application.judge.verdicts import Test as Case
from application.judge.workers import _results
from application.matches.judging import report_of

LIMITS = Limits()
RETURNS = ("int", "float", "string", "list<float>", "map<string,int>")
ODD = (
    "1e999",
    "-1e999",
    "NaN",
    "Infinity",
    r'"\u0000"',
    r'"\ud800"',
    r'{"\u0000": 1}',
    r'{"\udfff": [1e400]}',
    "[" * 63,
)
ODD += ("9" * 5000, "9" * 400, "[" * 70 + "]" * 70, "[" * 100_000, '{"value": 1e999}', "1e-999", "-0.0", "[[], {}]")


class Ran:
    """A runner on which everything has happened already."""

    def __init__(self, *runs: RunResult) -> None:
        self.runs = list(runs)

    def run(
        self, program: Program, calls: Sequence[list[Any]], limits: Limits, stop_at: Collection[Verdict] = ()
    ) -> list[RunResult]:
        return self.runs


def report(*runs: RunResult, hidden: tuple[bool, ...] = (False,), returns: str = "int") -> dict[str, Any]:
    grader = Grader(DirectExecutor(Ran(*runs), {"python": Python("3")}))
    signature = parse_signature("solve", [("n", "int")], returns)
    tests = tuple(Case([1], None, each) for each in hidden)
    judgement = grader.judge(JudgeRequest("python", "", signature, "exact", LIMITS, tests))
    shown = grader.run("python", "", signature, [[1]] * len(runs), LIMITS)
    return {"report": report_of(judgement), "runs": [vars(run) for run in shown], "verdict": judgement.verdict}


def storable(value: Any) -> None:
    """JSON of the strict kind, in UTF-8, without the one character that PostgreSQL has no place for."""
    text = json.dumps(value, allow_nan=False, ensure_ascii=False)
    text.encode("utf-8")
    assert not any("\0" in part for part in _texts(value))
    assert len(text) < 1 << 20


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    parts = [*value.keys(), *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else []
    for part in parts:
        yield from _texts(part)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters()), inner, max_size=4),
    max_leaves=12,
)
answers = (
    st.binary(max_size=200)
    | st.sampled_from(ODD).map(str.encode)
    | st.sampled_from(ODD).map(lambda odd: b'{"value": ' + odd.encode() + b"}")
    | st.fixed_dictionaries({"value": json_like}).map(lambda said: json.dumps(said).encode())
    | st.fixed_dictionaries(
        {"verdict": st.sampled_from([*Verdict]) | json_like, "message": json_like, "memory_kib": json_like}
    ).map(lambda said: json.dumps(said).encode())
)
figures = st.integers(-(2**70), 2**70) | st.floats() | st.text(st.characters(), max_size=3)
headers = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("cpu_ms", "memory_kib", "signal", "code", "printed", "tail"), figures)
)
ends = st.sampled_from(["exited", "answered", "cpu", "wall", "console", "result"]) | st.text(max_size=5)


@settings(deadline=None, max_examples=300)
@given(ends, headers, st.binary(max_size=100), answers, st.sampled_from(RETURNS))
def test_what_is_reported_of_a_sandbox_can_be_kept_and_sent(
    end: str, header: dict[str, Any], console: bytes, answer: bytes, returns: str
) -> None:
    try:
        run = run_result(Reply(end, header, console, answer), LIMITS.time_ms)
    except Garbled:
        return
    storable(report(run, returns=returns))


@settings(deadline=None, max_examples=200)
@given(
    st.dictionaries(st.sampled_from(["time", "memory", "exitStatus"]), figures),
    st.sampled_from(["Accepted", "Signalled", "Nonzero Exit Status", "Time Limit Exceeded", "Memory Limit Exceeded"]),
    answers,
    st.text(st.characters(), max_size=50),
)
def test_what_is_reported_of_an_engine_can_be_kept_and_sent(
    figures: dict[str, Any], status: str, answer: bytes, console: str
) -> None:
    files = {"answer": answer.decode("utf-8", "replace"), "stdout": console}
    result = {**figures, "status": status, "files": files}
    storable(report(_outcome(result, Run("fork"), LIMITS)))


@settings(deadline=None, max_examples=200)
@given(st.sampled_from([*Verdict]), json_like, st.text(st.characters()), st.text(st.characters()), st.integers())
def test_what_is_reported_of_a_worker_can_be_kept_and_sent(
    verdict: str, value: Any, message: str, console: str, figure: int
) -> None:
    result = {"verdict": str(verdict), "value": value, "message": message, "console": console}
    result |= {"time_ms": figure, "memory_kib": figure, "exit_reason": message}
    storable(report(*_results({"results": [result]})))


@pytest.mark.parametrize("answer", [{}, {"results": [{}]}, {"results": [{"verdict": "won"}]}, {"results": 3}])
def test_a_worker_that_answers_nonsense_has_failed(answer: dict[str, Any]) -> None:
    with pytest.raises(RunnerFailed):
        _results(answer)


@given(
    st.integers(0, 10**6), st.integers(0, 10**6), st.text(), st.sampled_from(["exit 3", "signal SIGSEGV", "exit 77"])
)
def test_nothing_of_a_hidden_test_is_shown_but_whether_it_passed(
    time: int, memory: int, text: str, reason: str
) -> None:
    seen = RunResult(Verdict.WRONG_ANSWER, 3, "seen", "", 5, 700, "returned")
    quiet = RunResult(Verdict.RUNTIME_ERROR)
    loud = RunResult(Verdict.RUNTIME_ERROR, None, text, text, time, memory, reason)
    hidden = (False, True)
    assert report(seen, loud, hidden=hidden)["report"] == report(seen, quiet, hidden=hidden)["report"]
    named = RunResult(Verdict.COMPILE_ERROR, None, text, text, time, memory, reason)
    assert report(named, hidden=(True,))["report"] == report(RunResult(Verdict.COMPILE_ERROR), hidden=(True,))["report"]


def test_time_and_memory_are_not_what_a_program_says() -> None:
    reply = Reply("answered", {"cpu_ms": 4, "memory_kib": 900}, b"", b'{"value": 1, "memory_kib": 123456, "cpu_ms": 9}')
    assert (run_result(reply, 100).time_ms, run_result(reply, 100).memory_kib) == (4, 900)
    reply = Reply("answered", {"cpu_ms": 4}, b"", b'{"value": 1, "memory_kib": 123456}')
    assert run_result(reply, 100).memory_kib == 0


@pytest.mark.parametrize("code", ["\ufeffint solve", "int solve", "int \ufeffsolve"])
def test_a_byte_order_mark_at_the_beginning_is_no_part_of_a_program(code: str) -> None:
    seen = []

    class Noting(Python):
        def program(self, code: str, signature: Signature, limits: Limits) -> Program:
            seen.append(code)
            return super().program(code, signature, limits)

    grader = Grader(DirectExecutor(Ran(RunResult(Verdict.ACCEPTED, 1)), {"python": Noting("3")}))
    signature = parse_signature("solve", [("n", "int")], "int")
    grader.run("python", code, signature, [[1]], LIMITS)
    grader.judge(JudgeRequest("python", code, signature, "exact", LIMITS, (Case([1], 1, False),)))
    assert seen == [code.removeprefix("\ufeff")] * 2
