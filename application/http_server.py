"""The HTTP server: gevent's, with bounds on what a connection may take before anybody is known to be behind it."""

from __future__ import annotations

import logging
from collections import Counter
from contextlib import suppress
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any, ClassVar

import gevent
from flask import Flask
from gevent.pywsgi import WSGIHandler, WSGIServer

from application.config import Settings

HEADER_SECONDS = 10.0
"""How long a client may take to send the head of a request, or to begin the next one on the same connection."""

BODY_PAUSE_SECONDS = 10.0
"""How long a client may pause while it sends a body."""

CONNECTIONS_MOST = 20_000


def make_server(settings: Settings, app: Flask) -> WSGIServer:
    """The server, not yet started. Behind a proxy all connections are the proxy's, which has to bound them itself."""
    address, errors = (settings.host, settings.port), logging.getLogger("http")
    handler = type("Handler", (Handler,), {"most": None if settings.trusted_proxies else settings.address_connections})
    return WSGIServer(address, app, log=None, error_log=errors, handler_class=handler, spawn=CONNECTIONS_MOST)


class Handler(WSGIHandler):
    """One connection. ``most`` is how many an address may have, None for any number; ``open`` counts them."""

    most: ClassVar[int | None] = None
    open: ClassVar[Counter[str]] = Counter()

    def handle(self) -> None:
        """Serve the connection. What is written leaves at once: else a small packet that follows another, as an
        acknowledgement follows an event, waits until the client has confirmed the first (40 ms)."""
        address = str(self.client_address[0]) if self.client_address else ""
        self.open[address] += 1
        try:
            if self.most is not None and self.open[address] > self.most:
                self.socket.close()
                return
            with suppress(OSError):  # the client has gone again
                self.socket.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
            super().handle()
        finally:
            self.open[address] -= 1
            if not self.open[address]:
                del self.open[address]

    def handle_one_request(self) -> Any:
        """One request, whose head must arrive in time."""
        self._reading = gevent.Timeout.start_new(HEADER_SECONDS)
        try:
            return super().handle_one_request()
        except gevent.Timeout as late:
            if late is not self._reading:
                raise
            self.close_connection = True
            return None
        finally:
            self._reading.close()

    def handle_one_response(self) -> None:
        """Answer, and after a WebSocket read no further request: what still comes are frames, not HTTP."""
        self._reading.close()
        upgrades = bool(self.environ and "HTTP_UPGRADE" in self.environ)
        if not upgrades:
            self.socket.settimeout(BODY_PAUSE_SECONDS)
        super().handle_one_response()
        if upgrades:
            self.close_connection = True
        else:
            self.socket.settimeout(None)
