"""The measurements. Each gives rows of the final table: what, Codemaze's figure, the baseline's, their ratio."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import gevent
from gevent.queue import Queue

from benchmarks import servers
from benchmarks.duels import Duel, open_duels
from benchmarks.speaker import Speaker

Row = tuple[str, str, str, str]
ROOMS, TURNS = 50, 15
IDLE = 500


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def relay() -> list[Row]:
    """From a player's request to the event at the opponent, in 50 rooms at once.

    In Codemaze the requests are ``leave_room`` and ``resume`` in turn: each is journalled and brought to both.
    """
    with servers.bare() as process:
        pairs = [(Speaker(process.url), Speaker(process.url)) for _ in range(ROOMS)]
        for number, pair in enumerate(pairs):
            for speaker in pair:
                speaker.ask("join", f"room {number}")
        base = _relayed([(other, _shouts(one, f"room {number}")) for number, (one, other) in enumerate(pairs)])
    with servers.codemaze() as process:
        own = _relayed([(duel.bob, _in_and_out(duel)) for duel in open_duels(process, ROOMS)])
    rows = [("requests relayed to the opponent, a second (50 rooms)", own[0], base[0])]
    rows += [
        (f"request to event at the opponent, {name} (ms)", own[at], base[at]) for at, name in ((1, "p50"), (2, "p99"))
    ]
    return [(what, f"{one:,.1f}", f"{other:,.1f} bare", f"{one / other:.2f}") for what, one, other in rows]


def _shouts(speaker: Speaker, room: str) -> Callable[[], Any]:
    return lambda: speaker.ask("relay", {"room": room})


def _in_and_out(duel: Duel) -> Callable[[], Any]:
    requests = [("leave_room", {"room": duel.room}), ("resume", {"room": duel.room, "after": 3})] * TURNS
    turns = iter(requests)
    return lambda: duel.ada.ask(*next(turns))


RELAYED = {"relayed", "player_gone", "player_back"}


def _into(arrived: Queue[float]) -> Callable[[str, Any, float], None]:
    def hear(name: str, _body: Any, at: float) -> None:
        if name in RELAYED:
            arrived.put(at)

    return hear


def _relayed(rooms: list[tuple[Speaker, Callable[[], Any]]]) -> tuple[float, float, float]:
    latencies: list[float] = []

    def play(other: Speaker, request: Callable[[], Any]) -> None:
        for _ in range(2 * TURNS):
            arrived: Queue[float] = Queue()
            other.heard = _into(arrived)
            sent = time.perf_counter()
            request()
            latencies.append(arrived.get(timeout=60) - sent)

    started = time.perf_counter()
    gevent.joinall([gevent.spawn(play, *room) for room in rooms], raise_error=True)
    spent = time.perf_counter() - started
    return len(latencies) / spent, 1000 * quantile(latencies, 0.5), 1000 * quantile(latencies, 0.99)


def judging() -> list[Row]:
    """From ``submit_code`` to ``submission_judged`` at its author: some 20 tests of Python, beside a bare start."""
    starts = [_seconds(lambda: subprocess.run([sys.executable, "-I", "-c", "pass"], check=True)) for _ in range(20)]
    start = statistics.median(starts)
    rows = []
    with servers.codemaze() as process:
        for number, turns in ((1, 20), (50, 2)):
            duels = open_duels(process, number)
            spent: list[float] = []
            for _ in range(turns):
                jobs = [gevent.spawn(_judged, duel) for duel in duels]
                gevent.joinall(jobs, raise_error=True)
                spent += [job.value or 0.0 for job in jobs]
            for duel in duels:
                duel.close()
            for name, share in (("p50", 0.5), ("p95", 0.95)):
                value = quantile(spent, share)
                live = "1 live duel" if number == 1 else f"{number} duels submitting at once"
                base = f"{1000 * start:.1f} a bare python start"
                rows.append(
                    (f"submit to verdict, {live}, {name} (ms)", f"{1000 * value:.1f}", base, f"{value / start:.1f}")
                )
    return rows


def _judged(duel: Duel) -> float:
    verdict = duel.ada.wait_for("submission_judged")
    asked = {"room": duel.room, "language": "python", "code": duel.program()}

    def submit() -> None:
        duel.ada.ask("submit_code", asked)
        verdict.get(timeout=120)

    return _seconds(submit)


def journal() -> list[Row]:
    """Commands journalled a second, from 100 connections at once: 100 submissions, then 100 resignations' worth."""
    with servers.bare() as process:
        base = _a_second([_shouts(Speaker(process.url), "nobody") for _ in range(100)])
    rows = []
    with servers.codemaze() as process:
        duels = open_duels(process, 100)
        submits, resigns = [_submits(duel) for duel in duels], [_resigns(duel) for duel in duels]
        for name, calls in (("submit_code", submits), ("resign", resigns)):
            own = _a_second(calls)
            row = (
                f"{name}, journalled a second (100 at once)",
                f"{own:,.0f}",
                f"{base:,.0f} bare acks",
                f"{own / base:.2f}",
            )
            rows.append(row)
    return rows


def _submits(duel: Duel) -> Callable[[], Any]:
    asked = {"room": duel.room, "language": "python", "code": duel.program()}
    return lambda: duel.ada.ask("submit_code", asked)


def _resigns(duel: Duel) -> Callable[[], Any]:
    return lambda: duel.bob.ask("resign", {"room": duel.room})


def _a_second(calls: Sequence[Callable[[], Any]]) -> float:
    started = time.perf_counter()
    jobs = [gevent.spawn(call) for call in calls]
    gevent.joinall(jobs, raise_error=True)
    spent = time.perf_counter() - started
    refused = [job.value for job in jobs if not (job.value or {}).get("ok")]
    if refused:
        raise RuntimeError(f"refused: {refused[0]}")
    return len(calls) / spent


def memory() -> list[Row]:
    """Resident memory that each of 500 idle connections adds."""
    with servers.bare() as process:
        base = _each(process, [None] * IDLE)
    with servers.codemaze() as process:
        tokens: list[str | None] = list(process.tokens(IDLE))
        own = _each(process, tokens)
    return [(f"memory of an idle connection, of {IDLE} (KiB)", f"{own:.1f}", f"{base:.1f} bare", f"{own / base:.2f}")]


def _each(process: servers.Process, tokens: list[str | None]) -> float:
    warm = [Speaker(process.url, token) for token in tokens[:20]]
    before = process.memory_kib()
    held = [Speaker(process.url, token) for token in tokens[20:]]
    gevent.sleep(1)
    grown = process.memory_kib() - before
    for speaker in (*warm, *held):
        speaker.close()
    return grown / len(held)


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


FIGURES: dict[str, Callable[[], list[Row]]] = {
    "relay": relay,
    "judging": judging,
    "journal": journal,
    "memory": memory,
}
