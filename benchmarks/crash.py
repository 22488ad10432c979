"""From kill -9 of the server to the first client that has its match again; the baseline's clients join a room again.

The server is started again at once, as systemd does. PostgreSQL is one beside it and lives on.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence

import gevent
import websocket

from benchmarks import servers
from benchmarks.duels import connect, open_duels
from benchmarks.scale import scaled
from benchmarks.speaker import Speaker
from benchmarks.table import Row

DUELS = 50
KILLS = 3
PAUSE_SECONDS = 0.05
"""Between two attempts of a client to connect."""

Rejoin = Callable[[Speaker], object]


def measure() -> list[Row]:
    """50 live duels, all of whose players try to come back; the median of three kills."""
    duels = scaled(DUELS)
    with servers.bare() as process:
        speakers = connect(process.url, [None] * (2 * duels))
        base = _killed(process, speakers, lambda speaker: speaker.ask("join", "room"))
    with servers.codemaze() as process:
        speakers = [speaker for duel in open_duels(process, duels) for speaker in (duel.ada, duel.bob)]
        own = _killed(process, speakers, _resume)
    return [
        Row(f"kill -9 to the {which} of {2 * duels} clients back in its match (s)", ours, theirs, "bare", wanted)
        for which, ours, theirs, wanted in zip(
            ("first", "last"), own, base, ("at most 1.5 s", "at most 2.5 s"), strict=True
        )
    ]


def _resume(speaker: Speaker) -> None:
    assert speaker.ask("resume", {})["view"]["phase"] == "playing"


def _killed(process: servers.Process, speakers: Sequence[Speaker], rejoin: Rejoin) -> tuple[float, float]:
    """Seconds to the first and to the last that is back, the medians of several kills."""
    first, last = [], []
    for _ in range(scaled(KILLS, least=1)):
        began = time.perf_counter()
        process.kill()
        jobs = [gevent.spawn(_come_back, speaker, rejoin) for speaker in speakers]
        process.start()
        gevent.joinall(jobs, raise_error=True)
        back = [job.value or (speakers[0], began) for job in jobs]
        speakers = [speaker for speaker, _ in back]
        times = [at - began for _, at in back]
        first.append(min(times))
        last.append(max(times))
    return statistics.median(first), statistics.median(last)


def _come_back(speaker: Speaker, rejoin: Rejoin) -> tuple[Speaker, float]:
    """The client's new connection, and when it was in its match again."""
    while True:
        try:
            again = speaker.again()
            rejoin(again)
            return again, time.perf_counter()
        except (OSError, websocket.WebSocketException):
            gevent.sleep(PAUSE_SECONDS)
