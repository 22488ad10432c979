"""Resident memory that each idle connection adds to the server process; the baseline authenticates nobody."""

from __future__ import annotations

import resource
from collections.abc import Sequence

import gevent

from benchmarks import servers
from benchmarks.speaker import Speaker
from benchmarks.table import Row

MOST = 500
WARM = 20
SPARE_FILES = 150
"""Open files that a process needs beside the connections."""

FILES_EACH = 2
"""simple-websocket doubles the socket of a connection."""


def measure() -> list[Row]:
    """500 connections, or as many as the limit of open files allows; the first 20 are not counted."""
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    connections = min(MOST, (files - SPARE_FILES) // FILES_EACH)
    with servers.bare() as process:
        base = _each(process, [None] * connections)
    with servers.codemaze() as process:
        own = _each(process, process.tokens(connections))
    return [Row(f"memory of an idle connection, of {connections} (KiB)", own, base, "bare")]


def _each(process: servers.Process, tokens: Sequence[str | None]) -> float:
    warm = [Speaker(process.url, token) for token in tokens[:WARM]]
    before = process.memory_kib()
    held = [Speaker(process.url, token) for token in tokens[WARM:]]
    gevent.sleep(1)
    grown = process.memory_kib() - before
    for speaker in (*warm, *held):
        speaker.close()
    return grown / len(held)
