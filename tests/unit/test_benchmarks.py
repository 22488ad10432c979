"""The figures can be named; what they measure is tried by running them."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from benchmarks.figures import FIGURES, GROUPS, WHEN_NAMED, chosen
from benchmarks.pace import paced
from benchmarks.soak import Sample, levels, tables
from benchmarks.turns import medians


@pytest.mark.parametrize("figure", (FIGURES | WHEN_NAMED).values(), ids=FIGURES | WHEN_NAMED)
def test_every_figure_says_what_it_is_and_measures(figure: ModuleType) -> None:
    assert figure.__doc__
    assert figure.measure.__doc__
    assert figure.measure.__annotations__ == {"return": "list[Row]"}


def test_figures_are_chosen_by_name_or_by_group() -> None:
    assert chosen([]) == list(FIGURES)
    assert chosen(["judge", "soak"]) == ["judge", "soak"]
    assert chosen(["relay", "realtime", "journal"]) == [*GROUPS["realtime"], "journal"]
    with pytest.raises(KeyError):
        chosen(["realtime", "no such"])


def test_actions_share_what_is_due() -> None:
    assert paced([lambda: 1.0, lambda: 2.0], a_second=1000, seconds=0.005) == [1, 1, 1, 2, 2]


def test_what_is_compared_is_measured_in_turns() -> None:
    asked: list[str] = []

    def found(name: str, *values: float) -> Callable[[], float]:
        left = iter(values)

        def measure() -> float:
            asked.append(name)
            return next(left)

        return measure

    assert medians(found("own", 5, 1, 3), found("base", 9, 8, 2)) == [3, 8]
    assert asked == ["own", "base"] * 3


def test_a_soak_tells_what_levels_off_from_what_grows() -> None:
    samples = [
        Sample({"cache": min(1000, 200 * hour), "leak": 50 * hour}, {"events": 30 * hour, "lobby": hour % 3}, 2 * hour)
        for hour in range(24)
    ]
    assert [row.what for row in levels(samples)] == [
        "cache: levels off",
        "leak: GROWS: 425 in the second quarter, 1,025 in the last",
    ]
    assert [row.what for row in tables(samples)] == [
        "rows of `events`: 15.0 more with each match, 15.0 before",
        "rows of `lobby`: levels off",
    ]
