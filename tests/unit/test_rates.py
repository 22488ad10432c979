"""Rates as they are counted in one process."""

from __future__ import annotations

import pytest

from application.base import rates
from application.base.errors import RateLimited
from application.base.rates import Rate


class Time:
    """A clock that moves when it is told to."""

    now = 1000.0

    def monotonic(self) -> float:
        """The time in seconds."""
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    """The clock that rates look at."""
    clock = Time()
    monkeypatch.setattr(rates, "time", clock)
    return clock


def test_no_more_than_so_many_within_any_window(time: Time) -> None:
    rate = Rate("2 per minute")
    rate.spend("ada")
    time.now += 50
    rate.spend("ada")
    assert rate.is_spent("ada")
    assert not rate.is_spent("bob")
    with pytest.raises(RateLimited) as refused:
        rate.spend("ada")
    assert refused.value.retry_after == 10
    time.now += 10
    rate.spend("ada")
    with pytest.raises(RateLimited) as refused:
        rate.spend("ada")
    assert refused.value.retry_after == 50


def test_keys_that_are_not_used_any_more_are_not_kept(time: Time) -> None:
    rate = Rate("1 per second")
    for number in range(5000):
        rate.spend(str(number))
        time.now += 0.01
    assert len(rate._own._hits) <= 2 * rates._KEYS
