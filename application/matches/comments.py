"""Comments taken out of code, so that a reader of it reads what the program does.

Each language has a pattern of what is skipped over because it is text to the program (strings, regular expressions)
and one of what is a comment. It is not a parser: where it is wrong, a comment stays or a few characters go, and what
reads the code must bear that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOUBLE = r'"(?:\\.|[^"\\\n])*"'
_SINGLE = r"'(?:\\.|[^'\\\n])*'"
_LONG_DOUBLE = r'"(?:\\.|[^"\\])*"'
_LONG_SINGLE = r"'(?:\\.|[^'\\])*'"
_BACKQUOTED = r"`(?:\\.|[^`\\])*`"
_TEXT_BLOCK = r'"""(?:\\.|.)*?"""'
_REGEX = (
    r"(?:(?<=[=(,:;!&|?{}\[+*%~^<>\n-])|(?<=\breturn))[ \t]*"
    r"/(?![*/])(?:\\[^\n]|\[(?:\\[^\n]|[^\]\\\n]){0,99}+\]|[^/\\\n\[]){1,300}+/"
)
"""A regular expression between slashes: it stands where a division cannot. Its length is bounded, and so is the time
that is spent on finding out that it is none."""
_HEREDOC = r"<<[~-]?(?P<quote>[\"'`]?)(?P<mark>[A-Z_]\w*)(?P=quote)[^\n]{0,200}\n.*?(?:^[ \t]*(?P=mark)\b|\Z)"
_PAIRED = r"(?:\{[^}]*(?:\}|\Z)|\([^)]*(?:\)|\Z)|\[[^\]]*(?:\]|\Z)|<[^>]*(?:>|\Z))"
_QUOTE_LIKE = (
    rf"(?<![\w$@%&>{{])(?:(?:q[qwrx]?|m)\s*(?:{_PAIRED}|(?P<a>[/!|,~#^])(?:\\.|(?!(?P=a)).)*(?P=a))"
    r"|(?:s|tr|y)(?P<b>[/!|,~#^])(?:\\.|(?!(?P=b)).)*(?P=b)(?:\\.|(?!(?P=b)).)*(?P=b))"
)
_PERCENT = rf"%[qQwWiIrx]?(?:{_PAIRED}|\|[^|\n]*\|)"

_SLASHES = r"//(?:\\\n|[^\n])*"
_BLOCK = r"/\*.*?(?:\*/|\Z)"
_HASH = r"#[^\n]*"


@dataclass(frozen=True)
class _Syntax:
    """Patterns of comments and of texts; in some languages block comments nest."""

    comments: tuple[str, ...]
    texts: tuple[str, ...]
    nested: bool = False

    def pattern(self) -> re.Pattern[str]:
        """Matches one text or one comment, whichever comes first; the group ``comment`` tells them apart."""
        texts, comments = "|".join(self.texts), "|".join(self.comments)
        return re.compile(f"(?P<comment>{comments})|{texts}", re.DOTALL | re.MULTILINE)


_JAVASCRIPT = _Syntax((_SLASHES, _BLOCK), (_DOUBLE, _SINGLE, _BACKQUOTED, _REGEX))
_SYNTAXES = {
    "c": _Syntax((_SLASHES, _BLOCK), (_DOUBLE, _SINGLE)),
    "cpp": _Syntax(
        (_SLASHES, _BLOCK),
        (r'R"(?P<mark>[^()\\\s]{0,16})\(.*?(?:\)(?P=mark)"|\Z)', r"(?<=\d)'(?=\w)", _DOUBLE, _SINGLE),
    ),
    "csharp": _Syntax(
        (_SLASHES, _BLOCK),
        (r'\$*(?P<mark>"{3,}+).*?(?:(?P=mark)|\Z)', r'(?:@\$?|\$@)"(?:""|[^"])*"', _DOUBLE, _SINGLE),
    ),
    "go": _Syntax((_SLASHES, _BLOCK), (_DOUBLE, _SINGLE, "`[^`]*`")),
    "java": _Syntax((_SLASHES, _BLOCK), (_TEXT_BLOCK, _DOUBLE, _SINGLE)),
    "javascript": _JAVASCRIPT,
    "kotlin": _Syntax((_SLASHES, r"/\*"), (r'""".*?"""', _DOUBLE, _SINGLE), nested=True),
    "lua": _Syntax(
        (r"--\[(?P<level>=*)\[.*?(?:\](?P=level)\]|\Z)", r"--[^\n]*"),
        (r"\[(?P<mark>=*)\[.*?(?:\](?P=mark)\]|\Z)", _DOUBLE, _SINGLE),
    ),
    "perl": _Syntax(
        (r"^=[a-zA-Z].*?(?:^=cut[^\n]*|\Z)", r"^__(?:END|DATA)__$.*", r"(?<![$&])#[^\n]*"),
        (_HEREDOC, _QUOTE_LIKE, _LONG_DOUBLE, _LONG_SINGLE, _REGEX),
    ),
    "php": _Syntax(
        (_SLASHES, _BLOCK, r"#(?!\[)[^\n]*"),
        (
            r"<<<[ \t]*(?P<quote>[\"']?)(?P<mark>\w+)(?P=quote)\n.*?(?:^[ \t]*(?P=mark)\b|\Z)",
            _LONG_DOUBLE,
            _LONG_SINGLE,
        ),
    ),
    "python": _Syntax((_HASH,), (_TEXT_BLOCK, r"'''(?:\\.|.)*?'''", _DOUBLE, _SINGLE)),
    "ruby": _Syntax(
        (r"^=begin\b.*?(?:^=end[^\n]*|\Z)", r"^__END__$.*", r"(?<!\?)#[^\n]*"),
        (_HEREDOC, _PERCENT, _LONG_DOUBLE, _LONG_SINGLE, _BACKQUOTED, _REGEX),
    ),
    "rust": _Syntax(
        (r"//[^\n]*", r"/\*"),
        (r'\bb?c?r(?P<mark>#*)".*?(?:"(?P=mark)|\Z)', _LONG_DOUBLE, r"'(?:\\[^\n][^'\n]*|[^'\\\n])'"),
        nested=True,
    ),
    "typescript": _JAVASCRIPT,
}
_PATTERNS = {language: syntax.pattern() for language, syntax in _SYNTAXES.items()}
_EDGE = re.compile(r"/\*|\*/")


def without_comments(code: str, language: str) -> str:
    """The code with its comments taken out and the lines that they leave empty; raises KeyError for a language that
    is not known here."""
    syntax, pattern = _SYNTAXES[language], _PATTERNS[language]
    kept, at = [], 0
    while found := pattern.search(code, at):
        kept.append(code[at : found.start()])
        at = found.end()
        comment = found["comment"]
        if comment is None:
            kept.append(found[0])
        elif syntax.nested and comment == "/*":
            at = _end_of_nested(code, at)
            kept.append(" ")
        else:
            kept.append(" ")
    kept.append(code[at:])
    lines = (line.rstrip() for line in "".join(kept).split("\n"))
    return "\n".join(line for line in lines if line)


def _end_of_nested(code: str, at: int) -> int:
    """Where the block comment ends whose inside begins at ``at``."""
    depth = 1
    while depth and (edge := _EDGE.search(code, at)):
        depth += 1 if edge[0] == "/*" else -1
        at = edge.end()
    return at if not depth else len(code)
