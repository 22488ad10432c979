"""Resident memory of the server after rounds of connections that were opened and closed; the baseline is the first."""

from __future__ import annotations

import sys

import gevent
from gevent.pool import Pool

from benchmarks import servers
from benchmarks.duels import AT_ONCE, connect
from benchmarks.scale import scaled
from benchmarks.table import Row

ROUNDS = 10
EACH = 2000
REST_SECONDS = 3


def measure() -> list[Row]:
    """Ten rounds of 2,000 idle connections, one after the other; what is kept must level off."""
    each, kept = scaled(EACH), list[float]()
    with servers.codemaze() as process:
        tokens = process.tokens(each)
        for number in range(1, ROUNDS + 1):
            speakers = connect(process.url, tokens)
            Pool(AT_ONCE).map(lambda speaker: speaker.close(), speakers)
            gevent.sleep(REST_SECONDS)
            kept.append(process.memory_kib() / 1024)
            print(f"  round {number}: {kept[-1]:.1f} MiB", file=sys.stderr, flush=True)
    return [
        Row(f"resident after round {number} of {each:,} connections (MiB)", mebibytes, kept[0], "after the first")
        for number, mebibytes in enumerate(kept, 1)
    ]
