"""Texts that reach a page: what they must not have in them, as a phrase for their author."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any

_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""Unicode categories that are not seen or change the order of what is: controls, formats, private use, surrogates."""
_TAG = re.compile(r"</?[a-zA-Z!?]")
_UNSAFE_LINK = re.compile(r"(?:javascript|data|vbscript)\s*:", re.IGNORECASE)
_FENCE = re.compile(
    r"^(`{3,})[^`\n]*\n(?:.*?\n)??\1`*[ \t]*$|^(~{3,})[^\n]*\n(?:.*?\n)??\2~*[ \t]*$", re.MULTILINE | re.DOTALL
)
_NESTED_FENCE = re.compile(r"^[ \t>*+\-\d.)]+(?:`{3}|~{3})", re.MULTILINE)
_SPAN = re.compile(r"(?<![`\\])(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
"""Code, in which tags are harmless. All this is narrower than Markdown's own rules, so that nothing passes for code
here that is none on a page: where a fence is indented or in a list, none counts."""


def unsafe(text: str) -> str | None:
    """Why this Markdown must not reach a page, or None: tags, links that run scripts, characters that hide."""
    for character in text:
        if character not in "\n\t" and unicodedata.category(character) in _HIDDEN:
            return f"has the invisible character U+{ord(character):04X}"
    prose = _SPAN.sub("", text if _NESTED_FENCE.search(text) else _FENCE.sub("", text))
    tag = _TAG.search(prose)
    if tag:
        return f"has HTML ({prose[tag.start() : tag.start() + 20].strip()!r}); write code between backquotes"
    if _UNSAFE_LINK.search(html.unescape(prose)):
        return "has a link that runs a script"
    return None


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
