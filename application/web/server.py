"""The HTTP server: gevent's, with bounds on what a connection may take before anybody is known to be behind it."""

from __future__ import annotations

import errno
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from io import BytesIO
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any

import gevent.socket
import structlog
from flask import Flask
from gevent.pywsgi import WSGIHandler, WSGIServer

from application.base.config import Settings
from application.web import failure, policy, request_head
from application.web.request_head import BadHead

HEADER_SECONDS = 10.0
"""How long a client may take to send the head of a request, or to begin the next one on the same connection."""

BODY_PAUSE_SECONDS = 10.0
"""How long a client may pause while it sends a body."""

MAX_CONNECTIONS = 20_000

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
    return Server(address, app, most, error_log=logging.getLogger("http"), spawn=MAX_CONNECTIONS)


log = structlog.get_logger()


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
        with suppress(BrokenPipeError, ConnectionResetError):  # it did not wait for its refusal
            super().handle()

    def handle_one_request(self) -> Any:
        """One request, whose head must arrive in time."""
        self._reading = gevent.Timeout.start_new(HEADER_SECONDS)
        self._refusal: tuple[int, str | None] = (400, None)
        try:
            outcome = super().handle_one_request()
            if isinstance(outcome, tuple):  # refused before it was a request: a status and gevent's own bytes
                status, message = self._refusal if outcome[0] == "400" else (int(outcome[0]), None)
                return outcome[0], _whole_answer(status, message)
            return outcome
        except gevent.Timeout as late:
            if late is not self._reading:
                raise
            self.close_connection = True
            return None
        finally:
            self._reading.close()

    def read_request(self, raw_requestline: str) -> Any:
        """Read the header lines, and let nothing through that could be read in two ways; raises ValueError."""
        lines = self._header_lines()
        request_head.check(raw_requestline.encode("latin-1"), lines)
        body: Any = self.rfile
        self.rfile: Any = BytesIO(b"".join([*lines, b"\r\n"]))
        try:
            return super().read_request(raw_requestline)
        finally:
            self.rfile = body

    def _header_lines(self) -> list[bytes]:
        lines: list[bytes] = []
        size = 0
        while (line := self.rfile.readline(request_head.MAX_LINE_BYTES + 1)) != b"\r\n":
            size += len(line)
            if len(line) > request_head.MAX_LINE_BYTES or size > request_head.MAX_HEAD_BYTES:
                raise BadHead(failure.CODES[431][1], 431)
            if not line.endswith(b"\r\n"):
                raise BadHead("A line of a head ends with CR LF, and the head with an empty line.")
            lines.append(line)
            if len(lines) > request_head.MAX_FIELDS:
                raise BadHead(failure.CODES[431][1], 431)
        return lines

    def _handle_client_error(self, ex: Exception) -> Any:
        """Refuse what cannot be read. Anybody can send such requests, so they are logged at level debug
        only."""
        self._refusal = (ex.status, str(ex)) if isinstance(ex, BadHead) else (400, None)
        log.debug("malformed_request", address=str(self.client_address[0]), flaw=str(ex)[:200])
        return "400", b""

    def _send_error_response_if_possible(self, error_code: int) -> None:
        """What gevent says when the application failed, or the body of a request is malformed, in our form."""
        self.close_connection = True
        if self.response_length:
            return
        body = failure.encoded(error_code)
        status = f"{error_code} {HTTPStatus(error_code).phrase}"
        self.status, self.headers_sent = None, False
        with suppress(OSError):
            self.start_response(status, [*_JSON, ("Content-Length", str(len(body))), ("Connection", "close")])
            self.write(b"" if self.command == "HEAD" else body)

    def handle_one_response(self) -> None:
        """Answer, and after a WebSocket read no further request: what still comes are frames, not HTTP."""
        self._reading.close()
        upgrades = bool(self.environ and "HTTP_UPGRADE" in self.environ)
        if not upgrades:
            self.socket.settimeout(BODY_PAUSE_SECONDS)
        super().handle_one_response()
        if upgrades or getattr(
            self.wsgi_input, "_chunked_input_error", False
        ):  # nobody knows where the next request would begin
            self.close_connection = True
        else:
            self.socket.settimeout(None)


_JSON = (("Content-Type", "application/json"), *policy.HEADERS.items())


def _whole_answer(status: int, message: str | None) -> bytes:
    """An answer with its head, after which the connection ends."""
    body = failure.encoded(status, message)
    headers = [*_JSON, ("Connection", "close"), ("Content-Length", str(len(body)))]
    head = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*head, "", ""]).encode() + body
