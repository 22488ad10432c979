"""Who is paired with whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from application.matches.lobby import Waiting, choose_pairs

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def waiting(user_id: int, rank_id: int, seconds: float = 0) -> Waiting:
    return Waiting(user_id, rank_id, NOW - timedelta(seconds=seconds))


def test_equal_ranks_are_paired_at_once_those_who_came_first_before_others() -> None:
    lobby = [waiting(1, 1, 2), waiting(2, 2, 4), waiting(3, 1, 4), waiting(4, 1, 1)]
    assert choose_pairs(lobby, NOW, 5) == [(3, 1)]


def test_the_next_rank_is_met_after_waiting() -> None:
    assert choose_pairs([waiting(1, 1, 4.9), waiting(2, 2, 0)], NOW, 5) == []
    assert choose_pairs([waiting(1, 1, 5), waiting(2, 2, 0)], NOW, 5) == [(1, 2)]
    assert choose_pairs([waiting(1, 1, 0), waiting(2, 4, 14.9)], NOW, 5) == []
    assert choose_pairs([waiting(1, 1, 0), waiting(2, 4, 15)], NOW, 5) == [(1, 2)]


def test_the_nearest_rank_goes_first() -> None:
    lobby = [waiting(1, 1, 60), waiting(3, 3, 60), waiting(4, 4, 60)]
    assert choose_pairs(lobby, NOW, 5) == [(3, 4)]


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 60)), max_size=30).map(
        lambda entries: [waiting(number, *entry) for number, entry in enumerate(entries)]
    )
)
def test_nobody_is_paired_twice_or_with_himself_and_nobody_of_equal_rank_is_left(lobby: list[Waiting]) -> None:
    pairs = choose_pairs(lobby, NOW, 5)
    paired = [user for pair in pairs for user in pair]
    assert len(set(paired)) == len(paired)
    left = [entry.rank_id for entry in lobby if entry.user_id not in paired]
    assert len(set(left)) == len(left)
