"""The server's numbers for Prometheus."""

from __future__ import annotations

from flask import Flask
from prometheus_client import CollectorRegistry, Gauge

from application.judge.queue import LocalJudgeQueue
from application.matches.reading import count_live
from application.realtime.connections import Connections


def registry(app: Flask, connections: Connections, queue: LocalJudgeQueue | None) -> CollectorRegistry:
    """What ``/metrics`` shows."""

    def live() -> float:
        with app.app_context():
            return count_live()

    numbers = CollectorRegistry()
    for name, meaning, value in (
        ("codemaze_connections", "Open Socket.IO connections", connections.count),
        ("codemaze_players", "Users with a connection", connections.count_users),
        ("codemaze_matches_live", "Matches that are not finished", live),
        ("codemaze_judge_waiting", "Submissions waiting for a judge", lambda: queue.depth if queue else 0),
    ):
        Gauge(name, meaning, registry=numbers).set_function(value)
    return numbers
