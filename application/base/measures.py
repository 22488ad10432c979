"""What is counted and timed while the server works, for ``/metrics``; each is of this process alone."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()

VERDICTS = Counter("codemaze_verdicts", "Judgements by their verdict", ["verdict", "language"], registry=REGISTRY)
JUDGING = Histogram(
    "codemaze_judging_seconds",
    "From a submission's receipt to its judgement",
    buckets=(0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60),
    registry=REGISTRY,
)
LOBBY = Histogram(
    "codemaze_lobby_seconds",
    "How long a player waited for an opponent",
    buckets=(0.1, 1, 5, 10, 20, 30, 60, 120, 300),
    registry=REGISTRY,
)
FINISHED = Counter("codemaze_matches_finished", "Matches by how they ended", ["reason"], registry=REGISTRY)
REQUESTS = Counter("codemaze_requests", "Socket.IO requests by event and outcome", ["event", "code"], registry=REGISTRY)
MESSAGES = Counter("codemaze_messages", "Chat messages by where they were said", ["channel"], registry=REGISTRY)
HTTP = Counter("codemaze_http_requests", "HTTP requests by method and status", ["method", "status"], registry=REGISTRY)
ERRORS = Counter("codemaze_errors", "What went wrong on the server, by where", ["where"], registry=REGISTRY)
CUT = Counter("codemaze_connections_cut", "Connections that the server ended, by why", ["reason"], registry=REGISTRY)
LOOP_LAG = Gauge(
    "codemaze_loop_lag_seconds", "The largest delay of the event loop in the last second", registry=REGISTRY
)
