"""The server's numbers for Prometheus."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flask import Flask
from prometheus_client import CollectorRegistry, Gauge, Metric
from prometheus_client.registry import Collector

from application.base.measures import REGISTRY
from application.judge.queue import LocalJudgeQueue
from application.judge.sandbox.store import free_bytes
from application.matches.lobby import count_waiting
from application.matches.reading import count_live
from application.realtime.connections import Connections


class _Measured(Collector):
    """What is counted in ``application.base.measures``, beside what is looked up."""

    def collect(self) -> Iterable[Metric]:
        return REGISTRY.collect()


def registry(
    app: Flask, connections: Connections, queue: LocalJudgeQueue | None, data_folder: Path
) -> CollectorRegistry:
    """What ``/metrics`` shows."""

    def live() -> float:
        with app.app_context():
            return count_live()

    def waiting() -> float:
        with app.app_context():
            return count_waiting()

    numbers = CollectorRegistry()
    numbers.register(_Measured())
    for name, meaning, value in (
        ("codemaze_connections", "Open Socket.IO connections", connections.count),
        ("codemaze_players", "Users with a connection", connections.count_users),
        ("codemaze_matches_live", "Matches that are not finished", live),
        ("codemaze_lobby_waiting", "Players waiting for an opponent", waiting),
        ("codemaze_judge_waiting", "Submissions waiting for a judge", lambda: queue.depth if queue else 0),
        ("codemaze_disk_free_bytes", "What is free on the disk of DATA_FOLDER", lambda: free_bytes(data_folder)),
    ):
        Gauge(name, meaning, registry=numbers).set_function(value)
    return numbers
