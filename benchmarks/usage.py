"""Which part of a cluster has the cores while something is measured."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from cluster import Cluster

FULL = 0.85
"""Of what there is: who has more of it cannot be given much more."""

TICKS = os.sysconf("SC_CLK_TCK")


class Usage:
    """Counts from its making on."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster, self._began = cluster, time.perf_counter()
        self._before = dict(_seconds(cluster))

    def limit(self) -> str:
        """What kept the cluster from being faster, with what each part used of a core (100 % is one)."""
        passed = time.perf_counter() - self._began
        used = {name: (after - self._before[name]) / passed for name, after in _seconds(self._cluster)}
        return f"{_limit(used)}: {', '.join(_shares(used))}"


def _limit(used: Mapping[str, float]) -> str:
    cores = os.cpu_count() or 1
    if sum(used.values()) > FULL * cores:
        return f"all {cores} cores are busy"
    full = [name for name, share in used.items() if share > FULL and name != "load"]
    return f"a core is full of {' and of '.join(full)}" if full else "waiting, for disk and turns"


def _shares(used: Mapping[str, float]) -> Iterator[str]:
    parts = dict.fromkeys((name.split()[0] for name in used), 0.0)
    for name, share in used.items():
        parts[name.split()[0]] += share
    for part, share in sorted(parts.items(), key=lambda item: -item[1]):
        yield f"{part} {100 * share:.0f} %"


def _seconds(cluster: Cluster) -> Iterator[tuple[str, float]]:
    """CPU seconds that each process has spent so far, with all that it started."""
    for member in (*cluster.servers, *cluster.workers, cluster.redis):
        assert member.process
        yield member.name, _spent(member.process.pid)
    assert cluster.postgres
    assert cluster.postgres.home
    yield "PostgreSQL", _spent(int((cluster.postgres.home / "cluster" / "postmaster.pid").read_text().split()[0]))
    yield "load", _own(os.getpid())


def _spent(pid: int) -> float:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return _own(pid) + sum(_spent(int(child)) for child in children)
    except OSError:  # it has ended since it was listed, and counts with its parent
        return 0.0


def _own(pid: int) -> float:
    """Of the process, and of the children that it has buried."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = fields[11:13] if pid == os.getpid() else fields[11:15]
    return sum(map(int, own)) / TICKS
