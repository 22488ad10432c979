"""The calls that a docstring tells with their answers, as doctest or in the author's own way."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from application.problems.authoring.imports.inference import Call
from application.problems.authoring.imports.literals import NotLiteral, value_of

_BECOMES = re.compile(
    r"\s*(?:#\s*)?(?:==>|=>|==|=|-+>|➞|→|should\s+(?:be|return|equal)|returns?|returned|is)\s*(.+)$", re.DOTALL
)
_MAX_TRIED = 30
"""How many closing brackets are tried as the end of a call."""


@dataclass
class Told:
    """The calls, and the lines of the statement that are left without those that doctest calls take."""

    calls: list[Call] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)


def told(lines: Sequence[str], function: str, params: int) -> Told:
    """Read the lines of a docstring."""
    found = Told()
    waiting = list(lines)
    while waiting:
        line = waiting.pop(0)
        call = _call(line.strip().removeprefix(">>>").strip(), function) if f"{function}(" in line else None
        if call is None or len(call[0]) != params:
            found.rest.append(line)
            continue
        args, after = call
        is_doctest = line.strip().startswith(">>>")
        if is_doctest and not after.strip() and waiting:
            answer = waiting[0].strip()
            known, value = _value(answer) if answer else (True, None)
            if known:
                waiting.pop(0)
                found.calls.append(Call(args, value, explanation="Told by the statement."))
                continue
        becomes = _BECOMES.match(after)
        known, value = _value(becomes[1]) if becomes else (False, None)
        if known:
            found.calls.append(Call(args, value, explanation="Told by the statement."))
        found.rest.append(line)
    return found


def _call(text: str, function: str) -> tuple[list[Any], str] | None:
    """The arguments of the call that is in the text, and what comes after it."""
    start = text.index(f"{function}(") if f"{function}(" in text else -1
    if start < 0 or (start and (text[start - 1].isalnum() or text[start - 1] == "_")):
        return None
    for end in _ends(text, start):
        node = _expression(text[start:end])
        if isinstance(node, ast.Call):
            try:
                return [value_of(arg) for arg in node.args], text[end:]
            except NotLiteral:
                return None
    return None


def _ends(text: str, start: int) -> Iterator[int]:
    closing = [index + 1 for index, sign in enumerate(text) if sign == ")" and index > start]
    yield from closing[:_MAX_TRIED]


def _value(text: str) -> tuple[bool, Any]:
    """Whether the text is a value, and which; a full stop or a remark after it does not count."""
    for tried in (text, text.strip().rstrip("."), text.split("#")[0]):
        node = _expression(tried.strip())
        if node is not None:
            try:
                return True, value_of(node)
            except NotLiteral:
                continue
    return False, None


def _expression(text: str) -> ast.expr | None:
    try:
        return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
