"""Reading what comes out of a sandbox. All of it may have been written by a player: nothing here trusts it."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from typing import Any, NoReturn

from application.judge.verdicts import RunResult, Verdict

CONSOLE_KEPT = 64 * 1024
RESULT_MOST = 1024 * 1024 + 4
HEADER_MOST = 64 * 1024
MAX_DEPTH = 64
MAX_MESSAGE = 4000

_MEMORY_SIGNS = (
    "heap out of memory",
    "process out of memory",
    "memory allocation of",
    "allocation failed - ",
    "bad_alloc",
)
_SAID = frozenset(
    {Verdict.WRONG_ANSWER, Verdict.MEMORY_LIMIT, Verdict.OUTPUT_LIMIT, Verdict.RUNTIME_ERROR, Verdict.COMPILE_ERROR}
)
"""The verdicts that the program inside may name itself."""


class Garbled(Exception):
    """What came out of the sandbox is not of the protocol, as when a program has broken its supervisor."""


@dataclass(frozen=True)
class Reply:
    """One answer of the supervisor: why the test ended, and what the program wrote."""

    end: str
    header: dict[str, Any]
    console: bytes
    result: bytes


def read_header(text: bytes) -> tuple[dict[str, Any], int, int]:
    """The header and the lengths of console and result that follow it; raises Garbled."""
    header = read_json(text)
    if not isinstance(header, dict) or not isinstance(header.get("end"), str):
        raise Garbled("a header without an end")
    console, result = _count(header, "console"), _count(header, "result")
    if console > CONSOLE_KEPT or result > RESULT_MOST:
        raise Garbled("more than was allowed")
    return header, console, result


def read_json(text: bytes) -> Any:
    """Decode JSON that an adversary wrote: no NaN, no number of thousands of digits, no deep nesting; or Garbled."""
    try:
        value = json.loads(text.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError, MemoryError) as error:
        raise Garbled("not JSON") from error
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
    return value


def clean(text: str, most: int = MAX_MESSAGE) -> str:
    """Text that UTF-8 and PostgreSQL can hold: no lone surrogates, no NUL; cut to ``most`` characters."""
    text = text[:most].replace("\0", "\N{REPLACEMENT CHARACTER}")
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text


def run_result(reply: Reply, cpu_limit_ms: int) -> RunResult:
    """What a reply means for the player."""
    cpu_ms, memory_kib = _count(reply.header, "cpu_ms"), _count(reply.header, "memory_kib")
    said: dict[str, Any] = {}
    if reply.result and reply.end in ("exited", "answered"):
        try:
            read = read_json(reply.result)
            said = read if isinstance(read, dict) else {}
        except Garbled:
            said = {}
    memory_kib = memory_kib or _count(said, "memory_kib")
    console = _console(reply)

    def ended(verdict: Verdict, message: str) -> RunResult:
        return RunResult(verdict, message=message, console=console, time_ms=cpu_ms, memory_kib=memory_kib)

    if reply.end == "cpu":
        return ended(Verdict.TIME_LIMIT, f"The program used more than {cpu_limit_ms} ms of CPU time.")
    if reply.end == "wall":
        return ended(Verdict.TIME_LIMIT, "The program waited too long without finishing.")
    if reply.end == "console":
        return ended(Verdict.OUTPUT_LIMIT, "The program printed more than 1 MiB.")
    if reply.end == "result":
        return ended(Verdict.OUTPUT_LIMIT, "The returned value is larger than 1 MiB.")
    if reply.end not in ("exited", "answered"):
        raise Garbled("an unknown end")
    if "value" in said:
        return RunResult(Verdict.ACCEPTED, said["value"], "", console, cpu_ms, memory_kib)
    if said.get("verdict") in _SAID:
        return ended(Verdict(said["verdict"]), clean(str(said.get("message", ""))))
    return ended(*_died(reply, cpu_ms, cpu_limit_ms))


def _died(reply: Reply, cpu_ms: int, cpu_limit_ms: int) -> tuple[Verdict, str]:
    number = _count(reply.header, "signal")
    tail = str(reply.header.get("tail", ""))
    if number and any(sign in tail for sign in _MEMORY_SIGNS):
        return Verdict.MEMORY_LIMIT, "The program ran out of memory."
    if number == signal.SIGXCPU or (number == signal.SIGKILL and cpu_ms >= cpu_limit_ms):
        return Verdict.TIME_LIMIT, f"The program used more than {cpu_limit_ms} ms of CPU time."
    if number == signal.SIGSEGV:
        return Verdict.RUNTIME_ERROR, "The program crashed (segmentation fault), most often by recursion without end."
    if number:
        name = signal.Signals(number).name if number in set(signal.Signals) else str(number)
        return Verdict.RUNTIME_ERROR, f"The program was ended by the signal {name}."
    return Verdict.RUNTIME_ERROR, "The program exited before its function returned."


def _console(reply: Reply) -> str:
    text = clean(reply.console.decode("utf-8", "replace"), CONSOLE_KEPT)
    if _count(reply.header, "printed") > len(reply.console):
        text += "\n[the rest is cut off]"
    return text


def _count(header: dict[str, Any], name: str) -> int:
    value = header.get(name, 0)
    return value if type(value) is int and 0 <= value < 2**40 else 0


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
