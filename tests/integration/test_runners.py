"""What the sandbox and the engine elsewhere have in common: one contract, the same programs, the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from application.judge.conformance import VALUES, failure
from application.judge.engine import GoJudge
from application.judge.machine import Judge
from application.judge.runner import Runner, RunnerFailed
from application.judge.signature import parse_signature
from application.judge.verdicts import Limits, RunResult, Verdict
from tests.integration.fake_go_judge import FakeGoJudge, serving

SIGNATURE = parse_signature("solve", [("n", "int")], "int")
LIMITS = Limits(time_ms=1000, memory_mib=128)
LANGUAGES = ("python", "javascript", "cpp", "ruby", "java", "csharp")


@pytest.fixture(scope="module")
def engine() -> Iterator[tuple[GoJudge, FakeGoJudge]]:
    with serving() as (url, fake):
        yield GoJudge(url, fake.token), fake


@pytest.fixture(scope="module")
def elsewhere(engine: tuple[GoJudge, FakeGoJudge]) -> Judge:
    judge = Judge.elsewhere(engine[0], only=LANGUAGES)
    assert judge.self_test.ok, judge.self_test.problems
    return judge


@pytest.fixture(params=["sandbox", "go-judge"])
def either(request: pytest.FixtureRequest) -> Judge:
    return request.getfixturevalue("judge" if request.param == "sandbox" else "elsewhere")  # type: ignore[no-any-return]


def called(judge: Judge, language: str, code: str, *numbers: int, **options: Any) -> list[RunResult]:
    if language not in judge.installed:
        pytest.skip(f"{language} is not installed here")
    assert judge.runner
    program = judge.installed[language].program(code, SIGNATURE, LIMITS)
    return judge.runner.run(program, [[number] for number in numbers], LIMITS, **options)


RIGHT = {
    "python": "def solve(n):\n    print('seen', n)\n    return n + 1\n",
    "javascript": "function solve(n) {\n  console.log('seen', n);\n  return n + 1;\n}\n",
    "cpp": "#include <cstdio>\n\nlong long solve(long long n) {\n"
    '    std::printf("seen %lld\\n", n);\n    return n + 1;\n}\n',
    "ruby": 'def solve(n)\n  puts "seen #{n}"\n  n + 1\nend\n',
    # It leaves a thread, so that each answer is the last of its process.
    "java": "class Solution {\n    static long solve(long n) {\n"
    '        System.out.println("seen " + n);\n'
    "        Thread left = new Thread(() -> { while (true) Thread.onSpinWait(); });\n"
    "        left.setDaemon(true);\n        left.start();\n        return n + 1;\n    }\n}\n",
    "csharp": "class Solution {\n    static long Solve(long n) {\n"
    '        System.Console.WriteLine("seen " + n);\n        return n + 1;\n    }\n}\n',
}
BROKEN = {
    "python": "def solve(n)\n    return n\n",
    "javascript": "function solve(n) {\n  return n +;\n}\n",
    "cpp": "long long solve(long long n) {\n    return missing;\n}\n",
    "ruby": "def solve(n)\n  n +\nend end\n",
    "java": "class Solution {\n    static long solve(long n) {\n        return missing;\n    }\n}\n",
    "csharp": "class Solution {\n    static long Solve(long n) {\n        return missing;\n    }\n}\n",
}


@pytest.mark.parametrize("language", RIGHT)
def test_a_program_is_called_and_its_console_kept(language: str, either: Judge) -> None:
    results = called(either, language, RIGHT[language], 1, 41)
    assert [(result.verdict, result.value, result.console) for result in results] == [
        (Verdict.ACCEPTED, 2, "seen 1\n"),
        (Verdict.ACCEPTED, 42, "seen 41\n"),
    ], results
    assert all(result.exit_reason == "returned" and result.memory_kib >= 0 for result in results)


@pytest.mark.parametrize("language", BROKEN)
def test_a_program_that_does_not_compile(language: str, either: Judge) -> None:
    results = called(either, language, BROKEN[language], 1, 2)
    assert [result.verdict for result in results] == [Verdict.COMPILE_ERROR] * 2
    assert "solution" in results[0].message.lower() or "SyntaxError" in results[0].message
    for place in ("/work", "/w/", "/judge", "/tmp", "Harness", "harness"):
        assert place not in results[0].message


@pytest.mark.parametrize(
    ("code", "verdict", "reason", "said"),
    [
        ("def solve(n):\n    return 1 // 0\n", "runtime_error", "exit 0", "line 2, in solve"),
        ("def solve(n):\n    while True: pass\n", "time_limit", "cpu limit", "more than 1000 ms"),
        ("import time\ndef solve(n):\n    time.sleep(60)\n", "time_limit", "clock limit", "waited too long"),
        ("import os\ndef solve(n):\n    os._exit(3)\n", "runtime_error", "exit 3", "exited with the code 3"),
        ("import os\ndef solve(n):\n    os.abort()\n", "runtime_error", "signal SIGABRT", "SIGABRT"),
        ("def solve(n):\n    while True: print('x' * 100000)\n", "output_limit", "output limit", "more than 1 MiB"),
        ("def solve(n):\n    return 'x' * 2000000\n", "output_limit", "exit 0", "too large"),
        ("def solve(n):\n    return {1: n}\n", "wrong_answer", "exit 0", "not a string"),
        ("def other(n):\n    return n\n", "runtime_error", "exit 0", "no function solve"),
    ],
)
def test_how_a_program_can_end(code: str, verdict: str, reason: str, said: str, either: Judge) -> None:
    (result,) = called(either, "python", code, 1)
    assert (result.verdict, result.exit_reason) == (verdict, reason), result
    assert said in result.message


def test_too_much_memory(either: Judge) -> None:
    code = (
        "def solve(n):\n    kept = []\n    while len(kept) < 400:\n        kept.append(bytearray(b'x') * (1 << 20))\n"
    )
    assert called(either, "python", code, 1)[0].verdict is Verdict.MEMORY_LIMIT


def test_a_verdict_may_end_the_calls(either: Judge) -> None:
    code = "def solve(n):\n    while n == 2: pass\n    return n\n"
    results = called(either, "python", code, 1, 2, 3, stop_at={Verdict.TIME_LIMIT})
    assert [result.verdict for result in results] == [Verdict.ACCEPTED, Verdict.TIME_LIMIT]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_value_comes_back(language: str, either: Judge) -> None:
    if language not in either.installed:
        pytest.skip(f"{language} is not installed here")
    assert either.runner
    values = {type_: VALUES[type_] for type_ in ("list<map<string,optional<int>>>", "list<optional<string>>")}
    assert failure(either.installed[language], either.runner, values) is None


def test_the_engine_keeps_no_file_and_is_told_no_answer(engine: tuple[GoJudge, FakeGoJudge], elsewhere: Judge) -> None:
    called(elsewhere, "cpp", RIGHT["cpp"], 313131)
    assert engine[1].stored == {}
    assert "313132" not in repr(engine[1].requests)


def test_an_engine_that_fails_is_the_judges_fault(engine: tuple[GoJudge, FakeGoJudge], elsewhere: Judge) -> None:
    real, fake = engine
    fake.broken = True
    try:
        with pytest.raises(RunnerFailed, match="out of order"):
            called(elsewhere, "python", RIGHT["python"], 1)
    finally:
        fake.broken = False
    for unusable in (GoJudge(real.url, "another token"), GoJudge("http://127.0.0.1:9")):
        judge = Judge.elsewhere(unusable)
        assert judge.grader is None
        assert "cannot be asked" in judge.self_test.problems[0]


def test_both_are_runners(engine: tuple[GoJudge, FakeGoJudge], judge: Judge) -> None:
    runners: list[Runner | None] = [engine[0], judge.runner]
    assert all(runners)
