"""What programs in Python find that are written as people write them elsewhere."""

from __future__ import annotations

import pytest

from application.judge.grader import Grader
from application.judge.machine import Judge
from application.judge.signature import parse_signature
from application.judge.verdicts import JudgeRequest, Limits, TestResult, Verdict
from application.judge.verdicts import Test as Case

SIGNATURE = parse_signature("solve", [("n", "int")], "int")
LIMITS = Limits(time_ms=1000, memory_mib=256)


def judged(judge: Judge, code: str, limits: Limits = LIMITS) -> TestResult:
    assert isinstance(judge.grader, Grader)
    (result,) = judge.grader.judge(
        JudgeRequest("python", code, SIGNATURE, "exact", limits, (Case([1], 2, False),))
    ).results
    return result


@pytest.mark.parametrize(
    ("end", "verdict"),
    [
        ("while True: pass", Verdict.TIME_LIMIT),
        ("os._exit(0)", Verdict.RUNTIME_ERROR),
        ("print(end='further'); os._exit(0)", Verdict.RUNTIME_ERROR),
        ("os.kill(os.getpid(), 9)", Verdict.RUNTIME_ERROR),
    ],
)
def test_what_was_printed_before_the_end_is_seen(end: str, verdict: Verdict, judge: Judge) -> None:
    result = judged(judge, f"import os\ndef solve(n):\n    print('reached')\n    {end}\n")
    expected = "reached\nfurther" if "further" in end else "reached\n"
    assert (result.verdict, result.console[: len(expected)]) == (verdict, expected)


def test_hints_need_no_import(judge: Judge) -> None:
    code = "def solve(n: Optional[int]) -> int:\n    kept: List[int] = [n]\n    return kept[0] + 1\n"
    assert judged(judge, code).verdict is Verdict.ACCEPTED


def test_recursion_reaches_a_hundred_thousand(judge: Judge) -> None:
    code = (
        "def solve(n):\n    def deep(left):\n        return left and deep(left - 1)\n    return n + 1 + deep(100_000)\n"
    )
    assert judged(judge, code, Limits(5000, 256)).verdict is Verdict.ACCEPTED


@pytest.mark.parametrize(
    "code",
    [
        "async def solve(n):\n    return n / 0\n",
        "async def solve(n):\n    await asleep()\nasync def asleep():\n    raise KeyError(1)\n",
        "import asyncio\nasync def solve(n):\n    await asyncio.sleep(1)\n",
    ],
)
def test_an_async_function_is_told_of_its_own_lines_alone(code: str, judge: Judge) -> None:
    result = judged(judge, code)
    assert result.verdict is Verdict.RUNTIME_ERROR
    assert "/judge/" not in result.message and "python_child" not in result.message, result.message


def test_an_async_function_may_answer(judge: Judge) -> None:
    code = "async def one():\n    return 1\nasync def solve(n):\n    return n + await one()\n"
    assert judged(judge, code).verdict is Verdict.ACCEPTED


def test_a_file_may_begin_with_a_byte_order_mark(judge: Judge) -> None:
    assert judged(judge, "\ufeffdef solve(n):\n    return n + 1\n").verdict is Verdict.ACCEPTED
