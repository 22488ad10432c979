"""The layers below a Socket.IO client, spoken by hand: WebSocket frames and polling requests."""

from __future__ import annotations

import contextlib
import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import websocket

from tests.e2e.player import WAIT_SECONDS, Player


def opened(url: str, **options: Any) -> websocket.WebSocket:
    """A WebSocket on which Engine.IO is open and Socket.IO is not yet."""
    address = url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket"
    socket = websocket.create_connection(address, timeout=WAIT_SECONDS, **options)
    assert socket.recv().startswith("0")
    return socket


class Wire:
    """A WebSocket on which Engine.IO and Socket.IO are spoken by hand, connected as the player."""

    def __init__(self, player: Player, token: Any = "own", **options: Any) -> None:
        self.socket = opened(player.url, **options)
        auth = {"token": player.token if token == "own" else token}
        self.socket.send("40" + json.dumps(auth))
        self.greeting = self.socket.recv()

    def send(self, packet: str) -> None:
        """Send one Engine.IO packet as it is."""
        self.socket.send(packet)

    def ask(self, packet: str, number: int) -> Any:
        """Send a packet that asks for acknowledgement ``number``, and wait for that; pings are answered."""
        self.send(packet)
        while not (answer := self.socket.recv()).startswith(f"43{number}"):
            if answer == "2":
                self.send("3")
        return json.loads(answer[len(f"43{number}") :])[0]

    def is_well(self) -> bool:
        """Whether the connection still works."""
        return bool(self.ask('42999["cancel_find",{}]', 999)["ok"])


def ended_unheard(phone: Wire) -> int:
    """How many pings a phone whose page has stopped is sent until its connection ends."""
    pings = 0
    with contextlib.suppress(websocket.WebSocketConnectionClosedException, ConnectionError):
        while (packet := phone.socket.recv()) and packet != "1":
            pings += packet == "2"
    return pings


class Polling:
    """A polling connection, open for the player unless it is left ``unconnected``."""

    def __init__(self, player: Player, unconnected: bool = False, headers: dict[str, str] | None = None) -> None:
        self.headers = headers or {}
        self.address, self.path = urlsplit(player.url).netloc, "/socket.io/?EIO=4&transport=polling"
        self.path += "&sid=" + json.loads(self.request("GET")[1][1:])["sid"]
        self.greeting = "40" + json.dumps({"token": player.token})
        if not unconnected:
            self.post(self.greeting)
            assert self.request("GET")[1].startswith("40")

    def request(self, method: str, body: Any = None) -> tuple[int, str]:
        """One request on this connection."""
        connection = http.client.HTTPConnection(self.address, timeout=WAIT_SECONDS)
        connection.request(method, self.path, body, self.headers)
        answer = connection.getresponse()
        read = answer.status, answer.read().decode()
        connection.close()
        return read

    def post(self, body: Any) -> int:
        """Send packets; the status."""
        return self.request("POST", body)[0]

    def received(self, count: int) -> list[str]:
        """The next ``count`` acknowledgements."""
        packets: list[str] = []
        while len(packets) < count:
            packets += [packet for packet in self.request("GET")[1].split("\x1e") if packet.startswith("43")]
        return packets
