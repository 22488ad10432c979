"""What the judge is asked and what it answers. Values only: no I/O, no clock, no chance."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from application.judge.signature import Signature


class Verdict(StrEnum):
    """How a submission, or one test of it, came out."""

    ACCEPTED = "accepted"
    WRONG_ANSWER = "wrong_answer"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    OUTPUT_LIMIT = "output_limit"
    RUNTIME_ERROR = "runtime_error"
    COMPILE_ERROR = "compile_error"
    JUDGE_ERROR = "judge_error"
    """The judge itself failed; never the fault of the player's code."""


@dataclass(frozen=True)
class Limits:
    """What one test may use: CPU time in milliseconds and memory in MiB. ``total_ms`` is for all tests of a submission
    together, by the clock, once it is compiled."""

    time_ms: int = 2000
    memory_mib: int = 256
    total_ms: int = 60_000


@dataclass(frozen=True)
class Test:
    """One call of the function: JSON arguments, the JSON value it should return, whether players may see them."""

    args: list[Any]
    expected: Any
    hidden: bool = True


@dataclass(frozen=True)
class JudgeRequest:
    """One submission to judge. ``compare`` is ``exact``, ``unordered`` or ``float(eps)``."""

    language: str
    code: str
    signature: Signature
    compare: str
    limits: Limits
    tests: tuple[Test, ...]


@dataclass(frozen=True)
class RunResult:
    """What one call of a player's function did inside the sandbox.

    ``verdict`` is ACCEPTED when a JSON value was returned (whether it is right is not known there); ``value`` is that
    value. ``message`` explains any other verdict to the player: a traceback of their own code, or what was exceeded.
    ``console`` is what the call printed. ``time_ms`` is CPU time, ``memory_kib`` the peak resident set. ``exit_reason``
    says how the process ended: ``returned``, ``exit 3``, ``signal SIGSEGV``, ``cpu limit``, ``clock limit`` or
    ``output limit``; empty where nothing was run.
    """

    verdict: Verdict
    value: Any = None
    message: str = ""
    console: str = ""
    time_ms: int = 0
    memory_kib: int = 0
    exit_reason: str = ""


@dataclass(frozen=True)
class TestResult:
    """One test's outcome. ``number`` counts from 1. A hidden test has no more than its verdict: whoever holds a
    TestResult may show it to its author."""

    number: int
    hidden: bool
    verdict: Verdict
    args: list[Any] | None = None
    expected: Any = None
    got: Any = None
    message: str = ""
    console: str = ""
    time_ms: int = 0
    memory_kib: int = 0
    exit_reason: str = ""


@dataclass(frozen=True)
class Judgement:
    """The answer to a JudgeRequest. ``message`` explains a compile or judge error. ``time_ms`` and ``memory_kib`` are
    the most that any visible test took; ``slowest_ms`` is of all tests, and not for the author of a submission."""

    verdict: Verdict
    passed: int
    total: int
    results: tuple[TestResult, ...] = field(default=())
    message: str = ""
    time_ms: int = 0
    memory_kib: int = 0
    slowest_ms: int = 0
