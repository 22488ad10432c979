"""What a player is told whose program lacks the function that is called, in the same words whatever the language."""

from __future__ import annotations

import re
from collections.abc import Iterable

Obstacle = tuple[str, str]
"""A pattern for what may stand in the way, in which FUNCTION is the function's name, and a sentence about it, in which
``{0}`` is what the pattern's first group has found."""

WITHIN = "It stands inside of {0}: it has to stand outside of everything else."
_DEFINED = re.compile(
    r"(?:\b(?:def|sub|fn|func|function)\s+(?:self\.)?(\w+)|\b(\w+)\s*(?:\(|=\s*(?:function|sub|fn)\b))"
)
_MAIN = re.compile(r"\b(?:main\s*\(|(?:sub|def)\s+main\b)")


def missing(function: str) -> str:
    """The sentence, which the harnesses of scripts say for themselves."""
    return f"The program defines no function {function}."


def missing_with_hint(function: str, code: str, obstacles: Iterable[Obstacle] = ()) -> str:
    """The sentence, and behind it what stands in the way, where that can be seen from the code."""
    for words in _DEFINED.finditer(code):
        name = words[1] or words[2]
        if name != function and _bare(name) == _bare(function):
            return f"{missing(function)} It has {name}, which is another name."
    for pattern, told in obstacles:
        found = re.search(pattern.replace("FUNCTION", rf"\b{re.escape(function)}\b"), code, re.MULTILINE)
        if found:
            return f"{missing(function)} {told.format(*found.groups())}"
    if _MAIN.search(code):
        return f"{missing(function)} Its main is not called: {function} is, and what it returns is the answer."
    return missing(function)


def hinted(message: str, *, function: str, code: str, obstacles: Iterable[Obstacle] = ()) -> str:
    """What a script's harness says, and the hint where that is that the function is missing."""
    return missing_with_hint(function, code, obstacles) if message == missing(function) else message


def unlike(function: str, declared: str) -> str:
    """What a player is told whose function takes or returns something else than the problem says."""
    return f"The function {function} cannot be called as the problem declares it: {declared}"


def _bare(name: str) -> str:
    return name.replace("_", "").lower()
