"""The HTTP server: gevent's, with bounds on what a connection may take before anybody is known to be behind it."""

from __future__ import annotations

import errno
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any

import gevent.socket
from flask import Flask
from gevent.pywsgi import WSGIHandler, WSGIServer

from application.config import Settings

HEADER_SECONDS = 10.0
"""How long a client may take to send the head of a request, or to begin the next one on the same connection."""

BODY_PAUSE_SECONDS = 10.0
"""How long a client may pause while it sends a body."""

CONNECTIONS_MOST = 20_000

QUEUE = 1024
"""Connections that may wait to be accepted. Whoever finds the queue full tries again only after a second."""

ACCEPTED_AT_ONCE = 16
"""Connections accepted before everything else has its turn again."""


class CannotListen(OSError):
    """The server's address is taken or none; the message says what to do."""


def must_be_free(host: str, port: int) -> None:
    """Raises CannotListen where a server could not listen now: known at once, not after all else has been started."""
    family = gevent.socket.AF_INET6 if ":" in host else gevent.socket.AF_INET
    with gevent.socket.socket(family) as probe:
        probe.setsockopt(gevent.socket.SOL_SOCKET, gevent.socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise CannotListen(f"PORT={port}: this user may not listen there; from 1024 on everybody may") from error
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotListen(f"PORT={port}: another program listens there; choose another port") from error
            raise CannotListen(f"HOST={host}: is no address of this machine ({error.strerror})") from error


def make_server(settings: Settings, app: Flask) -> Server:
    """The server, not yet started. Behind a proxy all connections are the proxy's, which has to bound them itself."""
    address, most = (settings.host, settings.port), None if settings.trusted_proxies else settings.address_connections
    return Server(address, app, most, error_log=logging.getLogger("http"), spawn=CONNECTIONS_MOST)


class Server(WSGIServer):
    """A server at which an address has at most ``most`` connections, None for any number; ``open`` counts them.

    They are counted as they are accepted: one too many costs neither a greenlet nor a byte that is read.
    """

    max_accept = ACCEPTED_AT_ONCE

    def __init__(
        self, address: tuple[str, int], app: Callable[..., Any], most: int | None = None, **options: Any
    ) -> None:
        super().__init__(address, app, log=None, backlog=QUEUE, **{"handler_class": Handler} | options)
        self.most, self.open = most, Counter[str]()

    def do_handle(self, client: gevent.socket.socket, address: tuple[Any, ...]) -> None:
        """Serve a connection just accepted, or end it."""
        if self.most is not None and self.open[address[0]] >= self.most:
            client.close()
            return
        self.open[address[0]] += 1
        super().do_handle(client, address)

    def do_close(self, client: gevent.socket.socket, address: tuple[Any, ...]) -> None:
        """End a connection that was served."""
        self.open[address[0]] -= 1
        if not self.open[address[0]]:
            del self.open[address[0]]
        super().do_close(client, address)


class Handler(WSGIHandler):
    """One connection."""

    def handle(self) -> None:
        """Serve the connection. What is written leaves at once: else a small packet that follows another, as an
        acknowledgement follows an event, waits until the client has confirmed the first (40 ms)."""
        with suppress(OSError):  # the client has gone again
            self.socket.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        super().handle()

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
