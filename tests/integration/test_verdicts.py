"""The judge on real sandboxes: right verdicts for honest programs, and a queue that loses none."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
import pytest
from gevent.event import Event

from application.judge.errors import UnknownLanguage
from application.judge.executor import DirectExecutor
from application.judge.grader import Grader
from application.judge.languages.javascript import JavaScript, find_node
from application.judge.languages.python import Python
from application.judge.machine import Judge
from application.judge.queue import ATTEMPTS, LocalJudgeQueue
from application.judge.sandbox import Sandbox, SandboxFailed
from application.judge.sandbox.programs import ThisMachine
from application.judge.self_test import self_test
from application.judge.signature import parse_signature
from application.judge.slots import Slots
from application.judge.verdicts import Judgement, JudgeRequest, Limits, Verdict
from application.judge.verdicts import Test as Case
from tests.conftest import PATIENCE_SECONDS

HOSTILE = Path(__file__).parents[1] / "judge_cases" / "hostile"
SIGNATURE = parse_signature("solve", [("n", "int")], "int")
TESTS = (Case([1], 2, False), Case([5], 6, True), Case([7], 8, False), Case([-3], -2, True))
LIMITS = Limits(time_ms=500, memory_mib=128)
RIGHT = {
    "python": "def solve(n):\n    print('trying', n)\n    return n + 1\n",
    "javascript": "function solve(n) {\n  console.log('trying', n);\n  return n + 1;\n}\n",
}


@pytest.fixture(scope="module")
def grader(judge: Judge) -> Grader:
    assert judge.grader
    return judge.grader


def request(code: str, language: str = "python", **changes: Any) -> JudgeRequest:
    return JudgeRequest(
        language,
        code,
        changes.get("signature", SIGNATURE),
        changes.get("compare", "exact"),
        changes.get("limits", LIMITS),
        changes.get("tests", TESTS),
    )


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        gevent.sleep(0.01)


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_a_right_program(language: str, grader: Grader) -> None:
    judgement = grader.judge(request(RIGHT[language], language))
    assert (judgement.verdict, judgement.passed, judgement.total) == (Verdict.ACCEPTED, 4, 4)
    visible, hidden = judgement.results[0], judgement.results[1]
    assert (visible.args, visible.expected, visible.got, visible.console) == ([1], 2, 2, "trying 1\n")
    assert (hidden.hidden, hidden.args, hidden.expected, hidden.got, hidden.console) == (True, None, None, None, "")
    assert judgement.memory_kib > 1000


@pytest.mark.parametrize(
    ("language", "code", "verdict", "passed", "message"),
    [
        ("python", "def solve(n):\n    return n\n", "wrong_answer", 0, "value is 1, expected 2"),
        ("python", "def solve(n):\n    return 2 if n == 1 else 0\n", "wrong_answer", 1, ""),
        ("python", "def solve(n):\n    return str(n + 1)\n", "wrong_answer", 0, "value is a string, expected int"),
        ("python", "def solve(n):\n    return (n + 1,)\n", "wrong_answer", 0, "type tuple"),
        ("python", "def solve(n):\n    return float('nan')\n", "wrong_answer", 0, "not a finite number"),
        ("python", "def solve(n):\n    return True\n", "wrong_answer", 0, "value is a bool"),
        ("python", "def solve(n)\n    return n\n", "compile_error", 0, "SyntaxError"),
        ("python", "def other(n):\n    return n\n", "runtime_error", 0, "defines no function solve"),
        ("python", "def solve(n):\n    return n / 0\n", "runtime_error", 0, "line 2, in solve"),
        ("python", "import nonsense\n", "runtime_error", 0, "ModuleNotFoundError"),
        ("javascript", "function solve(n) {\n  return n;\n}\n", "wrong_answer", 0, "value is 1, expected 2"),
        ("javascript", "function solve(n) {}\n", "wrong_answer", 0, "is undefined"),
        ("javascript", "const solve = async (n) => n + 1;\n", "accepted", 4, ""),
        ("javascript", "function solve(n) {\n  return 2n;\n}\n", "wrong_answer", 0, "BigInt"),
        ("javascript", "function solve(n) {\n  return n +;\n}\n", "compile_error", 0, "SyntaxError"),
        ("javascript", "function solve(n) {\n  return missing;\n}\n", "runtime_error", 0, "solution.js:2"),
        ("javascript", "function other(n) {}\n", "runtime_error", 0, "defines no function solve"),
    ],
)
def test_verdicts_and_what_they_say(
    language: str, code: str, verdict: str, passed: int, message: str, grader: Grader
) -> None:
    judgement = grader.judge(request(code, language))
    assert (judgement.verdict, judgement.passed, judgement.total) == (verdict, passed, 4)
    said = [judgement.message, *(result.message for result in judgement.results if not result.hidden)]
    assert any(message in line for line in said)
    assert "supervisor" not in str(said) and "_child" not in str(said)


@pytest.mark.parametrize("language", ["python", "javascript"])
@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("int", 2**53),
        ("int", -(2**53)),
        ("float", 0.1),
        ("bool", True),
        ("string", 'a "quoted" \\ line\n\t ß \u2028 \U0001f600'),
        ("list<list<int>>", [[1], [], [2, 3]]),
        ("map<string,list<string>>", {"": ["x"], "ß": []}),
        ("optional<int>", None),
        ("list<optional<float>>", [None, 1.5]),
    ],
)
def test_every_type_comes_back_as_it_went_in(language: str, type_: str, value: Any, grader: Grader) -> None:
    echo = {"python": "def echo(x):\n    return x\n", "javascript": "function echo(x) {\n  return x;\n}\n"}
    signature = parse_signature("echo", [("x", type_)], type_)
    judged = grader.judge(request(echo[language], language, signature=signature, tests=(Case([value], value, False),)))
    assert judged.verdict is Verdict.ACCEPTED, judged


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_the_starter_code_runs_and_is_not_right(language: str, grader: Grader) -> None:
    signature = parse_signature("f", [("a", "list<int>"), ("b", "map<string,optional<bool>>")], "list<float>")
    starter = grader.languages[language].starter(signature)
    tests = (Case([[1], {"x": None}], [1.5], False),)
    assert grader.judge(request(starter, language, signature=signature, tests=tests)).verdict is Verdict.WRONG_ANSWER


def test_a_time_limit_ends_the_judging(grader: Grader) -> None:
    code = "def solve(n):\n    while n == 7:\n        pass\n    return n + 1\n"
    judgement = grader.judge(request(code, limits=Limits(200, 128)))
    assert (judgement.verdict, judgement.passed, judgement.total) == (Verdict.TIME_LIMIT, 1, 4)


def test_running_without_an_expectation(grader: Grader) -> None:
    runs = grader.run("python", RIGHT["python"], SIGNATURE, [[1], [41]], LIMITS)
    assert [(run.verdict, run.value, run.console) for run in runs] == [
        (Verdict.ACCEPTED, 2, "trying 1\n"),
        (Verdict.ACCEPTED, 42, "trying 41\n"),
    ]
    wrong = grader.run("python", "def solve(n):\n    return [n]\n", SIGNATURE, [[1]], LIMITS)[0]
    assert (wrong.verdict, wrong.message) == (Verdict.WRONG_ANSWER, "value is a list, expected int")
    with pytest.raises(UnknownLanguage):
        grader.run("cobol", "", SIGNATURE, [[1]], LIMITS)


def test_an_answer_hard_coded_to_the_examples_fails_hidden_tests(grader: Grader) -> None:
    judgement = grader.judge(request("def solve(n):\n    return {1: 2, 7: 8}[n]\n"))
    assert (judgement.verdict, judgement.passed) == (Verdict.RUNTIME_ERROR, 2)


def test_the_node_of_the_wheel_judges_as_well(judge: Judge) -> None:
    assert isinstance(judge.runner, Sandbox)
    node = JavaScript(*find_node(ThisMachine(judge.runner.runtime), wheel_first=True))
    other = Grader(DirectExecutor(judge.runner, {"javascript": node}))
    assert other.judge(request(RIGHT["javascript"], "javascript")).verdict is Verdict.ACCEPTED
    heap = (HOSTILE / "heap_bomb.js").read_text()
    assert other.judge(request(heap, "javascript", limits=Limits(5000, 128))).verdict is Verdict.MEMORY_LIMIT


def test_a_sandbox_that_does_not_start_is_the_judges_fault(
    grader: Grader, judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise SandboxFailed("bwrap: setting up uid map: Permission denied")

    assert isinstance(judge.runner, Sandbox)
    judge.runner.pool.close()
    monkeypatch.setattr(judge.runner.pool, "_start", fail)
    judgement = grader.judge(request(RIGHT["python"]))
    assert (judgement.verdict, judgement.total) == (Verdict.JUDGE_ERROR, 4)
    assert grader.run("python", "", SIGNATURE, [[1]], LIMITS)[0].verdict is Verdict.JUDGE_ERROR
    found = self_test(judge.runner, Python("3"))
    assert not found.ok
    assert "Permission denied" in found.problems[0]


class Answers:
    """A grader that answers what it is told to, and remembers who asked."""

    def __init__(self, *answers: Judgement | Exception) -> None:
        self.answers, self.asked = list(answers), list[str]()

    def judge(self, asked: JudgeRequest) -> Judgement:
        self.asked.append(asked.code)
        gevent.sleep(0)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def judged(verdict: Verdict) -> Judgement:
    return Judgement(verdict, 0, 4)


def drained(queue: LocalJudgeQueue) -> None:
    queue.start()
    wait_until(lambda: queue.depth == 0 and not queue._known)
    queue.stop(1)


def test_the_queue_judges_each_once_in_the_order_of_arrival() -> None:
    grader, told = Answers(*[judged(Verdict.ACCEPTED)] * 3), list[int]()
    queue = LocalJudgeQueue(grader, Slots(1, signal=Event), lambda key, _: told.append(key))  # type: ignore[arg-type]
    for key in (5, 3, 5, 9):
        queue.put(key, request(str(key)))
    assert queue.depth == 3
    assert 3 in queue and 4 not in queue
    drained(queue)
    assert told == [5, 3, 9]
    assert grader.asked == ["5", "3", "9"]


def test_the_queue_tries_again_when_the_judge_fails() -> None:
    told: list[Verdict] = []
    grader = Answers(RuntimeError("broken"), judged(Verdict.ACCEPTED), *[judged(Verdict.JUDGE_ERROR)] * ATTEMPTS)
    queue = LocalJudgeQueue(grader, Slots(1, signal=Event), lambda _, judgement: told.append(judgement.verdict))  # type: ignore[arg-type]
    queue.put(1, request(""))
    queue.put(2, request(""))
    drained(queue)
    assert told == [Verdict.ACCEPTED, Verdict.JUDGE_ERROR]


def test_a_judgement_that_cannot_be_delivered_stops_nobody() -> None:
    told: list[int] = []

    def deliver(key: int, _judgement: Judgement) -> None:
        if key == 1:
            raise ConnectionError("the database is away")
        told.append(key)

    queue = LocalJudgeQueue(Answers(*[judged(Verdict.ACCEPTED)] * 2), Slots(1, signal=Event), deliver)  # type: ignore[arg-type]
    for key in (1, 2):
        queue.put(key, request(""))
    drained(queue)
    assert told == [2]


def test_what_is_queued_at_a_stop_is_left_to_the_next_start() -> None:
    queue = LocalJudgeQueue(Answers(), Slots(1, signal=Event), lambda *_: None)  # type: ignore[arg-type]
    queue.put(1, request(""))
    queue.stop(1)
    assert 1 not in queue
