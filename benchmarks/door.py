"""What an attacker does to the others: their p99 of a cheap request beside the usual one, here and at the baseline."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from time import perf_counter

from benchmarks import servers
from benchmarks.attack import FLOOD_A_SECOND, SLOW
from benchmarks.duels import connect
from benchmarks.pace import paced
from benchmarks.scale import scaled
from benchmarks.speaker import Speaker
from benchmarks.table import Row, quantile

CLIENTS = 10
REQUESTS_A_SECOND = 100
SECONDS = 10
ADDRESS_CONNECTIONS = "1000"
"""As it is by itself: the attacker comes from one address."""

ATTACKS = {
    "slow": f"{SLOW} requests that never end",
    "flood": f"{FLOOD_A_SECOND:,} connections a second from one address",
}

Ask = Callable[[Speaker], object]


def measure() -> list[Row]:
    """100 requests a second from ten clients: undisturbed, beside slow writers, beside a flood of connections."""
    with servers.bare() as process:
        speakers = connect(process.url, [None] * CLIENTS)
        base = list(_p99s(process, speakers, lambda speaker: speaker.ask("relay", {"room": "nobody's"})))
    with servers.codemaze(ADDRESS_CONNECTIONS=ADDRESS_CONNECTIONS) as process:
        speakers = connect(process.url, process.tokens(CLIENTS))
        own = list(_p99s(process, speakers, lambda speaker: speaker.ask("resume", {})))
    rows = []
    for number, attack in enumerate(ATTACKS.values(), start=1):
        rows.append(Row(f"others' p99 beside {attack} (ms; at most 2)", own[number], own[0], "usual"))
        rows.append(Row("the same at the bare server (ms)", base[number], base[0], "usual"))
    return rows


def _p99s(process: servers.Process, speakers: Sequence[Speaker], ask: Ask) -> Iterator[float]:
    """Undisturbed, then under each attack, in milliseconds."""
    yield _p99(speakers, ask)
    for attack in ATTACKS:
        with _attacked(process, attack):
            yield _p99(speakers, ask)


def _p99(speakers: Sequence[Speaker], ask: Ask) -> float:
    spent = paced([partial(_timed, speaker, ask) for speaker in speakers], REQUESTS_A_SECOND, scaled(SECONDS))
    return 1000 * quantile(spent, 0.99)


def _timed(speaker: Speaker, ask: Ask) -> float:
    began = perf_counter()
    ask(speaker)
    return perf_counter() - began


@contextmanager
def _attacked(process: servers.Process, attack: str) -> Iterator[None]:
    """While an attacker is at work, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.attack", attack, str(process.port)]
    attacker = subprocess.Popen(command, cwd=servers.PROJECT, stdout=subprocess.PIPE, text=True)
    assert attacker.stdout
    try:
        assert attacker.stdout.readline() == "attacking\n"
        yield
    finally:
        attacker.kill()
        attacker.wait()
