"""The four ranks and where they begin."""

from __future__ import annotations

from itertools import pairwise

import pytest

from application.ratings.ranks import RANKS, rank_named, rank_of


@pytest.mark.parametrize(
    ("xp", "name"),
    [(0, "Bronze"), (250, "Bronze"), (251, "Silver"), (500, "Silver"), (501, "Gold"), (750, "Gold"), (751, "Platinum")],
)
def test_ranks_by_xp(xp: int, name: str) -> None:
    assert rank_of(xp).name == name


def test_no_xp_has_two_ranks_or_none() -> None:
    for low, high in pairwise(RANKS):
        assert low.max_xp is not None
        assert high.min_xp == low.max_xp + 1
    assert RANKS[-1].max_xp is None
    assert rank_of(10**9).slug == "platinum"


def test_ranks_are_found_by_slug() -> None:
    assert [rank_named(rank.slug) for rank in RANKS] == list(RANKS)
    assert rank_named("diamond") is None


def test_a_rank_as_http_shows_it() -> None:
    assert RANKS[1].to_json() == {"id": 2, "name": "Silver", "min_xp": 251, "max_xp": 500}
