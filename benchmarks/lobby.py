"""2,000 players waiting in the lobby, until the last of them is paired; the baseline pairs two names in memory."""

from __future__ import annotations

import time
from collections.abc import Sequence

import gevent
from sqlalchemy import create_engine, text

from benchmarks import servers
from benchmarks.duels import connect
from benchmarks.scale import scaled
from benchmarks.speaker import Speaker
from benchmarks.table import Row

WAITING = 2000


def measure() -> list[Row]:
    """All of them wait before anybody is paired, as after a pause: they are put into the lobby in one statement."""
    players = scaled(WAITING) // 2 * 2
    with servers.bare() as process:
        base = paired_in(connect(process.url, [None] * players))
    with servers.codemaze() as process:
        speakers = connect(process.url, process.tokens(players))
        found = [speaker.wait_for("match_found") for speaker in speakers]
        engine = create_engine(process.database)
        began = time.perf_counter()
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO lobby_entries (user_id, joined_at) SELECT id, now() FROM users"))
        engine.dispose()
        for event in found:
            event.get(timeout=120)
        own = time.perf_counter() - began
    what = f"{players:,} waiting at once"
    return [
        Row(f"{what}, until all are paired (s)", own, base, "bare"),
        Row(f"{what}, pairs a second", players / 2 / own, players / 2 / base, "bare"),
    ]


def paired_in(speakers: Sequence[Speaker]) -> float:
    """At the baseline: seconds until all of them, who ask in the same moment, are paired."""
    paired = [speaker.wait_for("paired") for speaker in speakers]
    began = time.perf_counter()
    gevent.joinall([gevent.spawn(speaker.ask, "pair", None) for speaker in speakers], raise_error=True)
    for event in paired:
        event.get(timeout=120)
    return time.perf_counter() - began
