"""From the second start of a server, with its own PostgreSQL and all of the bank, until it is ready; beside bare."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from urllib.request import urlopen

from benchmarks import servers
from benchmarks.table import Row
from benchmarks.turns import in_turns, medians_of
from cluster import free_port

PAUSE_SECONDS = 0.01
"""Between two questions whether it is healthy."""


def measure() -> list[Row]:
    """What ``make serve`` starts, as it is without any setting. The first start makes the database and is not counted.
    It is the server's own word that it is ready, and then that of ``/health/ready``, which speaks of judging, too."""
    with tempfile.TemporaryDirectory(prefix="codemaze-bench-") as name, servers.bare() as bare:
        Path(name).chmod(0o755)
        port = free_port()
        settings = {"DATA_FOLDER": name, "PORT": str(port), "HOST": "127.0.0.1", "LOG_LEVEL": "warning"}
        process = servers.Process(["run.py"], settings, port)
        own, base = in_turns(lambda: _started(process, "/health/ready"), lambda: _started(bare, "/users/leaderboard"))
        process.stop()
    what = "second start of a server"
    (told, healthy), (base_told, base_healthy) = medians_of(own), medians_of(base)
    return [
        Row(f"{what}, until it says that it is ready (s)", told, base_told, "bare", "at most 1.2 s"),
        Row(f"{what}, until `/health/ready` says so, too (s)", healthy, base_healthy, "bare"),
    ]


def _started(process: servers.Process, path: str) -> tuple[float, float]:
    """Stop it and start it again: seconds until it says that it is ready, and until it answers as if it were."""
    process.stop()
    began = time.perf_counter()
    process.start()
    told = time.perf_counter() - began
    while True:
        try:
            with urlopen(process.url + path, timeout=10):
                return told, time.perf_counter() - began
        except OSError:  # nobody answers yet, or with an error
            time.sleep(PAUSE_SECONDS)
