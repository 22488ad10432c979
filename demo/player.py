"""One player of the demo: an account, a socket, and what comes in on it."""

from __future__ import annotations

import queue
import secrets
from typing import Any

import requests

from demo.in_order import InOrderClient

Json = dict[str, Any]
WAIT_SECONDS = 60


class Player:
    """A freshly registered player with a connection."""

    def __init__(self, url: str, name: str) -> None:
        self.url, self.name = url, name
        self.username = f"{name.lower()}-{secrets.token_hex(3)}"
        credentials = {"username": self.username, "password": secrets.token_hex(8)}
        account = credentials | {"listed": False}  # nobody's leaderboard shows who has only been played
        requests.post(f"{url}/auth/register", json=account, timeout=WAIT_SECONDS).raise_for_status()
        login = requests.post(f"{url}/auth/login", json=credentials, timeout=WAIT_SECONDS)
        login.raise_for_status()
        self.token: str = login.json()["access_token"]
        self.id: int = self.get("/users/profile")["id"]
        self.version = 0
        self.connect()

    def get(self, path: str) -> Any:
        """The body of a GET as this player."""
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = requests.get(self.url + path, headers=headers, timeout=WAIT_SECONDS)
        answer.raise_for_status()
        return answer.json()

    def connect(self) -> None:
        """Open a socket; what comes in on it is queued."""
        self._news: queue.Queue[tuple[str, Json]] = queue.Queue()
        self._said: queue.Queue[tuple[str, Json]] = queue.Queue()
        self._socket = InOrderClient(reconnection=False)
        self._socket.on("*", self._hear)
        self._socket.connect(self.url, auth={"token": self.token}, transports=["websocket"])

    def disconnect(self) -> None:
        """Lose the connection."""
        self._socket.disconnect()

    def ask(self, event: str, **payload: Any) -> Json:
        """Send a request; its acknowledgement, which must be a yes."""
        answer: Json = self._socket.call(event, payload, timeout=WAIT_SECONDS)
        if not answer["ok"]:
            raise RuntimeError(f"{self.name}: {event} was refused: {answer['message']}")
        return answer

    def take(self, event: str) -> Json:
        """The next event, which must be this one and bear the next number."""
        name, body = self._news.get(timeout=WAIT_SECONDS)
        if (name, body["version"]) != (event, self.version + 1):
            raise RuntimeError(f"{self.name}: expected {event}, version {self.version + 1}; got {name} {body}")
        self.version = body["version"]
        return body

    def until(self, event: str) -> Json:
        """The next event of this name; those before it must have come without a hole."""
        while True:
            name, body = self._news.get(timeout=WAIT_SECONDS)
            if body["version"] != self.version + 1:
                raise RuntimeError(f"{self.name}: expected version {self.version + 1}; got {name} {body}")
            self.version = body["version"]
            if name == event:
                return body

    def heard(self, event: str) -> Json:
        """The next of this name of what is of no journal."""
        while True:
            name, body = self._said.get(timeout=WAIT_SECONDS)
            if name == event:
                return body

    def _hear(self, event: str, body: Json) -> None:
        (self._news if "version" in body else self._said).put((event, body))
