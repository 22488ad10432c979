"""Resident memory that each idle connection adds to the server process; the baseline authenticates nobody."""

from __future__ import annotations

import resource
from collections.abc import Iterator, Sequence

import gevent

from benchmarks import servers
from benchmarks.duels import connect
from benchmarks.scale import scaled
from benchmarks.table import Row

HELD = (1000, 5000)
WARM = 20
SPARE_FILES = 150
"""Open files that a process needs beside the connections."""

FILES_EACH = 2
"""simple-websocket doubles the socket of a connection."""


def measure() -> list[Row]:
    """1,000 and 5,000 connections, or as many as the limit of open files allows; the first 20 are not counted."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    most = (files - SPARE_FILES) // FILES_EACH if files != resource.RLIM_INFINITY else HELD[-1]
    sizes = sorted({min(scaled(held, least=WARM + 5), most) for held in HELD})
    with servers.bare() as process:
        base = list(_each(process, [None] * sizes[-1], sizes))
    with servers.codemaze() as process:
        own = list(_each(process, process.tokens(sizes[-1]), sizes))
    return [
        Row(f"memory of an idle connection, {size:,} held (KiB)", ours, theirs, "bare", "at most 1.15")
        for size, ours, theirs in zip(sizes, own, base, strict=True)
    ]


def _each(process: servers.Process, tokens: Sequence[str | None], sizes: Sequence[int]) -> Iterator[float]:
    held = connect(process.url, tokens[:WARM])
    before = process.memory_kib()
    for size in sizes:
        held += connect(process.url, tokens[len(held) : size])
        gevent.sleep(1)
        alive = sum(speaker.is_open() for speaker in held)
        assert alive == size, f"{size - alive} of {size} connections were lost"
        yield (process.memory_kib() - before) / (size - WARM)
