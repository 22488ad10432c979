"""500 duels at once, from pairing to result; the baseline pairs in memory, passes messages on, judges nothing."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from typing import NamedTuple

import gevent

from benchmarks import servers
from benchmarks.duels import Duel, connect, pair
from benchmarks.lobby import paired_in
from benchmarks.pace import paced
from benchmarks.relay import bare_rooms
from benchmarks.scale import scaled
from benchmarks.table import Row, quantile
from benchmarks.turns import in_turns, medians_of

DUELS = 500
SUBMISSIONS_A_SECOND = 8
"""On average: nobody solves a problem at a beat, and 500 players in one second would measure nothing but a queue."""

BARE_SECONDS = 10


class Measured(NamedTuple):
    """Pairs a second, and p50, p95 and p99 of what then took place at random moments (seconds)."""

    pairs: float
    p50: float
    p95: float
    p99: float


def measure() -> list[Row]:
    """All look for an opponent in the same moment; then one of each two hands in a right solution, at random times."""
    number = scaled(DUELS)
    with servers.bare() as bare, servers.codemaze() as process:
        found = in_turns(lambda: _own(process, number), lambda: _bare(bare, number))
    own, base = (Measured(*medians_of(times)) for times in found)
    what = f"pairs a second, {2 * number:,} players asking in the same moment"
    rows = [Row(what, own.pairs, base.pairs, "bare", "at least 400 a second")]
    solved = f"submit to verdict, {number} live duels, {SUBMISSIONS_A_SECOND} solved a second"
    for name, ours, theirs, wanted in zip(
        ("p50", "p95", "p99"), own[1:], base[1:], ("at most 120 ms", "", "at most 400 ms"), strict=True
    ):
        rows.append(Row(f"{solved}, {name} (ms)", 1000 * ours, 1000 * theirs, "bare relay", wanted))
    return rows


def _bare(process: servers.Process, number: int) -> Measured:
    speakers = connect(process.url, [None] * (2 * number))
    pairs = number / paired_in(speakers)
    rooms = bare_rooms(process, number)
    spent = paced([room.relay for room in rooms], SUBMISSIONS_A_SECOND, scaled(BARE_SECONDS))
    for speaker in speakers:
        speaker.close()
    return _measured(pairs, spent)


def _own(process: servers.Process, number: int) -> Measured:
    speakers = connect(process.url, process.tokens(2 * number))
    began = time.perf_counter()
    duels = pair(speakers, at_once=len(speakers))
    pairs = len(duels) / (time.perf_counter() - began)
    spent = _solved(duels)
    for speaker in speakers:
        speaker.close()
    return _measured(pairs, spent)


def _measured(pairs: float, spent: list[float]) -> Measured:
    return Measured(pairs, *(quantile(spent, share) for share in (0.5, 0.95, 0.99)))


def _solved(duels: Sequence[Duel]) -> list[float]:
    """Seconds from submission to verdict of each duel, all of which have ended for both players."""
    chance = random.Random(4)
    window = len(duels) / SUBMISSIONS_A_SECOND
    jobs = [gevent.spawn_later(chance.uniform(0, window), _solve, duel) for duel in duels]
    gevent.joinall(jobs, raise_error=True)
    return [job.value or 0.0 for job in jobs]


def _solve(duel: Duel) -> float:
    ended = duel.bob.wait_for("match_finished")
    verdict = duel.ada.wait_for("submission_judged")
    asked_at = time.perf_counter()
    duel.ada.ask("submit_code", {"room": duel.room, "language": "python", "code": duel.right_program()})
    assert (verdict.get(timeout=120) or {})["verdict"] == "accepted"
    spent = time.perf_counter() - asked_at
    assert (ended.get(timeout=120) or {})["outcome"]["winner_id"] is not None
    return spent
