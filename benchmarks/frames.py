"""Frames with events that each player who joins a match causes, at whomever; the baseline tells both of their pair."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import gevent

from benchmarks import servers
from benchmarks.duels import connect, pair
from benchmarks.lobby import paired_in
from benchmarks.scale import scaled
from benchmarks.speaker import Speaker
from benchmarks.table import Row

ROOMS = (10, 100, 500)
JOINING = 20
"""Players whose joining is counted, where so many rooms are there already."""

QUIET_SECONDS = 1.0
"""After the last frame that was waited for, whatever else comes is counted for so long."""


def measure() -> list[Row]:
    """``match_found``, ``match_started`` and ``round_started``, once each, however many others play."""
    sizes = [scaled(rooms) for rooms in ROOMS]
    with servers.bare() as process:
        base = _growing(sizes, lambda number: connect(process.url, [None] * number), paired_in)
    with servers.codemaze() as process:
        own = _growing(sizes, lambda number: connect(process.url, process.tokens(number)), pair)
    return [
        Row(f"frames with events for each join, at all connections, {rooms} rooms", ours, theirs, "bare")
        for rooms, ours, theirs in zip(sizes, own, base, strict=True)
    ]


def _growing(
    sizes: Sequence[int], more: Callable[[int], list[Speaker]], join: Callable[[list[Speaker]], object]
) -> list[float]:
    there: list[Speaker] = []
    counted = []
    for size in sizes:
        settled = more(max(0, 2 * size - len(there)))
        join(settled)
        joining = more(JOINING)
        gevent.sleep(QUIET_SECONDS)
        there += settled + joining
        before = _frames(there)
        join(joining)
        gevent.sleep(QUIET_SECONDS)
        counted.append((_frames(there) - before) / JOINING)
    return counted


def _frames(speakers: Sequence[Speaker]) -> int:
    return sum(speaker.events for speaker in speakers)
