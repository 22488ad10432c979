"""The order in which waiting submissions are taken, and how often somebody may hand one in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.errors import RateLimited
from application.judge.queue import Turns
from application.rates import Rate


def taken(*puts: tuple[str, int]) -> list[tuple[str, int]]:
    turns: Turns[tuple[str, int]] = Turns()
    for group, number in puts:
        turns.put(group, (group, number))
    return [turns.take() for _ in range(len(turns))]


def test_a_match_that_floods_waits_for_the_others() -> None:
    flood = [("a", number) for number in range(100)]
    order = taken(*flood, ("b", 0), ("c", 0))
    assert order[:4] == [("a", 0), ("b", 0), ("c", 0), ("a", 1)]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers()), max_size=40))
def test_nothing_is_lost_and_a_group_keeps_its_order(puts: list[tuple[str, int]]) -> None:
    order = taken(*puts)
    for group in "abc":
        assert [item for item in order if item[0] == group] == [item for item in puts if item[0] == group]


@given(st.lists(st.sampled_from("abc"), max_size=40))
def test_nobody_is_taken_twice_while_another_waits(groups: list[str]) -> None:
    order = [group for group, _ in taken(*((group, 0) for group in groups))]
    left = {group: groups.count(group) for group in "abc"}
    for one, other in pairwise(order):
        left[one] -= 1
        assert one != other or not any(count for group, count in left.items() if group != one)


def test_nothing_to_take() -> None:
    with pytest.raises(KeyError):
        Turns().take()


def test_a_rate_is_each_players_own() -> None:
    rate = Rate("2 per hour")
    rate.spend("ada")
    rate.spend("ada")
    with pytest.raises(RateLimited) as refused:
        rate.spend("ada")
    assert 0 < (refused.value.retry_after or 0) <= 3600
    rate.spend("bob")


def test_what_is_no_rate() -> None:
    with pytest.raises(ValueError):
        Rate("many")
