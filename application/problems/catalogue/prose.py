"""Texts that reach a page: what they must not have in them, as a phrase for their author."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from application.problems.catalogue.links import leads_astray, strange_address

_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""Unicode categories that are not seen or change the order of what is: controls, formats, private use, surrogates."""
_TAG = re.compile(r"</?[a-zA-Z!?]")
_FENCE = re.compile(
    r"^(`{3,})[^`\n]*\n(?:.*?\n)??\1`*[ \t]*$|^(~{3,})[^\n]*\n(?:.*?\n)??\2~*[ \t]*$", re.MULTILINE | re.DOTALL
)
_NESTED_FENCE = re.compile(r"^[ \t>*+\-\d.)]+(?:`{3}|~{3})", re.MULTILINE)
_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
"""Code, in which tags are harmless. All this is narrower than Markdown's own rules, so that nothing passes for code
here that is none on a page: where a fence is indented or in a list, none counts."""
_TABLE = re.compile(r"^[ \t>:|-]*\|[ \t>:|-]*$", re.MULTILINE)
_SPAN_IN_CELL = re.compile(r"(?<![`\\])(`+)(?!`)[^\n|]*?(?<!`)\1(?!`)")
"""The end of a cell in a table is the end of code; renderers differ in what is a table."""

_MAX_DEPTH = 60
"""How deeply quotes, lists and brackets may lie in each other. What lies deeper than the parser goes is not seen."""

_PARSERS = tuple(
    MarkdownIt("commonmark", {"maxNesting": 2 * _MAX_DEPTH}).enable(rules).disable("text_join")
    for rules in ([], ["table", "strikethrough"])
)
"""As the standard has it, and with what most renderers add, which can end code where the standard does not."""

for _parser in _PARSERS:
    # Links are to be seen as they are, those that lead astray, too.
    _parser.validateLink = lambda url: url is not None  # type: ignore[method-assign]
    _parser.normalizeLink = lambda url: url  # type: ignore[method-assign]

_NO_CODE = tuple(str.maketrans("", "", signs) for signs in ("`~", "`~\\"))
_TARGET = re.compile(r"""\]\s*\(\s*<?([^\s>]*?)>?(?:\s+(?:"[^"]*"|'[^']*'|\([^)]*\)))?\s*\)""")
"""What looks like a link's target. Renderers differ in what else takes the brackets before it, such as a reference."""
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)


def unsafe(text: str) -> str | None:
    """Why this Markdown must not reach a page, or None: tags, links that lead astray, characters that hide."""
    for character in text:
        if character not in "\n\t" and unicodedata.category(character) in _HIDDEN:
            return f"has the invisible character U+{ord(character):04X}"
    if _depth(text) > _MAX_DEPTH:
        return _TOO_DEEP
    # Renderers differ in what is code or escaped to them. So links are looked for in what is left without that, too.
    bare = [_INDENTATION.sub("", text.translate(signs)) for signs in _NO_CODE]
    try:
        flaw = next((flaw for parser in _PARSERS for token in _tokens(parser, text) if (flaw := _flaw(token))), None)
        flaw = flaw or next(
            (flaw for reading in bare for token in _tokens(_PARSERS[0], reading) if (flaw := _led_astray(token))), None
        )
    except RecursionError:
        return _TOO_DEEP
    targets = (target for reading in (text, *bare) for target in _TARGET.findall(reading))
    flaw = flaw or next((_astray(target) for target in targets if leads_astray(target)), None)
    if flaw:
        return flaw
    span = _SPAN_IN_CELL if _TABLE.search(text) else _SPAN
    prose = span.sub("", text if _NESTED_FENCE.search(text) else _FENCE.sub("", text))
    tag = _TAG.search(prose)
    return _html(prose[tag.start() :]) if tag else None


_TOO_DEEP = "has brackets, quotes or lists that lie too deeply in each other"


def _tokens(parser: MarkdownIt, text: str) -> Iterator[Token]:
    """All tokens, each after those that it is made of."""
    environment: dict[str, Any] = {}
    left = parser.parse(text, environment)[::-1]
    for name, reference in environment.get("references", {}).items():
        yield Token("link_open", "a", 1, attrs={"href": reference["href"]}, meta={"label": name})
    while left:
        token = left.pop()
        left += reversed(token.children or [])
        yield token


def _flaw(token: Token) -> str | None:
    if token.level >= _MAX_DEPTH:
        return _TOO_DEEP
    if token.type in ("html_inline", "html_block"):
        return _html(token.content.strip())
    if token.type == "link_open" and token.markup == "autolink" and not _led_astray(token):
        return "has a link between < and >; write [words](address)"
    if token.type == "text" and (strange := strange_address(token.content)):
        return f"has an address that begins with {strange!r}; http, https and mailto are allowed"
    return _led_astray(token)


def _led_astray(token: Token) -> str | None:
    target = token.attrGet("href" if token.type == "link_open" else "src")
    if token.type not in ("link_open", "image") or not isinstance(target, str) or not leads_astray(target):
        return None
    return _astray(target)


def _astray(target: str) -> str:
    return f"has a link to {target[:40]!r}; http, https and mailto are allowed, and places without a scheme"


def _html(tag: str) -> str:
    return f"has HTML ({tag[:20].strip()!r}); write code between backquotes"


def _depth(text: str) -> int:
    """How many brackets are open at once at most. None is open across a blank line."""
    deepest = open_now = 0
    for paragraph in re.split(r"\n[ \t]*\n", text):
        open_now = 0
        for bracket in re.findall(r"[\[\]]", paragraph):
            open_now = max(0, open_now + (1 if bracket == "[" else -1))
            deepest = max(deepest, open_now)
    return deepest


def unsafe_title(title: str) -> str | None:
    """Why this must not be a title, or None: as for other texts, and a title is one line in letters that do not pass
    for each other."""
    if "\n" in title or "\t" in title:
        return "has a line break or a tab"
    flaw = unsafe(title)
    if flaw:
        return flaw
    for word in title.split():
        scripts = {unicodedata.name(letter, "?").partition(" ")[0] for letter in word if letter.isalpha()}
        if len(scripts & {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "FULLWIDTH"}) > 1:
            return f"mixes letters that look alike, in {word!r}"
    return None


def unkept(value: Any) -> str | None:
    """Why this JSON value cannot be kept, or None: PostgreSQL takes neither the character 0 nor half a character."""
    if isinstance(value, str):
        if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in value):
            return "has a character that cannot be stored"
        return None
    if isinstance(value, dict):
        return next((flaw for item in (*value, *value.values()) if (flaw := unkept(item))), None)
    if isinstance(value, list):
        return next((flaw for item in value if (flaw := unkept(item))), None)
    return None
