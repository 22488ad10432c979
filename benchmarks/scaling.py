"""What a second server process and a second judge worker add, with all of it, and the load, on this one machine."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import redirect_stdout
from itertools import cycle
from typing import NamedTuple

import gevent

from benchmarks import servers
from benchmarks.duels import Duel, connect, pair
from benchmarks.lobby import paired_in
from benchmarks.scale import scaled
from benchmarks.speaker import Speaker
from benchmarks.table import Row
from benchmarks.usage import Usage
from cluster import Cluster, Missing

DUELS = 100
STARTS = 40


class Measured(NamedTuple):
    """Duels and submissions a second, each with what kept it from being more."""

    duels: float
    duels_limit: str
    submissions: float
    submissions_limit: str


def measure() -> list[Row]:
    """Duels from looking for an opponent to a resignation; submissions of 20 tests, all handed in at once."""
    number = scaled(DUELS)
    with servers.bare() as process:
        pairs = number / paired_in(connect(process.url, [None] * (2 * number)))
    starts = _starts_a_second()
    try:
        with redirect_stdout(sys.stderr):  # a cluster says what it does, and standard output is the table's
            one, two_servers, two_workers = _measured(number, 1, 1), _measured(number, 2, 1), _measured(number, 1, 2)
    except Missing as missing:
        print(f"scaling is left out: {missing}", file=sys.stderr)
        return []
    return [
        Row(f"duels a second, 1 server process ({one.duels_limit})", one.duels, pairs, "bare pairs"),
        Row(f"duels a second, 2 server processes ({two_servers.duels_limit})", two_servers.duels, one.duels, "with 1"),
        Row(f"submissions a second, 1 worker ({one.submissions_limit})", one.submissions, starts, "`python3 -I`"),
        Row(
            f"submissions a second, 2 workers ({two_workers.submissions_limit})",
            two_workers.submissions,
            one.submissions,
            "with 1",
        ),
    ]


def _measured(number: int, count_servers: int, count_workers: int) -> Measured:
    with servers.workspace() as folder:
        (folder / "signing_key").write_text(servers.KEY)
        with Cluster(folder, servers.common(folder), servers=count_servers, workers=count_workers) as cluster:
            urls = cycle([cluster.url_of(which) for which in range(count_servers)])
            tokens = servers.new_tokens(cluster.database_url, 2 * number)
            speakers = [Speaker(next(urls), token) for token in tokens]
            usage, began = Usage(cluster), time.perf_counter()
            duels = pair(speakers)
            gevent.joinall([gevent.spawn(duel.resign) for duel in duels], raise_error=True)
            duels_a_second, duels_limit = number / (time.perf_counter() - began), usage.limit()
            duels = pair(speakers)
            usage, began = Usage(cluster), time.perf_counter()
            _judge_all(duels)
            return Measured(duels_a_second, duels_limit, number / (time.perf_counter() - began), usage.limit())


def _judge_all(duels: Sequence[Duel]) -> None:
    def submit(duel: Duel) -> None:
        verdict = duel.ada.wait_for("submission_judged")
        duel.ada.ask("submit_code", {"room": duel.room, "language": "python", "code": duel.wrong_program()})
        verdict.get(timeout=120)

    gevent.joinall([gevent.spawn(submit, duel) for duel in duels], raise_error=True)


def _starts_a_second() -> float:
    """How often an interpreter can be started, one after the other."""
    began = time.perf_counter()
    for _ in range(scaled(STARTS)):
        subprocess.run([sys.executable, "-I", "-c", "pass"], check=True)
    return scaled(STARTS) / (time.perf_counter() - began)
