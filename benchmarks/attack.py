"""Attackers, from an address of their own: ``python -m benchmarks.attack slow|flood PORT``, until it is killed."""

from __future__ import annotations

import sys
import time
from collections import deque

import gevent
from gevent import socket

ADDRESS = "127.0.0.2"
SLOW = 200
SLOW_PAUSE_SECONDS = 0.5
FLOOD_A_SECOND = 1000
FLOOD_HELD = 3000
"""Connections that the flood keeps open, or believes so: far more than an address may have."""


def main() -> None:
    """Attack, and say so once it is under way."""
    kind, port = sys.argv[1], int(sys.argv[2])
    if kind == "slow":
        for _ in range(SLOW):
            gevent.spawn(_dawdle, port)
        print("attacking", flush=True)
        gevent.sleep(3600)
    _flood(port)


def _connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10, source_address=(ADDRESS, 0))


def _dawdle(port: int) -> None:
    """A request of which a byte comes now and then, again and again."""
    while True:
        try:
            with _connect(port) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\nX: ")
                while True:
                    gevent.sleep(SLOW_PAUSE_SECONDS)
                    connection.sendall(b"x")
        except OSError:
            gevent.sleep(SLOW_PAUSE_SECONDS)


def _flood(port: int) -> None:
    """Connections at a steady rate, of which nothing more is heard."""
    held: deque[socket.socket] = deque()
    began, opened = time.perf_counter(), 0
    while True:
        gevent.sleep(max(0.0, began + opened / FLOOD_A_SECOND - time.perf_counter()))
        opened += 1
        try:
            held.append(_connect(port))
        except OSError:
            continue
        if len(held) > FLOOD_HELD:
            held.popleft().close()
        if opened == FLOOD_A_SECOND:
            print("attacking", flush=True)


if __name__ == "__main__":
    main()
