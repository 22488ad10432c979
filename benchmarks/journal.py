"""Commands journalled and acknowledged a second, from 100 connections; the baseline acknowledges and keeps nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import gevent

from benchmarks import servers
from benchmarks.duels import Duel, open_duels
from benchmarks.scale import scaled
from benchmarks.speaker import Json, Speaker
from benchmarks.table import Row

CLIENTS = scaled(100)

Ask = Callable[[], Json]


def measure() -> list[Row]:
    """Each sends one command, all at once: 100 submissions with the judge at work, then 100 resignations."""
    with servers.bare() as process:
        base = _a_second([_shouts(Speaker(process.url)) for _ in range(CLIENTS)])
    with servers.codemaze() as process:
        duels = open_duels(process, CLIENTS)
        verdicts = [duel.ada.wait_for("submission_judged") for duel in duels]
        submits = _a_second([_submits(duel) for duel in duels])
        for verdict in verdicts:
            verdict.get(timeout=120)
        resigns = _a_second([_resigns(duel) for duel in duels])
    return [
        Row(f"`{name}` journalled a second, {CLIENTS} clients", own, base, "bare acknowledgements")
        for name, own in (("submit_code", submits), ("resign", resigns))
    ]


def _shouts(speaker: Speaker) -> Ask:
    return lambda: speaker.ask("relay", {"room": "nobody's"})


def _submits(duel: Duel) -> Ask:
    return lambda: duel.ada.ask("submit_code", {"room": duel.room, "language": "python", "code": duel.wrong_program()})


def _resigns(duel: Duel) -> Ask:
    return lambda: duel.bob.ask("resign", {"room": duel.room})


def _a_second(asks: Sequence[Ask]) -> float:
    started = time.perf_counter()
    gevent.joinall([gevent.spawn(ask) for ask in asks], raise_error=True)
    return len(asks) / (time.perf_counter() - started)
