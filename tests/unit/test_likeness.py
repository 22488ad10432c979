"""Titles and statements that repeat a known problem, and the bank, in which none does."""

from __future__ import annotations

import random

import pytest

from application.problems.catalogue.document import ProblemDocument, load_bank
from application.problems.generating.likeness import KnownProblems, plain_title

BANK = list(load_bank())


@pytest.fixture(scope="module")
def bank() -> KnownProblems:
    """The bank, each problem under its slug."""
    found = KnownProblems()
    for document in BANK:
        found.add(document.slug, document.title, document.description)
    return found


def test_no_problem_of_the_bank_repeats_another(bank: KnownProblems) -> None:
    for document in BANK:
        assert bank.like(document.title, document.description, frozenset({document.slug})) is None


@pytest.mark.parametrize("document", random.Random(7).sample(BANK, 12), ids=lambda document: document.slug)
def test_a_copy_is_told(document: ProblemDocument, bank: KnownProblems) -> None:
    words = document.description.split()
    chance = random.Random(1)
    retold = " ".join("otherwise" if chance.random() < 0.1 else word for word in words)
    for copy in (
        document.description.upper().replace("**", ""),
        document.description.replace("e", "\N{CYRILLIC SMALL LETTER IE}"),
        document.description + " " + " ".join(f"Moreover {number} is allowed." for number in range(len(words) // 4)),
        retold,
    ):
        reason = bank.like("Something else entirely", copy)
        assert reason and "statement" in reason and document.title in reason
    assert bank.like(f"The {document.title.upper()}!", "Nothing of the kind, in a few words of its own.")


def test_short_statements_are_compared_as_a_whole() -> None:
    known = KnownProblems()
    known.add(1, "Sum", "Add them.")
    assert known.like("Total", "Add them!")
    assert known.like("Total", "Add the two of them, please.") is None
    assert known.like("Sum", "Something else.", frozenset({1})) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Tidal Causeway", "tidal causeways"),
        ("Café Shift", "CAFE  SHIFT"),
        ("Te\N{CYRILLIC SMALL LETTER A}pots", "teapot"),
        ("The A", "the a"),
        ("Two-Lighthouses", "Two Lighthouses"),
    ],
)
def test_titles_that_are_the_same(one: str, other: str) -> None:
    assert plain_title(one) == plain_title(other) != ""
