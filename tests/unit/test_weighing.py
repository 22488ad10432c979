"""What reports weigh."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from application.problems.authoring.weighing import (
    FULL_AGE_SECONDS,
    FULL_OPPONENTS,
    MIN_WEIGHT,
    PLAYS_FOR_ONE,
    Reporter,
    needed,
    weight,
)

REPORTERS = st.builds(Reporter, st.floats(-1e6, 1e9), *[st.integers(0, 1000)] * 3)


def test_a_report_of_full_weight() -> None:
    assert weight(Reporter(FULL_AGE_SECONDS, FULL_OPPONENTS)) == 1
    assert weight(Reporter(FULL_AGE_SECONDS * 9, FULL_OPPONENTS * 9, upheld=7)) == 1
    assert needed(0) == MIN_WEIGHT == 3


def test_what_takes_weight_away() -> None:
    assert weight(Reporter(FULL_AGE_SECONDS / 2, FULL_OPPONENTS)) == 0.5
    assert weight(Reporter(FULL_AGE_SECONDS, FULL_OPPONENTS - 1)) == 2 / 3
    assert weight(Reporter(FULL_AGE_SECONDS, FULL_OPPONENTS, dismissed=1)) == 0.5
    assert weight(Reporter(FULL_AGE_SECONDS, FULL_OPPONENTS, upheld=1, dismissed=1)) == 2 / 3
    assert weight(Reporter(-5, FULL_OPPONENTS)) == weight(Reporter(FULL_AGE_SECONDS, 0)) == 0
    assert needed(PLAYS_FOR_ONE - 1) == 3
    assert needed(PLAYS_FOR_ONE) == 4


@given(REPORTERS)
def test_a_weight_lies_between_nothing_and_one(reporter: Reporter) -> None:
    assert 0 <= weight(reporter) <= 1
