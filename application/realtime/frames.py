"""Engine.IO frames that nobody can harm the connection with: the layer below ``packets.py``.

The library ends a WebSocket on a frame it cannot decode, loses what shares a polling request with one, and waits for
ever when it ends a polling connection that nobody polls. None of these frames can carry an acknowledgement's number,
so there is nothing to answer: they are passed over before the library sees them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import BytesIO
from socket import SHUT_WR
from typing import Any
from urllib.parse import parse_qs

import simple_websocket
from engineio import Server
from engineio.async_drivers.gevent import WebSocketWSGI
from flask import Flask
from gevent.event import Event
from wsproto.utilities import ProtocolError

from application.base.errors import RateLimited
from application.realtime.gate import POSTS_AT_ONCE, Gate

MAX_FRAMES = 1000
"""Frames in one polling request."""

MAX_WAITING_FRAMES, MAX_WAITING_BYTES = 16, 1024 * 1024
"""How much of a WebSocket may wait to be let in before no more is read from it."""

_PROPER = re.compile(r"1|2probe|3(?:probe)?|5|4[0-9].*", re.DOTALL)
"""Close, ping and pong, upgrade, and Socket.IO packets; whatever follows the packet's type is for that layer."""
_SEPARATOR = "\x1e"

Environment = dict[str, Any]
_BAD_REQUEST, _TOO_LARGE, _TOO_MANY = "400 BAD REQUEST", "413 CONTENT TOO LARGE", "429 TOO MANY REQUESTS"
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]
Answer = tuple[str, list[tuple[str, str]], Iterable[bytes]]


def guard(app: Flask, engine: Server, gate: Gate, path: str = "/socket.io/") -> None:
    """Let only proper frames reach the engine, over either transport, each at its turn at the gate."""

    class GatedWebSocket(TolerantWebSocket):
        def __init__(self, handler: Callable[..., Any], engine: Server) -> None:
            super().__init__(handler, engine, gate)

    engine._async = {**engine._async, "websocket": GatedWebSocket}
    guarded = RequestGuard(app.wsgi_app, path, engine.max_http_buffer_size, gate)
    app.wsgi_app = guarded  # type: ignore[method-assign,assignment]


def is_proper(frame: str | bytes) -> bool:
    """Whether a frame of a WebSocket is one that Engine.IO can take. Binary ones are attachments, which we do not."""
    return isinstance(frame, str) and bool(_PROPER.fullmatch(frame))


def frames_in(body: bytes) -> list[str]:
    """The frames of a polling request, proper or not; one more than MAX_FRAMES at most."""
    # What is not UTF-8 is replaced by a sign that can stand in no packet's type, and in a text does no harm.
    return body.decode(errors="replace").split(_SEPARATOR, MAX_FRAMES)


