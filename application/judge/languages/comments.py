"""Comments taken out of code, so that a reader of it reads what the program does.

Each language's file says by patterns what is skipped over because it is text to the program (strings, regular
expressions) and what is a comment; those that several share are here. It is not a parser: where it is wrong, a comment
stays or a few characters go, and what reads the code must bear that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

DOUBLE = r'"(?:\\.|[^"\\\n])*"'
SINGLE = r"'(?:\\.|[^'\\\n])*'"
LONG_DOUBLE = r'"(?:\\.|[^"\\])*"'
LONG_SINGLE = r"'(?:\\.|[^'\\])*'"
BACKQUOTED = r"`(?:\\.|[^`\\])*`"
TEXT_BLOCK = r'"""(?:\\.|.)*?"""'
REGEX = (
    r"(?:(?<=[=(,:;!&|?{}\[+*%~^<>\n-])|(?<=\breturn))[ \t]*"
    r"/(?![*/])(?:\\[^\n]|\[(?:\\[^\n]|[^\]\\\n]){0,99}+\]|[^/\\\n\[]){1,300}+/"
)
"""A regular expression between slashes: it stands where a division cannot. Its length is bounded, and so is the time
that is spent on finding out that it is none."""
HEREDOC = r"<<[~-]?(?P<quote>[\"'`]?)(?P<mark>[A-Z_]\w*)(?P=quote)[^\n]{0,200}\n.*?(?:^[ \t]*(?P=mark)\b|\Z)"
PAIRED = r"(?:\{[^}]*(?:\}|\Z)|\([^)]*(?:\)|\Z)|\[[^\]]*(?:\]|\Z)|<[^>]*(?:>|\Z))"

SLASHES = r"//(?:\\\n|[^\n])*"
BLOCK = r"/\*.*?(?:\*/|\Z)"

_EDGE = re.compile(r"/\*|\*/")


@dataclass(frozen=True)
class CommentSyntax:
    """Patterns of comments and of texts; in some languages block comments nest."""

    comments: tuple[str, ...]
    texts: tuple[str, ...]
    nested: bool = False

    def strip(self, code: str) -> str:
        """The code with its comments taken out, and the lines that they leave empty."""
        kept, at = [], 0
        while found := self._pattern.search(code, at):
            kept.append(code[at : found.start()])
            at = found.end()
            comment = found["comment"]
            if comment is None:
                kept.append(found[0])
            elif self.nested and comment == "/*":
                at = _end_of_nested(code, at)
                kept.append(" ")
            else:
                kept.append(" ")
        kept.append(code[at:])
        lines = (line.rstrip() for line in "".join(kept).split("\n"))
        return "\n".join(line for line in lines if line)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Matches one text or one comment, whichever comes first; the group ``comment`` tells them apart."""
        texts, comments = "|".join(self.texts), "|".join(self.comments)
        return re.compile(f"(?P<comment>{comments})|{texts}", re.DOTALL | re.MULTILINE)


def _end_of_nested(code: str, at: int) -> int:
    """Where the block comment ends whose inside begins at ``at``."""
    depth = 1
    while depth and (edge := _EDGE.search(code, at)):
        depth += 1 if edge[0] == "/*" else -1
        at = edge.end()
    return at if not depth else len(code)
