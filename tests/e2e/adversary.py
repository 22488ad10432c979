"""A player who sends whatever they like: programs, requests, frames, connections. Chance alone decides what comes next,
so a seed is a whole adversary."""

from __future__ import annotations

import contextlib
import json
import random
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from application.matches.requests import MatchRequests
from tests.e2e.player import Connection, Player
from tests.e2e.wire import Polling, Wire

PROGRAMS = sorted(
    path
    for suffix in ("py", "js")
    for path in (Path(__file__).parents[1] / "judge_cases" / "hostile").glob(f"*.{suffix}")
)
REQUESTS = [row.name for row in MatchRequests(None, None, None, None, None).rows()]  # type: ignore[arg-type]
LANGUAGES = {".py": "python", ".js": "javascript"}
CALLED = {".py": "\n{0} = solve\n", ".js": "\nvar {0} = solve;\n"}
"""What makes a hostile program one for the problem at hand."""

TEXTS = ["", "x", "\0", "\ud800", "é" * 300, "../../etc/passwd", "' OR 1=1 --", "9" * 40, "[" * 2000, "ROOMAB"]
FRAMES = ["", "9", "b!", "4" + "[" * 1000, '42["find_match"', "451-", "41", "42[1]", '42["x",{}]', "3", "1", "43999[]"]
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW"]
PATHS = [
    "/",
    "/auth/login",
    "/auth//login",
    "/users/profile",
    "/problems/1/report",
    "/sessions/1/events",
    "/run",
    "/x%00",
]
HEADERS = [
    "Content-Length: 5",
    "Content-Length: -1",
    "Transfer-Encoding: chunked",
    "Expect: 100-continue",
    "X: \0",
    "Host: a",
]


class Adversary:
    """Plays one match badly. What comes of any of it does not matter to them."""

    def __init__(self, player: Player, room: str, seed: int) -> None:
        self.player, self.room, self.chance = player, room, random.Random(seed)
        self.address = f"127.0.0.{2 + seed % 200}"
        problem = player.wait_for("round_started")["problem"]
        self.function, self.problem_id = problem["signature"]["function"], problem["id"]
        self.done: list[str] = []
        self._moves: list[Callable[[], object]] = [
            *[self.hand_in] * 4,
            *[self.try_out] * 4,
            *[self.ask_nonsense] * 6,
            self.come_and_go,
            self.claim,
            self.write_frames,
            self.post_many,
            self.hoard_connections,
            *[self.speak_http] * 3,
            self.guess_a_password,
        ]

    def play(self, until: Callable[[], bool]) -> None:
        """One move after another until it is over."""
        while not until():
            move = self.chance.choice(self._moves)
            self.done.append(move.__name__)
            with contextlib.suppress(Exception):
                move()
            if not self.player.connection.client.connected:
                with contextlib.suppress(Exception):
                    self.player.connection = Connection(self.player.url, self.player.token)
            time.sleep(self.chance.uniform(0, 0.1))

    def program(self) -> dict[str, str]:
        """A hostile program for the problem."""
        path = self.chance.choice(PROGRAMS)
        code = path.read_text() + CALLED[path.suffix].format(self.function)
        return {"room": self.room, "language": LANGUAGES[path.suffix], "code": code}

    def hand_in(self) -> object:
        return self.player.connection.client.call("submit_code", self.program(), timeout=5)

    def try_out(self) -> object:
        asked: dict[str, Any] = self.program()
        if self.chance.random() < 0.5:
            asked["args"] = [self.value() for _ in range(self.chance.randint(0, 3))]
        return self.player.connection.client.call("run_code", asked, timeout=5)

    def value(self) -> Any:
        """Any JSON value."""
        made: list[Callable[[], Any]] = [
            lambda: self.chance.choice(TEXTS),
            lambda: self.chance.choice([None, True, 0, -1, 2**64, 1e308, self.problem_id, self.player.id]),
            lambda: [self.value() for _ in range(self.chance.randint(0, 2))],
            lambda: {self.chance.choice(TEXTS): self.value()},
        ]
        return self.chance.choice(made)()

    def ask_nonsense(self) -> None:
        event = self.chance.choice([*(name for name in REQUESTS if name != "resign"), "connect", "*", "x" * 500])
        payload = self.chance.choice([self.value(), {"room": self.room}, {"room": self.room, "code": self.value()}])
        self.player.connection.client.emit(event, payload)

    def come_and_go(self) -> None:
        self.player.connection.ask("leave_room", {"room": self.room})
        self.player.connection.ask("resume", {"room": self.room, "after": self.chance.randint(-5, 10)})

    def claim(self) -> object:
        return self.player.connection.ask("claim_win", {"room": self.room})

    def write_frames(self) -> None:
        wire = Wire(self.player)
        for _ in range(50):
            wire.send(self.chance.choice(FRAMES))
        wire.socket.close()

    def post_many(self) -> None:
        polling = Polling(self.player)
        polling.post("\x1e".join(['42["unknown",{}]'] * 500))

    def hoard_connections(self) -> None:
        with contextlib.ExitStack() as stack:
            for _ in range(20):
                stack.enter_context(self.connected()).sendall(b"GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\n")
            time.sleep(self.chance.uniform(0, 1))

    def speak_http(self) -> None:
        method, path = self.chance.choice(METHODS), self.chance.choice(PATHS)
        headers = "".join(f"{line}\r\n" for line in self.chance.sample(HEADERS, 2))
        body = json.dumps(self.value()) * self.chance.choice([0, 1, 1000])
        request = f"{method} {path} HTTP/1.1\r\nAuthorization: {self.player.token}\r\n{headers}\r\n{body}"
        with self.connected() as plain:
            plain.sendall(request.encode("utf-8", "surrogatepass"))
            plain.recv(1000)

    def guess_a_password(self) -> None:
        body = json.dumps({"username": self.player.name, "password": "a wrong guess"})
        with self.connected() as plain:
            head = (
                f"POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
            )
            plain.sendall(f"{head}\r\n\r\n{body}".encode())
            plain.recv(1000)

    def connected(self) -> socket.socket:
        """A plain connection from an address of the adversary's own."""
        parts = urlsplit(self.player.url)
        return socket.create_connection((parts.hostname, parts.port), 5, (self.address, 0))
