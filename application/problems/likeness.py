"""Whether a problem says what another says already. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

LIKE = 0.5
"""Statements that share this part of their phrases are one statement, reworded."""

_WORD = re.compile(r"[^\W_]+")
_PHRASE = 3


def twin(title: str, description: str, others: Iterable[tuple[str, str]]) -> str | None:
    """Which of the others, each a title and a statement, this one repeats, as a phrase; None when it is new.

    A title is the same when its letters and digits are. Statements are compared by the Jaccard index of their phrases
    of three words (Broder's resemblance of documents).
    """
    own_title, own = _words(title), _phrases(description)
    for other_title, other in others:
        if _words(other_title) == own_title:
            return f"has the title of {other_title!r}"
        phrases = _phrases(other)
        if own and len(own & phrases) >= LIKE * len(own | phrases):
            return f"says what {other_title!r} says"
    return None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _phrases(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[at : at + _PHRASE]) for at in range(len(words) - _PHRASE + 1)}
