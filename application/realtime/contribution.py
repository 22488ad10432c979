"""What a capability adds to the server: its ``parts.py`` builds it, and ``application/house.py`` lists them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask_restx import Namespace
from pydantic import BaseModel

from application.realtime.requests import Row

Check = Callable[[], str | None]
"""Looks at one thing the server needs: None when it is there, else what is wrong."""

Regular = tuple[float, Callable[[], object]]
"""Work that is repeated, and the seconds between. Each runs in an application context, one after the other."""


@dataclass(frozen=True)
class Gauge:
    """A number that ``/metrics`` shows, as it is when somebody asks."""

    name: str
    meaning: str
    value: Callable[[], float]


@dataclass(frozen=True)
class Contribution:
    """What one capability adds. All that is named must have a name that nothing else of its kind has."""

    namespaces: Sequence[Namespace] = ()
    """Routes of HTTP; several namespaces may add to one path."""
    requests: Sequence[Row] = ()
    """What may be asked over Socket.IO."""
    told: Mapping[str, type[BaseModel]] = field(default_factory=dict)
    """What clients are told over Socket.IO, by name."""
    regular: Sequence[Regular] = ()
    checks: Mapping[str, Check] = field(default_factory=dict)
    """What ``/health/ready`` looks at, by name."""
    gauges: Sequence[Gauge] = ()
    numbers: Mapping[str, Callable[[], int]] = field(default_factory=dict)
    """What the front page counts, by name."""


def together(contributions: Iterable[Contribution]) -> Contribution:
    """All of them as one, in their order. Raises ValueError where two have taken the same name."""
    parts = list(contributions)
    whole = Contribution(
        [namespace for part in parts for namespace in part.namespaces],
        [row for part in parts for row in part.requests],
        {name: model for part in parts for name, model in part.told.items()},
        [work for part in parts for work in part.regular],
        {name: check for part in parts for name, check in part.checks.items()},
        [gauge for part in parts for gauge in part.gauges],
        {name: count for part in parts for name, count in part.numbers.items()},
    )
    _must_differ([row.name for row in whole.requests])
    _must_differ([name for part in parts for name in part.told])
    _must_differ([name for part in parts for name in part.checks])
    _must_differ([gauge.name for gauge in whole.gauges])
    _must_differ([name for part in parts for name in part.numbers])
    return whole


def _must_differ(names: Sequence[str]) -> None:
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"two capabilities have {', '.join(sorted(twice))}")
