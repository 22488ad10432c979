"""Reading what comes out of a sandbox. All of it may have been written by a player: nothing here trusts it."""

from __future__ import annotations

import contextlib
import json
import math
import re
import signal
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from application.judge.text import clean
from application.judge.verdicts import RunResult, Verdict

CONSOLE_KEPT = 64 * 1024
MAX_RESULT = 1024 * 1024 + 4
MAX_HEADER = 64 * 1024
MAX_VALUE = 8 * MAX_RESULT
"""Characters of a value as JSON with escapes, which may be some more than the bytes that it came as."""
MAX_DEPTH = 64
MAX_FIGURE = 2**31
"""Milliseconds and KiB must be below this: database columns and clients have 32 bits for them."""
MAX_REASON = 100
CUT_OFF = "\n[the rest is cut off]"

_MEMORY_SIGNS = (
    "heap out of memory",
    "process out of memory",
    "memory allocation of",
    "allocation failed - ",
    "bad_alloc",
    "runtime: out of memory",
    "cannot allocate memory",
    "Cannot allocate memory",
    "Out of memory",
    "OutOfMemoryError",
)
_SAID = frozenset(
    {Verdict.WRONG_ANSWER, Verdict.MEMORY_LIMIT, Verdict.OUTPUT_LIMIT, Verdict.RUNTIME_ERROR, Verdict.COMPILE_ERROR}
)
"""The verdicts that the program inside the sandbox may report."""

_FRAMES = re.compile(r"(?:#\d+ |\tfrom |\t(?:.* called at )?)?/judge/\w+\.(?:rb|php|lua|pl|py|js)\b.*\n?")
"""The lines of a stack that a program has printed which are about what called it."""


class Garbled(Exception):
    """What came out of the sandbox does not follow the protocol, as when a program has broken its supervisor."""


@dataclass(frozen=True)
class Reply:
    """One answer of the supervisor: why the test ended, and what the program wrote."""

    end: str
    header: dict[str, Any]
    console: bytes
    result: bytes


def read_header(text: bytes, most: int = MAX_RESULT) -> tuple[dict[str, Any], int, int]:
    """The header and the lengths of console and result (at most ``most``) that follow it; raises Garbled."""
    header = read_json(text)
    if not isinstance(header, dict) or not isinstance(header.get("end"), str):
        raise Garbled("a header without an end")
    console, result = count(header, "console"), count(header, "result")
    if console > CONSOLE_KEPT or result > most:
        raise Garbled("more than was allowed")
    return header, console, result


def read_json(text: bytes) -> Any:
    """Decode JSON that an adversary wrote: no NaN, nothing that is infinite when it is read, no number of thousands of
    digits, no deep nesting; or Garbled."""
    try:
        value = json.loads(text.decode("utf-8", "replace"), parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError, MemoryError) as error:
        raise Garbled("not JSON") from error
    _bounded(value)
    return value


def fit(run: RunResult) -> RunResult:
    """A run as it may leave the judge: text that can be stored and sent, numbers within bounds, and a value only if it
    is JSON. All runs pass here, also those of workers and engines."""
    verdict, message, value = run.verdict, run.message, run.value
    try:
        _bounded(value)
        if len(json.dumps(value, allow_nan=False)) > MAX_VALUE:
            raise Garbled("too large")
    except (Garbled, ValueError, TypeError, RecursionError):
        verdict, message, value = Verdict.RUNTIME_ERROR, "What the function returned is no value of JSON.", None
    return replace(
        run,
        verdict=verdict,
        value=value,
        message=clean(message),
        console=clean(run.console, CONSOLE_KEPT + len(CUT_OFF)),
        time_ms=_figure(run.time_ms),
        memory_kib=_figure(run.memory_kib),
        exit_reason=clean(run.exit_reason, MAX_REASON),
    )


