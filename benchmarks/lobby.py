"""2,000 players waiting in the lobby, until the last of them is paired; the baseline pairs two names in memory."""

from __future__ import annotations

import time
from collections.abc import Sequence

import gevent
from gevent.pool import Pool
from sqlalchemy import create_engine, text

from benchmarks import servers
from benchmarks.duels import AT_ONCE, connect
from benchmarks.scale import scaled
from benchmarks.speaker import Speaker
from benchmarks.table import Row
from benchmarks.turns import medians

WAITING = 2000

_WAIT = text("INSERT INTO lobby_entries (user_id, joined_at) SELECT id, now() FROM unnest(:users) id")


def measure() -> list[Row]:
    """All of them wait before anybody is paired, as after a pause: they are put into the lobby in one statement."""
    players = scaled(WAITING) // 2 * 2
    with servers.bare() as bare, servers.codemaze() as process:
        own, base = medians(lambda: _own(process, players), lambda: _bare(bare, players))
    what = f"{players:,} waiting at once"
    return [
        Row(f"{what}, until all are paired (s)", own, base, "bare", "at most 2.5 s"),
        Row(f"{what}, pairs a second", players / 2 / own, players / 2 / base, "bare"),
    ]


def _own(process: servers.Process, players: int) -> float:
    """Seconds until new players, who have been put into the lobby, are all paired."""
    users = [user_id for user_id, _ in servers.new_users(process.database, players)]
    speakers = connect(process.url, [servers.token(user_id) for user_id in users])
    found = [speaker.wait_for("match_found") for speaker in speakers]
    engine = create_engine(process.database)
    began = time.perf_counter()
    with engine.begin() as connection:
        connection.execute(_WAIT, {"users": users})
    engine.dispose()
    for event in found:
        event.get(timeout=120)
    spent = time.perf_counter() - began
    rooms = {(event.get() or {})["room"]: speaker for speaker, event in zip(speakers, found, strict=True)}
    Pool(AT_ONCE).map(lambda room: rooms[room].ask("resign", {"room": room}), rooms)  # nothing is to be left of them
    for speaker in speakers:
        speaker.close()
    return spent


def _bare(process: servers.Process, players: int) -> float:
    speakers = connect(process.url, [None] * players)
    spent = paired_in(speakers)
    for speaker in speakers:
        speaker.close()
    return spent


def paired_in(speakers: Sequence[Speaker]) -> float:
    """At the baseline: seconds until all of them, who ask in the same moment, are paired."""
    paired = [speaker.wait_for("paired") for speaker in speakers]
    began = time.perf_counter()
    gevent.joinall([gevent.spawn(speaker.ask, "pair", None) for speaker in speakers], raise_error=True)
    for event in paired:
        event.get(timeout=120)
    return time.perf_counter() - began
