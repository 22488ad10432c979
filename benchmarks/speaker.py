"""A light Socket.IO client on gevent, so that what is measured is the server."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import gevent
import websocket
from gevent.event import AsyncResult

Json = dict[str, Any]
BUSY_SECONDS = 0.5


class Refused(RuntimeError):
    """The server said no, and ``code`` is why."""

    def __init__(self, event: str, given: Json) -> None:
        super().__init__(f"{event} was refused: {given}")
        self.code = str(given.get("code"))


class Speaker:
    """One WebSocket that speaks Socket.IO.

    Every event is counted in ``events`` and handed to ``heard`` with the time it arrived (seconds).
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url, self.token, self.events = url, token, 0
        address = url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
        self._socket = websocket.create_connection(address, timeout=120)
        self._receive()
        self._socket.send("40" + (json.dumps({"token": token}) if token else ""))
        if not (greeting := self._receive()).startswith("40"):
            raise ConnectionError(f"the server refused the connection: {greeting}")
        self._asked = 0
        self._answers: dict[int, AsyncResult[Json]] = {}
        self.heard: Callable[[str, Any, float], None] = lambda _event, _body, _at: None
        self._listener = gevent.spawn(self._listen)

    def ask(self, event: str, payload: Any) -> Json:
        """Send a request and wait for its acknowledgement, which must be a yes. ``payload`` may be None for none.

        Where the server has too much to do at once it says so, and is asked again, as clients do.
        """
        while (given := self._asked_once(event, payload)).get("code") == "database_unavailable":
            gevent.sleep(BUSY_SECONDS)
        if not (given.get("ok") or given.get("success")):  # the classic client is told of success
            raise Refused(event, given)
        return given

    def again(self) -> Speaker:
        """The same client on a new connection."""
        return Speaker(self.url, self.token)

    def wait_for(self, event: str) -> AsyncResult[Json]:
        """What the next event of this name will carry; takes the place of ``heard``."""
        found: AsyncResult[Json] = AsyncResult()

        def hear(name: str, body: Any, _at: float) -> None:
            if name == event and not found.ready():
                found.set(body)

        self.heard = hear
        return found

    def is_open(self) -> bool:
        """Whether neither side has ended the connection."""
        return not self._listener.dead

    def close(self) -> None:
        """End the connection."""
        self._listener.kill()
        self._socket.shutdown()  # type: ignore[no-untyped-call]

    def _asked_once(self, event: str, payload: Any) -> Json:
        self._asked += 1
        answer: AsyncResult[Json] = AsyncResult()
        self._answers[self._asked] = answer
        self._socket.send(f"42{self._asked}{json.dumps([event] if payload is None else [event, payload])}")
        return answer.get(timeout=120) or {}

    def _receive(self) -> str:
        packet = self._socket.recv()
        return packet if isinstance(packet, str) else packet.decode()

    def _listen(self) -> None:
        while True:
            try:
                packet = self._receive()
            except (OSError, websocket.WebSocketException):
                return
            at = time.perf_counter()
            if packet == "2":
                self._socket.send("3")
            elif packet.startswith("43"):
                number, _, body = packet[2:].partition("[")
                self._answers.pop(int(number)).set(json.loads("[" + body)[0])
            elif packet.startswith("42"):
                event, body = json.loads(packet[2:])
                self.events += 1
                self.heard(event, body, at)
