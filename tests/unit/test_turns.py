"""The order in which waiting submissions are taken, and how often somebody may hand one in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.base.errors import RateLimited
from application.base.rates import Rate
from application.judge.turns import Asker, Turns


def taken(*puts: tuple[str, int]) -> list[tuple[str, int]]:
    turns: Turns[tuple[str, int]] = Turns()
    for group, number in puts:
        turns.put(Asker(group), (group, number))
    return [turns.take() for _ in range(len(turns))]


def served(*askers: Asker) -> list[Asker]:
    turns: Turns[Asker] = Turns()
    for asker in askers:
        turns.put(asker, asker)
    return [turns.take() for _ in askers]


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


def test_accounts_made_at_one_address_get_no_more_than_every_other_turn_together() -> None:
    hostile = [Asker(f"bot {number}", "there") for number in range(50)]
    others = [Asker("ada", "here"), Asker("bob", "elsewhere")]
    order = served(*hostile, *others)
    assert {asker.user for asker in order[:4]} >= {"ada", "bob"}


def test_a_class_behind_one_address_does_not_starve_beside_many_addresses() -> None:
    pupils = [Asker(f"pupil {number}", "school") for number in range(50)]
    bots = [Asker(f"bot {number}", f"address {number}") for number in range(50)]
    order = served(*bots, *pupils)
    fair = served(*pupils, *bots)
    for served_first in (order[:60], fair[:60]):
        assert sum(asker.address == "school" for asker in served_first) >= 5
    # Whoever came first is served first by the turns of users; only those of addresses pass over the school's crowd.
    assert all(asker in order[:100] for asker in pupils)


def test_more_matches_give_no_more_turns() -> None:
    many = [Asker("bot", "there", match) for match in range(20)]
    order = served(*many, Asker("ada", "there", "hers"), Asker("bob", "there", "his"))
    assert {asker.user for asker in order[:3]} == {"bot", "ada", "bob"}


def test_a_users_matches_take_turns() -> None:
    order = served(*[Asker("ada", match="first")] * 5, Asker("ada", match="second"))
    assert order[1].match == "second"


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("xy"), st.sampled_from("12")), max_size=40))
def test_nobody_waits_for_more_than_two_turns_of_each_other_user(asked: list[tuple[str, str, str]]) -> None:
    turns: Turns[Asker] = Turns()
    for user, address, match in asked:
        turns.put(Asker(user, address, match), Asker(user, address, match))
    waiting: dict[str, int] = {}
    left = [asker.user for asker in turns]
    while len(turns):
        user = turns.take().user
        left.remove(user)
        waiting = {other: waiting.get(str(other), 0) + 1 for other in map(str, left) if other != user}
        assert all(turns_missed <= 2 * len("abcd") for turns_missed in waiting.values())


def test_who_waits_no_more_is_forgotten() -> None:
    turns: Turns[str] = Turns()
    first, second = "first", "second"
    turns.put(Asker("ada"), first)
    turns.put(Asker("ada"), second)
    turns.remove(first)
    turns.remove(first)
    assert (len(turns), turns.take(), len(turns)) == (1, second, 0)


def test_who_may_not_be_served_does_not_hold_up_the_others() -> None:
    turns: Turns[str] = Turns()
    turns.put(Asker("ada"), "large")
    turns.put(Asker("bob"), "small")
    assert turns.take(lambda item: item != "large") == "small"
    with pytest.raises(KeyError):
        turns.take(lambda item: item != "large")
    assert turns.take() == "large"


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
