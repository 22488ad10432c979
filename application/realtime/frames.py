"""Engine.IO frames that nobody can harm the connection with: the layer below ``packets.py``.

The library ends a WebSocket on a frame it cannot decode, loses what shares a polling request with one, and waits for
ever when it ends a polling connection that nobody polls. None of these frames can carry an acknowledgement's number,
so there is nothing to answer: they are passed over before the library sees them.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

import gevent
from engineio import Server
from engineio.async_drivers.gevent import WebSocketWSGI
from engineio.payload import Payload
from flask import Flask
from wsproto.utilities import ProtocolError

from application.errors import RateLimited
from application.rates import Rate

FRAMES_MOST = 1000
"""Frames in one polling request. The library takes 16, and loses all of them when there are more."""

FRAMES_A_SECOND, FRAMES_AT_ONCE = 100, 300
"""How many frames of one WebSocket are read, for as long as it sends them, and in one burst."""

_PROPER = re.compile(r"1|2probe|3(?:probe)?|5|4[0-9].*", re.DOTALL)
"""Close, ping and pong, upgrade, and Socket.IO packets; whatever follows the packet's type is for that layer."""
_SEPARATOR = "\x1e"

Environment = dict[str, Any]
_BAD_REQUEST, _TOO_LARGE, _TOO_MANY = "400 BAD REQUEST", "413 CONTENT TOO LARGE", "429 TOO MANY REQUESTS"
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]


def guard(app: Flask, engine: Server, rate: Rate, path: str = "/socket.io/") -> None:
    """Let only proper frames reach the engine, over either transport, and no flood of connections from one address:
    ``rate`` is how many it may open."""
    Payload.max_decode_packets = FRAMES_MOST
    engine._async = {**engine._async, "websocket": TolerantWebSocket}
    guarded = RequestGuard(app.wsgi_app, path, engine.max_http_buffer_size, rate)
    app.wsgi_app = guarded  # type: ignore[method-assign,assignment]


def is_proper(frame: str | bytes) -> bool:
    """Whether a frame of a WebSocket is one that Engine.IO can take. Binary ones are attachments, which we do not."""
    return isinstance(frame, str) and bool(_PROPER.fullmatch(frame))


def proper_frames(body: bytes) -> list[str]:
    """The proper frames of a polling request."""
    # What is not UTF-8 is replaced by a sign that can stand in no packet's type, and in a text does no harm.
    return [frame for frame in body.decode(errors="replace").split(_SEPARATOR) if is_proper(frame)]


class TolerantWebSocket(WebSocketWSGI):
    """A WebSocket that passes over improper frames, and ends on one that is too large before it has all of it. One that
    sends many frames is read more slowly, so that it waits and nobody else does."""

    def __init__(self, handler: Callable[..., Any], engine: Server) -> None:
        super().__init__(handler, engine)
        self.server_args["max_message_size"] = engine.max_http_buffer_size
        self._allowance, self._counted_at = float(FRAMES_AT_ONCE), time.monotonic()

    def wait(self) -> Any:
        """The next proper frame; None when the connection has ended."""
        frame = super().wait()
        while frame is not None and not is_proper(frame):
            self._slow_down()
            frame = super().wait()
        self._slow_down()
        return frame

    def _slow_down(self) -> None:
        now = time.monotonic()
        earned = (now - self._counted_at) * FRAMES_A_SECOND
        self._allowance, self._counted_at = min(FRAMES_AT_ONCE, self._allowance + earned) - 1, now
        if self._allowance < 0:
            gevent.sleep(-self._allowance / FRAMES_A_SECOND)


class RequestGuard:
    """WSGI middleware before the engine: takes improper frames out of polling requests, and answers what the engine
    would leave to the web server as a crash."""

    def __init__(self, application: Application, path: str, bytes_most: int, rate: Rate) -> None:
        self._application, self._path, self._bytes_most, self._rate = application, path, bytes_most, rate

    def __call__(self, environment: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        if not environment["PATH_INFO"].startswith(self._path):
            return self._application(environment, start_response)
        wrong = self._clean(environment) if environment["REQUEST_METHOD"] == "POST" else _upgrade_flaw(environment)
        if "sid=" not in environment.get("QUERY_STRING", ""):
            try:
                self._rate.spend(str(environment.get("REMOTE_ADDR", "")))
            except RateLimited:
                wrong = _TOO_MANY
        if wrong is None:
            try:
                return self._application(environment, start_response)
            except (KeyError, ProtocolError):  # a connection that was just closed; a WebSocket handshake that is none
                wrong = _BAD_REQUEST
        start_response(wrong, [("Content-Type", "text/plain")])
        return [wrong.encode()]

    def _clean(self, environment: Environment) -> str | None:
        """Leave only proper frames in the body; the status to refuse the request with when that cannot be done."""
        try:
            body = environment["wsgi.input"].read(self._bytes_most + 1)
        except OSError:  # the client was gone before it had sent everything
            return _BAD_REQUEST
        if len(body) > self._bytes_most:
            return _TOO_LARGE
        frames = proper_frames(body)
        if len(frames) > FRAMES_MOST:
            return _TOO_LARGE
        body = _SEPARATOR.join(frames).encode()
        environment |= {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        return None


def _upgrade_flaw(environment: Environment) -> str | None:
    """The engine polls for who asks for a WebSocket without asking for an upgrade, and then gives no answer."""
    upgrades = "upgrade" in environment.get("HTTP_CONNECTION", "").lower()
    return _BAD_REQUEST if environment.get("HTTP_UPGRADE", "").lower() == "websocket" and not upgrades else None