def _bounded(value: Any) -> None:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise Garbled("nested too deeply")
        inner: list[Any] = []
        for item in level:
            if isinstance(item, list):
                inner += [part for part in item if isinstance(part, list | dict)]
            elif isinstance(item, dict):
                inner += [part for part in item.values() if isinstance(part, list | dict)]
        level = inner


def run_result(reply: Reply, cpu_limit_ms: int) -> RunResult:
    """What a reply means for the player; raises Garbled. Time and memory are the supervisor's figures, never the
    program's own."""
    said: dict[str, Any] = {}
    if reply.result and reply.end in ("exited", "answered"):
        with contextlib.suppress(Garbled):
            read = read_json(reply.result)
            said = read if isinstance(read, dict) else {}
    cpu_ms = count(reply.header, "cpu_ms")
    verdict, message, reason = _ended(reply, said, cpu_ms, cpu_limit_ms)
    return RunResult(
        verdict,
        said.get("value") if verdict is Verdict.ACCEPTED else None,
        message,
        _console(reply),
        cpu_ms,
        count(reply.header, "memory_kib"),
        reason,
    )


def _ended(reply: Reply, said: dict[str, Any], cpu_ms: int, cpu_limit_ms: int) -> tuple[Verdict, str, str]:
    """The verdict, what the player is told, and the exit reason."""
    too_slow = f"The program used more than {cpu_limit_ms} ms of CPU time."
    if reply.end == "cpu":
        return Verdict.TIME_LIMIT, too_slow, "cpu limit"
    if reply.end in ("wall", "late"):
        return Verdict.TIME_LIMIT, "The program waited too long without finishing.", "clock limit"
    if reply.end == "console":
        return Verdict.OUTPUT_LIMIT, "The program printed more than 1 MiB.", "output limit"
    if reply.end == "result":
        return Verdict.OUTPUT_LIMIT, "The returned value is larger than 1 MiB.", "output limit"
    if reply.end not in ("exited", "answered"):
        raise Garbled("an unknown end")
    number, code = count(reply.header, "signal"), count(reply.header, "code")
    if number == signal.SIGXCPU or (number == signal.SIGKILL and cpu_ms >= cpu_limit_ms):
        return Verdict.TIME_LIMIT, too_slow, "cpu limit"
    reason = f"signal {signal_name(number)}" if number else f"exit {code}" if code else "exit 0"
    if "value" in said:
        return Verdict.ACCEPTED, "", "returned"
    named, message = said.get("verdict"), said.get("message", "")
    if isinstance(named, str) and named in _SAID:
        return Verdict(named), clean(message) if isinstance(message, str) else "", reason
    tail = str(reply.header.get("tail", ""))
    if (number or code) and any(sign in tail for sign in _MEMORY_SIGNS):
        return Verdict.MEMORY_LIMIT, "The program ran out of memory.", reason
    if number == signal.SIGSEGV:
        told = "The program crashed (segmentation fault), most often by recursion without end."
        return Verdict.RUNTIME_ERROR, told, reason
    if number:
        return Verdict.RUNTIME_ERROR, f"The program was ended by the signal {signal_name(number)}.", reason
    with_code = f" with the code {code}" if code else ""
    return Verdict.RUNTIME_ERROR, f"The program exited{with_code} before its function returned.", reason


def signal_name(number: int) -> str:
    """``SIGSEGV``, or the number of a signal that has no name."""
    return signal.Signals(number).name if number in set(signal.Signals) else str(number)


def _console(reply: Reply) -> str:
    text = _FRAMES.sub("", clean(reply.console.decode("utf-8", "replace"), CONSOLE_KEPT))
    if count(reply.header, "printed") > len(reply.console):
        text += CUT_OFF
    return text


def count(header: dict[str, Any], name: str) -> int:
    """A figure of the header, 0 where there is none."""
    return _figure(header.get(name, 0))


def _figure(value: Any) -> int:
    return value if type(value) is int and 0 <= value < MAX_FIGURE else 0


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} is not finite")
    return number


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
