"""Whether a problem is one that is known already: the same title, or nearly the same statement. Pure.

A statement is compared as a set of shingles, its runs of ``SHINGLE`` words in order. Words are taken without case,
accents, markup and letters that only look Latin, so that none of these makes a copy look new.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import defaultdict
from collections.abc import Hashable

SHINGLE = 3
"""Words in a shingle. With longer ones a statement that is retold in a few places shares too little with itself."""

ALIKE = 0.2
"""The share of common shingles among all of two statements (Jaccard) from which they are near-duplicates. No two of the
bank's 100 statements, all of different problems, have more than 0.064. A statement in which every tenth word is another
one keeps 0.37 and more, one in which every fifth is keeps 0.35 as a rule."""

CONTAINED = 0.4
"""The share of the shorter statement's shingles that the longer one has, from which the one is the other with something
added. In the bank it is 0.13 at most; with every tenth word changed it is 0.54 and more."""

MIN_CONTAINED = 12
"""A statement of fewer shingles is too short for ``CONTAINED`` to say anything."""

_ARTICLES = {"a", "an", "the"}
_WORD = re.compile(r"[^\W_]+")
_LOOKALIKE = str.maketrans(
    "авекмнорстухіјѕԁԛԝαβεηικμνορτυχ",
    "abekmhopctyxijsdqwabenikmvoptux",
)
"""Cyrillic and Greek small letters that are read as Latin ones."""


class KnownProblems:
    """Titles and statements to compare with, each under a key. One takes some 2 KiB, and a comparison with thousands
    some hundredths of a second."""

    def __init__(self) -> None:
        self._titles: dict[Hashable, str] = {}
        self._plain: dict[str, list[Hashable]] = defaultdict(list)
        self._statements: dict[Hashable, array[int]] = {}

    def add(self, key: Hashable, title: str, statement: str) -> None:
        """One more known problem; does nothing for a key that is there."""
        if key not in self._titles:
            self._titles[key] = title
            self._plain[plain_title(title)].append(key)
            self._statements[key] = array("q", _shingles(statement))

    def like(self, title: str, statement: str, but: frozenset[Hashable] = frozenset()) -> str | None:
        """Which known problem this one repeats, as a reason for its author, or None. Those of ``but`` do not count."""
        for key in self._plain.get(plain_title(title), ()):
            if key not in but:
                return f"the title is that of {self._titles[key]!r}"
        own = _shingles(statement)
        for key, shingles in self._statements.items():
            common = sum(map(own.__contains__, shingles))
            least = min(len(own), len(shingles))
            alike = common >= ALIKE * (len(own) + len(shingles) - common)
            if key not in but and (alike or (common >= CONTAINED * least and least >= MIN_CONTAINED)):
                share = f"{common / least:.0%} of its phrases are there"
                return f"the statement is nearly that of {self._titles[key]!r}: {share}"
        return None


def plain_title(title: str) -> str:
    """What is left of a title where only its words count: no case, articles, accents, signs, plurals."""
    words = [word for word in _words(title) if word not in _ARTICLES] or _words(title)
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)


def _words(text: str) -> list[str]:
    flat = unicodedata.normalize("NFKD", text).casefold().translate(_LOOKALIKE)
    return _WORD.findall("".join(character for character in flat if not unicodedata.combining(character)))


def _shingles(statement: str) -> set[int]:
    words = _words(statement)
    runs = zip(*(words[start:] for start in range(SHINGLE)), strict=False)
    return {hash(run) for run in runs} or {hash(tuple(words))}
