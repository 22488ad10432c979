"""Duels played over and over for an hour: whether what the server keeps levels off. It is measured only when named.

What is beside each figure is what it was at the start. Journals and results are kept for good, so of tables that grow
it is said by how many rows with each match, in the first half and in the second.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple
from urllib.request import urlopen

import gevent
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Connection, create_engine, text

from benchmarks import servers
from benchmarks.player import Player
from benchmarks.scale import scaled
from benchmarks.table import Row

SECONDS = 3600
PLAYERS = 24
SAMPLES = 24

LEVEL = 1.05
"""What in the last quarter of the time is at most so many times what it was in the second has levelled off."""

A_FEW = 5
"""Rows, descriptors and the like that may be more at one moment than at another."""

NO_STORE = {"codemaze_disk_free_bytes", "codemaze_loop_lag_seconds"}

UNHINDERED = {"REGISTER_RATE": "100000 per minute", "LOGIN_RATE": "100000 per minute"}


class Sample(NamedTuple):
    """What there was at one moment: sizes that must level off, rows by table, and matches that had ended."""

    sizes: dict[str, float]
    rows: dict[str, int]
    matches: float


def measure() -> list[Row]:
    """24 players for an hour, whose new accounts, refreshes, submissions and departures come at random."""
    chance, met = random.Random(12), Counter[str]()
    with servers.codemaze(**UNHINDERED) as process:
        end = time.monotonic() + scaled(SECONDS)
        for number in range(PLAYERS):
            player = Player(process.url, f"soak-{number}", random.Random(chance.random()), met)
            gevent.spawn(player.play_until, end).link_exception(lambda _: met.update(["a player was lost"]))
        samples = list(_sampled(process, met))
    wrong = Counter({what: times for what, times in met.items() if what != "matches ended"})
    for what, times in wrong.most_common():
        print(f"  {times} times {what}", file=sys.stderr, flush=True)
    ended, first = samples[-1].matches, samples[0].matches
    return [
        Row("matches ended", ended, first, "at the start"),
        Row("what went wrong for players (must be 0)", sum(wrong.values()), 0, "wanted"),
        *levels(samples),
        *tables(samples),
    ]


def _sampled(process: servers.Process, met: Counter[str]) -> Iterator[Sample]:
    pause = scaled(SECONDS) / (SAMPLES + 1)
    engine = create_engine(process.database)
    for number in range(1, SAMPLES + 1):
        gevent.sleep(pause)
        with engine.connect() as connection:
            rows = dict(_rows(connection))
        sample = Sample(dict(_sizes(process)), rows, met["matches ended"] / 2)
        shown = ", ".join(f"{name} {size:,.0f}" for name, size in sample.sizes.items())
        print(f"  {number} of {SAMPLES}: {sample.matches:,.0f} matches; {shown}", file=sys.stderr, flush=True)
        yield sample
    engine.dispose()


def _sizes(process: servers.Process) -> Iterator[tuple[str, float]]:
    yield "memory of the server (MiB)", process.memory_kib() / 1024
    yield "descriptors of the server", process.descriptors()
    yield "processes of the server", process.descendants()
    with urlopen(f"{process.url}/metrics", timeout=30) as answer:
        for family in text_string_to_metric_families(answer.read().decode()):
            if family.type == "gauge" and family.name not in NO_STORE and not family.name.endswith("_created"):
                yield f"`{family.name}`", sum(sample.value for sample in family.samples)


def _rows(connection: Connection) -> Iterator[tuple[str, int]]:
    names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    for table in connection.scalars(text(names)).all():
        yield table, connection.scalars(text(f'SELECT count(*) FROM "{table}"')).one()


def levels(samples: Sequence[Sample]) -> Iterator[Row]:
    """Whether each size has levelled off."""
    quarter = len(samples) // 4
    for name in samples[-1].sizes:
        values = [sample.sizes.get(name, 0.0) for sample in samples]
        before, after = median(values[quarter : 2 * quarter]), median(values[-quarter:])
        level = after <= LEVEL * before + A_FEW
        how = "levels off" if level else f"GROWS: {before:,.0f} in the second quarter, {after:,.0f} in the last"
        yield Row(f"{name}: {how}", values[-1], values[0], "at the start")


def tables(samples: Sequence[Sample]) -> Iterator[Row]:
    """Whether each table has as many rows as before, or by how many it grows with a match."""
    first, middle, last = samples[0], samples[len(samples) // 2], samples[-1]
    for table, rows in last.rows.items():
        earlier, later = (
            (after.rows.get(table, 0) - before.rows.get(table, 0)) / max(1, after.matches - before.matches)
            for before, after in ((first, middle), (middle, last))
        )
        level = rows - middle.rows.get(table, 0) <= A_FEW
        how = "levels off" if level else f"{later:.1f} more with each match, {earlier:.1f} before"
        yield Row(f"rows of `{table}`: {how}", rows, first.rows.get(table, 0), "at the start")
