"""Many calls of an author's program in one process: what thousands of calls need to take seconds, not minutes.

The calls are not isolated from each other, so this is for finding out, never for judging: a program that wants to can
fool it, and gains nothing, as the tests that come of it are run one by one by the judge.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from application.judge.grader import Grader
from application.judge.signature import parse_signature
from application.judge.verdicts import Limits, Verdict

MAX_CALLS = 250
MAX_BYTES = 150_000
"""How much goes into one process: calls, and characters of their arguments as JSON."""

_SIGNATURE = parse_signature("codemaze_batch", [("calls", "list<int>")], "list<string>")
"""Of a Python program only the names count."""
_PROGRAM = """

def codemaze_batch(calls):
    import copy, json, math, sys

    if sys.getrecursionlimit() == 110_000:  # the judge's own: nobody has said how deep it is to be
        sys.setrecursionlimit(5_000)  # what calls itself without an end is found out hundreds of times here

    class NoAnswer(Exception):
        pass

    def plain(value, depth=0):
        if depth > 60:
            raise NoAnswer("nests too deeply")
        if isinstance(value, str):
            try:
                value.encode()
            except UnicodeEncodeError:
                raise NoAnswer("has a character that cannot be stored") from None
            if chr(0) in value:
                raise NoAnswer("has a character that cannot be stored")
            return value
        if value is None or isinstance(value, (bool, int)):
            return value
        if isinstance(value, float):
            if not math.isfinite(value):
                raise NoAnswer(f"is {{value}}, not a finite number")
            return value
        if isinstance(value, list):
            return [plain(item, depth + 1) for item in value]
        if isinstance(value, dict):
            for name in value:
                if not isinstance(name, str):
                    raise NoAnswer(f"has a key of the type {{type(name).__name__}}, not a string")
            return {{plain(name): plain(item, depth + 1) for name, item in value.items()}}
        raise NoAnswer(f"is of the type {{type(value).__name__}}, which no answer has")

    answers = []
    for number, call in enumerate(calls):
        print("\\ncodemaze call", number, flush=True)
        given = copy.deepcopy(call)
        try:
            text = json.dumps(plain({function}(*given)))
            answers.append(("v" if given == call else "c") + text)
        except NoAnswer as error:
            answers.append("evalue " + str(error))
        except BaseException as error:
            answers.append("eruntime_error " + type(error).__name__ + ": " + str(error)[:200])
    return answers
"""
_REACHED = re.compile(r"^codemaze call (\d+)$", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """What one call came to: a JSON value, or why there is none, and whether the program changed its arguments. Of a
    call after one that did not end, nothing is known."""

    value: Any = None
    flaw: str = ""
    known: bool = True
    changed: bool = False


def answers(grader: Grader, code: str, function: str, calls: Sequence[list[Any]], time_ms: int) -> list[Answer]:
    """One answer a call. ``time_ms`` is CPU time for each process, that is for some ``MAX_CALLS`` calls together.
    Raises RunnerFailed."""
    found: list[Answer] = []
    program = code + _PROGRAM.format(function=function)
    for chunk in _chunks(calls):
        found += _chunk(grader, program, chunk, Limits(time_ms, 512))
        if found[-1].known is False:
            return found + [Answer(known=False)] * (len(calls) - len(found))
    return found


def _chunk(grader: Grader, program: str, calls: list[list[Any]], limits: Limits) -> list[Answer]:
    (run,) = grader.call("python", program, _SIGNATURE, [[calls]], limits)
    if run.verdict is Verdict.ACCEPTED and isinstance(run.value, list) and len(run.value) == len(calls):
        return [_answer(text) for text in run.value]
    reached = min(max([int(number) for number in _REACHED.findall(run.console)], default=0), len(calls) - 1)
    flaw = run.verdict.value if run.verdict is not Verdict.ACCEPTED else "runtime_error"
    if run.verdict is not Verdict.TIME_LIMIT:
        flaw += f" {run.message}".rstrip()
    unknown = [Answer(known=False)]
    return unknown * reached + [Answer(flaw=flaw)] + unknown * (len(calls) - reached - 1)


def _answer(text: object) -> Answer:
    if isinstance(text, str) and text.startswith(("v", "c")):
        return Answer(json.loads(text[1:]), changed=text[0] == "c")
    return Answer(flaw=str(text)[1:])


def _chunks(calls: Sequence[list[Any]]) -> Iterator[list[list[Any]]]:
    chunk: list[list[Any]] = []
    size = 0
    for call in calls:
        length = len(json.dumps(call))
        if chunk and (len(chunk) == MAX_CALLS or size + length > MAX_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(call)
        size += length
    if chunk:
        yield chunk
