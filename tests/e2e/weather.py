"""A bad network between clients and servers: a TCP proxy whose connections are late, torn, dead or outlived.

``torn``      both sides are reset after a while
``dead``      nothing more gets through after a while, and nobody is told
``outlived``  when the client goes, the server learns of it long after the client is back: the user has two
              connections, and their ends arrive in the wrong order
``late``      everything comes late, by a time that changes
"""

from __future__ import annotations

import contextlib
import random
import socket
import struct
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

KINDS = ("fair", "torn", "dead", "outlived", "late")


@dataclass(frozen=True)
class Forecast:
    """What befalls a connection: ``kind``, after so many seconds."""

    kind: str
    after: float


class Weather:
    """Listens at ``port`` and passes on to one of ``targets`` (ports). Each new connection takes the next forecast."""

    def __init__(self, targets: Sequence[int], seed: int) -> None:
        self.targets = list(targets)
        self._chance = random.Random(seed)
        self._forecasts: list[Forecast] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.counts = dict.fromkeys(KINDS, 0)
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def expect(self, forecasts: Sequence[Forecast]) -> None:
        """These befall the next connections; then the sky is fair."""
        self._forecasts = list(forecasts)

    def close(self) -> None:
        """No connections any more."""
        self._listener.close()
        for each in list(self._open):
            _tear(each)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            forecast = self._forecasts.pop(0) if self._forecasts else Forecast("fair", 0)
            threading.Thread(target=self._carry, args=(client, forecast), daemon=True).start()

    def _carry(self, client: socket.socket, forecast: Forecast) -> None:
        self.counts[forecast.kind] += 1
        targets = self._chance.sample(self.targets, len(self.targets))
        server = None
        for target in targets:
            with contextlib.suppress(OSError):
                server = socket.create_connection(("127.0.0.1", target), 5)
                server.settimeout(None)
                break
        if server is None:
            _tear(client)
            return
        self._open |= {client, server}
        torn_at = time.monotonic() + forecast.after
        upwards = threading.Thread(target=self._pump, args=(client, server, forecast, torn_at), daemon=True)
        upwards.start()
        self._pump(server, client, forecast, torn_at)
        upwards.join()
        if forecast.kind == "outlived":
            time.sleep(forecast.after)
        for each in (client, server):
            _tear(each)
            self._open.discard(each)

    def _pump(self, source: socket.socket, target: socket.socket, forecast: Forecast, until: float) -> None:
        """Carry bytes one way until one side ends, or what was forecast happens."""
        source.settimeout(0.05)
        with contextlib.suppress(OSError):
            while True:
                struck = time.monotonic() > until
                if struck and forecast.kind == "torn":
                    return
                try:
                    carried = source.recv(65536)
                except TimeoutError:
                    continue
                if not carried:
                    return
                if struck and forecast.kind == "dead":
                    continue
                if forecast.kind == "late":
                    time.sleep(self._chance.uniform(0, 0.15))
                target.sendall(carried)


def _tear(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
