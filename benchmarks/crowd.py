"""500 duels at once, from pairing to result; the baseline pairs in memory, passes messages on, judges nothing."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

import gevent

from benchmarks import servers
from benchmarks.duels import Duel, connect, pair
from benchmarks.lobby import paired_in
from benchmarks.pace import paced
from benchmarks.relay import bare_rooms
from benchmarks.scale import scaled
from benchmarks.table import Row, quantile

DUELS = 500
SUBMISSIONS_A_SECOND = 8
"""On average: nobody solves a problem at a beat, and 500 players in one second would measure nothing but a queue."""

BARE_SECONDS = 10


def measure() -> list[Row]:
    """All look for an opponent in the same moment; then one of each two hands in a right solution, at random times."""
    number = scaled(DUELS)
    with servers.bare() as process:
        base_pairs = number / paired_in(connect(process.url, [None] * (2 * number)))
        rooms = bare_rooms(process, number)
        base = paced([room.relay for room in rooms], SUBMISSIONS_A_SECOND, scaled(BARE_SECONDS))
    with servers.codemaze() as process:
        speakers = connect(process.url, process.tokens(2 * number))
        began = time.perf_counter()
        duels = pair(speakers, at_once=len(speakers))
        own_pairs = len(duels) / (time.perf_counter() - began)
        spent = _solved(duels)
    rows = [Row(f"pairs a second, {2 * number:,} players asking in the same moment", own_pairs, base_pairs, "bare")]
    for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99)):
        what = f"submit to verdict, {number} live duels, {SUBMISSIONS_A_SECOND} solved a second, {name} (ms)"
        rows.append(Row(what, 1000 * quantile(spent, share), 1000 * quantile(base, share), "bare relay"))
    return rows


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
