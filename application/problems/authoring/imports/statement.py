"""A docstring as a statement: Markdown that shows what the author's plain text showed, and nothing more."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence

_TOLD_BY_SIGN = re.compile(r"==|->|=>|➞|>>>|^\s*(?:Input|Output)\b", re.IGNORECASE)
_SPECIAL = re.compile(r"([\\*_\[\]])")
_LINE_START = re.compile(r"^(\s*)(#|>|\+\s)")
_FENCE = re.compile(r"`{3,}|~{3,}")
_HEADING = re.compile(r"\W*(?:for )?examples?\W*", re.IGNORECASE)


def lines_of(docstring: str) -> list[str]:
    """The lines, without the indentation that the source needed."""
    return inspect.cleandoc(docstring).splitlines()


def markdown(lines: Sequence[str], function: str) -> str:
    """Paragraphs as they are, with signs that Markdown would take for its own escaped; what is laid out in columns or
    shows calls of the function goes between fences."""
    blocks = list(_blocks(lines))
    while blocks and len(blocks[-1]) == 1 and _HEADING.fullmatch(blocks[-1][0]):
        blocks.pop()
    return "\n\n".join(_block(block, function) for block in blocks)


def fenced(text: str, language: str = "") -> str:
    """The text as a block of code that cannot end before its end."""
    return f"```{language}\n{_FENCE.sub(_quotes, text)}\n```"


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            block.append(line.rstrip().expandtabs(4))
        elif block:
            yield block
            block = []


def _block(block: list[str], function: str) -> str:
    """The lines up to the first that shows something as prose, the others as code."""
    first = next((index for index, line in enumerate(block) if _shows(line, function)), len(block))
    parts = ["\n".join(_prose(line) for line in block[:first]), fenced("\n".join(block[first:]))]
    return "\n\n".join(parts[first == 0 : 1 + (first < len(block))])


def _shows(line: str, function: str) -> bool:
    return line.startswith((" ", f"{function}(")) or _TOLD_BY_SIGN.search(line) is not None


def _prose(line: str) -> str:
    parts = re.split(r"(`[^`]*`)", _FENCE.sub(_quotes, line))
    escaped = "".join(part if part.startswith("`") else _SPECIAL.sub(r"\\\1", part) for part in parts)
    return _LINE_START.sub(r"\1\\\2", escaped)


def _quotes(found: re.Match[str]) -> str:
    return "'" * len(found[0])
