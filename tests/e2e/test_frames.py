"""How many frames a connection is sent: constants, however many rooms are alive beside its own.

They are counted at raw WebSockets, one for each player, from the first frame to the last one before the server ends.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable

import websocket
from sqlalchemy import create_engine, text

from application.problems.catalogue.document import load
from tests.conftest import BANK
from tests.e2e.conftest import Server, StartServer
from tests.e2e.player import WAIT_SECONDS, Json
from tests.e2e.test_hostile_http import forged
from tests.e2e.wire import opened

ROOMS = int(os.environ.get("FRAMES_ROOMS", "20"))
"""How many rooms are alive at the same time."""

JUDGED = 5
"""In how many of them code is handed in, so that it is not the judge that is waited for."""

STARTED = ["match_found", "match_started", "round_started"]
WRONG = ["submission_received", "submission_judged"]
RIGHT = ["submission_received", "submission_judged", "round_finished", "match_finished"]
RESIGNED = ["player_resigned", "match_finished"]


class Listener:
    """One connection, and every frame that came over it: ``events`` in order, and the ``answers`` to each request."""

    def __init__(self, url: str, user_id: int) -> None:
        self.socket = opened(url)
        self.socket.send("40" + json.dumps({"token": forged(sub=str(user_id), jti=f"frames-{user_id}")}))
        assert self.socket.recv().startswith("40")
        self.events: list[tuple[str, Json]] = []
        self.answers: list[list[Json]] = []
        self._news = threading.Condition()
        # Each in a thread of its own: whoever does not answer the server's pings is cut off.
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    def ask(self, event: str, **payload: object) -> Json:
        """Send a request and wait for its answer."""
        answers: list[Json] = []
        self.answers.append(answers)
        self.socket.send(f"42{len(self.answers) - 1}{json.dumps([event, payload])}")
        self._wait(lambda: bool(answers))
        assert answers[0]["ok"], answers
        return answers[0]

    def hear(self, count: int) -> None:
        """Wait until there have been so many events."""
        self._wait(lambda: len(self.events) >= count)

    def hear_out(self) -> None:
        """Wait until the server has ended the connection."""
        self._listening.join(WAIT_SECONDS)
        assert not self._listening.is_alive()

    def _wait(self, arrived: Callable[[], bool]) -> None:
        with self._news:
            assert self._news.wait_for(arrived, WAIT_SECONDS), [name for name, _ in self.events]

    def _listen(self) -> None:
        while frame := self._read():
            with self._news:
                if frame.startswith("43"):
                    number, _, body = frame[2:].partition("[")
                    self.answers[int(number)].append(json.loads("[" + body)[0])
                elif frame.startswith("42"):
                    self.events.append(tuple(json.loads(frame[2:])))
                else:
                    assert frame in "12", f"a frame that nobody expects: {frame!r}"
                self._news.notify_all()

    def _read(self) -> str:
        """The next frame; empty when the connection has ended."""
        try:
            frame = str(self.socket.recv())
            if frame == "2":
                self.socket.send("3")
        except (OSError, websocket.WebSocketException):
            return ""
        return frame


def listeners(server: Server, count: int) -> list[Listener]:
    """New users with a connection each. They are written straight to the database: making passwords takes long."""
    engine = create_engine(server.environment["DATABASE_URL"])
    with engine.begin() as connection:
        numbers = "SELECT 'frames' || number, 'none' FROM generate_series(1, :count) number"
        made = text(f"INSERT INTO users (username, password_hash) {numbers} RETURNING id")
        user_ids = list(connection.scalars(made, {"count": count}))
    engine.dispose()
    return [Listener(server.url, user_id) for user_id in user_ids]


def test_frames_are_constants_in_any_number_of_rooms(start_server: StartServer) -> None:
    server = start_server()
    everybody = listeners(server, 2 * ROOMS)
    pairs = list(zip(everybody[::2], everybody[1::2], strict=True))
    rooms = []
    for one, other in pairs:
        assert one.ask("find_match")["status"] == "waiting"
        rooms.append(other.ask("find_match")["room"])
    for listener in everybody:
        listener.hear(len(STARTED))

    judged = list(zip(pairs, rooms, strict=True))[:JUDGED]
    for (one, _), room in judged:
        one.ask("submit_code", room=room, language="python", code="def nothing(): pass")
    for (one, other), room in judged:
        for listener in (one, other):
            listener.hear(len(STARTED + WRONG))
        slug = dict(other.events)["round_started"]["problem"]["slug"]
        other.ask("submit_code", room=room, language="python", code=load(BANK / f"{slug}.json").reference)
    for (one, _), room in list(zip(pairs, rooms, strict=True))[JUDGED:]:
        one.ask("resign", room=room)
    for number, pair in enumerate(pairs):
        for listener in pair:
            listener.hear(len(STARTED + (WRONG + RIGHT if number < JUDGED else RESIGNED)))

    server.stop()
    for number, (pair, room) in enumerate(zip(pairs, rooms, strict=True)):
        for listener in pair:
            listener.hear_out()
            heard = [name for name, _ in listener.events]
            happened = WRONG + RIGHT if number < JUDGED else RESIGNED
            assert heard == STARTED + happened + ["server_restarting"], (number, heard)
            assert {body["room"] for _, body in listener.events[:-1]} == {room}
            assert {len(answers) for answers in listener.answers} <= {1}