class BoundedWebSocket(simple_websocket.Server):
    """A WebSocket of which no more is read while much of it waits: then its sender waits, and not our memory."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self._taken = Event()
        super().__init__(*args, **options)

    def receive(self, timeout: float | None = None) -> Any:
        """The next message."""
        message = super().receive(timeout)
        self._taken.set()
        return message

    def close(self, reason: Any = None, message: str | None = None) -> None:
        """End the connection."""
        try:
            super().close(reason, message)
        finally:
            self._taken.set()

    def _handle_events(self) -> bool:
        goes_on = bool(super()._handle_events())
        while goes_on and self.connected and self._is_full():
            self._taken.clear()
            self._taken.wait(1)
        return goes_on

    def _is_full(self) -> bool:
        return len(self.input_buffer) >= MAX_WAITING_FRAMES or sum(map(len, self.input_buffer)) >= MAX_WAITING_BYTES


class TolerantWebSocket(WebSocketWSGI):
    """A WebSocket that passes over improper frames, and ends on one that is too large before it has all of it."""

    def __init__(self, handler: Callable[..., Any], engine: Server, gate: Gate) -> None:
        super().__init__(handler, engine)
        self.server_args["max_message_size"] = engine.max_http_buffer_size
        self._eio_sid: str = handler.__self__.sid  # type: ignore[attr-defined]
        self._gate = gate

    def __call__(self, environ: Environment, _start_response: Callable[..., Any]) -> Any:
        """Serve the connection until it ends, and end it below as well: while a client kept its half open, what reads
        here would hold it for as long."""
        self.ws = BoundedWebSocket(environ, **self.server_args)
        try:
            return self.app(self)
        finally:
            with suppress(OSError):  # the client may have gone first
                self.ws.sock.shutdown(SHUT_WR)

    def wait(self) -> Any:
        """The next proper frame; None when the connection has ended."""
        while (frame := super().wait()) is not None:
            if not self._gate.admit(self._eio_sid, frame):
                return None
            if is_proper(frame):
                return frame
        return None


class RequestGuard:
    """WSGI middleware before the engine: hands it the frames of a polling request one by one, and answers what it would
    leave to the web server as a crash."""

    def __init__(self, application: Application, path: str, bytes_most: int, gate: Gate) -> None:
        self._application, self._path, self._bytes_most, self._gate = application, path, bytes_most, gate

    def __call__(self, environment: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        if not environment["PATH_INFO"].startswith(self._path):
            return self._application(environment, start_response)
        # Read as the engine reads it: what it takes for a new connection is counted as one.
        eio_sid = parse_qs(environment.get("QUERY_STRING", "")).get("sid", [None])[0]
        if eio_sid is None and environment["REQUEST_METHOD"] != "OPTIONS":
            try:
                self._gate.count_new(str(environment.get("REMOTE_ADDR", "")))
            except RateLimited:
                return _answered(_refusal(_TOO_MANY), start_response)
        if environment["REQUEST_METHOD"] == "POST" and eio_sid is not None:
            return _answered(self._post(environment, eio_sid), start_response)
        if _asks_for_half_an_upgrade(environment):
            return _answered(_refusal(_BAD_REQUEST), start_response)
        if eio_sid is not None and self._gate.find(eio_sid):
            self._gate.admit(eio_sid, "")
        try:
            return self._application(environment, start_response)
        except (KeyError, ProtocolError):  # a connection that was just closed; a WebSocket handshake that is none
            return _answered(_refusal(_BAD_REQUEST), start_response)

    def _post(self, environment: Environment, eio_sid: str) -> Answer:
        turnstile = self._gate.find(eio_sid)
        if turnstile is None:
            return _refusal(_BAD_REQUEST)
        if turnstile.posts >= POSTS_AT_ONCE:
            self._gate.cut(eio_sid, "posts")
            return _refusal(_TOO_MANY)
        turnstile.posts += 1
        try:
            return self._let_in(environment, eio_sid)
        finally:
            turnstile.posts -= 1

    def _let_in(self, environment: Environment, eio_sid: str) -> Answer:
        try:
            body = environment["wsgi.input"].read(self._bytes_most + 1)
        except OSError:  # the client was gone before it had sent everything
            return _refusal(_BAD_REQUEST)
        frames = frames_in(body)
        if len(body) > self._bytes_most or len(frames) > MAX_FRAMES:
            return _refusal(_TOO_LARGE)
        answer = None
        for frame in frames:
            if not self._gate.admit(eio_sid, frame):
                return answer or _refusal(_BAD_REQUEST)
            if is_proper(frame):
                answer = self._pass_on(environment, frame)
                if not answer[0].startswith("200"):
                    return answer
        return answer or self._pass_on(environment, "")

    def _pass_on(self, environment: Environment, frame: str) -> Answer:
        body, said = frame.encode(), []
        alone = environment | {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body))}
        try:
            content = self._application(alone, lambda status, headers, *_: said.append((status, headers)))
        except KeyError:  # a connection that was just closed
            return _refusal(_BAD_REQUEST)
        return *said[-1], content


def _asks_for_half_an_upgrade(environment: Environment) -> bool:
    """Whether a request names the WebSocket transport but asks for no upgrade. The engine would take it for polling and
    give no answer."""
    upgrades = "upgrade" in environment.get("HTTP_CONNECTION", "").lower()
    return environment.get("HTTP_UPGRADE", "").lower() == "websocket" and not upgrades


def _refusal(status: str) -> Answer:
    return status, [("Content-Type", "text/plain")], [status.encode()]


def _answered(answer: Answer, start_response: Callable[..., Any]) -> Iterable[bytes]:
    status, headers, content = answer
    start_response(status, headers)
    return content
