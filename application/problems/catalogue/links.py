"""Where a link may lead: to the web, to a mail program, or to another place of the same pages. Nowhere else."""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

SCHEMES = frozenset({"http", "https", "mailto"})

_READINGS = 10
"""How often one encoding may lie within another. Nobody who means well writes more than two."""

_IGNORED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})
"""Unicode categories of characters that browsers or renderers leave out, or that nobody sees."""

_SCHEME = re.compile(r"[^/?#:]*(?=:)")
_STRANGE_SCHEME = re.compile(r"xmpp:(?=\S)|(?<![\w+.-])(?!https?://)[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def leads_astray(target: str) -> bool:
    """Whether a link's target may lead elsewhere, however often it is decoded on its way.

    Each reading of it must be allowed: as it is written, and after each round of decoding entities, percent signs,
    compatible characters, and leaving out what is not seen. A host without a scheme is not allowed, either.
    """
    for _ in range(_READINGS):
        if not _allowed(target):
            return True
        decoded = _decoded(target)
        if decoded == target:
            return False
        target = decoded
    return True


def strange_address(text: str) -> str | None:
    """The beginning of an address in a text that a page may make a link of by itself, where that would not be
    allowed."""
    found = _STRANGE_SCHEME.search(text)
    return found[0] if found else None


def _allowed(target: str) -> bool:
    if target.replace("\\", "/").startswith("//"):
        return False
    scheme = _SCHEME.match(target)
    return scheme is None or scheme[0].lower() in SCHEMES


def _decoded(target: str) -> str:
    seen = "".join(letter for letter in target if unicodedata.category(letter) not in _IGNORED)
    return unicodedata.normalize("NFKC", unquote(html.unescape(seen)))
