"""The services on a real PostgreSQL, with a clock that the test sets and nothing running by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from application.accounts.models import User
from application.base.config import Settings
from application.base.database import connect, db
from application.base.identity import Identity
from application.house import Codemaze, build
from application.journal.models import Room
from application.journal.transaction import transaction
from application.judge.machine import Judge
from application.judge.verdicts import Judgement, Verdict
from application.matches import lobby
from application.matches.rules.events import Recorded, name_of
from application.matches.timeline import Timeline
from application.realtime.connections import Connection
from tests.conftest import Databases


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


class House:
    """One server process without a door to the network. Two of them on one database are two processes."""

    def __init__(self, url: str, judge: Judge, clock: Clock, **own: Any) -> None:
        """``own``: settings of this process alone. Time stands still here, so every match is rated unless they say
        otherwise."""
        common = {"database_url": url, "jwt_secret_key": "k" * 32, "judge_slots": 1}
        lenient = {"rated_after_seconds": 0, "rated_per_hour": 0, "rank_floor": 0, "register_rate": "10000 per minute"}
        settings = replace(Settings(), **(common | lenient | own))
        self.url, self.judge, self.clock = url, judge, clock
        self.app: Flask
        self.codemaze: Codemaze
        self.app, self.codemaze = build(settings, judge, clock=clock, choose=lambda ids: ids[0])
        self.matches, self.referee = self.codemaze.matches.service, self.codemaze.matches.deadlines._referee
        self.sent: list[tuple[str, str, dict[str, Any]]] = []
        self.codemaze.sockets.feed._send = self.codemaze.talk.chat.delivery._send = self.send
        self.codemaze.rooms.live_code._send = self.send

    def send(self, sids: Sequence[str], event: str, body: dict[str, Any]) -> None:
        """Note what would be sent."""
        self.sent.extend((sid, event, body) for sid in sids)

    def twin(self, **own: Any) -> House:
        """A second process on the same database, at the same time, with settings of its own."""
        return House(self.url, self.judge, self.clock, **own)

    def user(self, name: str, xp: int = 0) -> int:
        """A new user's id. The hash is no hash: nobody logs in here."""
        user = User(username=name, password_hash="none", xp=xp)
        db.session.add(user)
        db.session.commit()
        return user.id

    def connect(self, user_id: int, sid: str | None = None) -> str:
        """Give the user a connection; its id."""
        sid = sid or f"socket of {user_id}"
        identity = Identity(user_id, "token", self.clock.now)
        self.codemaze.sockets.connections.add(Connection(sid, identity))
        self.codemaze.matches.arrivals.online(user_id)
        return sid

    def disconnect(self, user_id: int) -> None:
        """End all connections of the user."""
        for connection in self.codemaze.sockets.connections.of_user(user_id):
            self.codemaze.sockets.connections.remove(connection.sid)
            self.codemaze.sockets.feed.forget(connection.sid)
        self.codemaze.matches.arrivals.offline(user_id)

    def leave(self, user_id: int, room: str, *sids: str) -> dict[str, Any]:
        """The user leaves the room on these of their connections, or on all of them; the last acknowledgement."""
        answers = []
        for connection in self.codemaze.sockets.connections.of_user(user_id):
            if not sids or connection.sid in sids:
                connection.left = self.codemaze.matches.arrivals.live_room(user_id) == room
                answers.append(self.matches.leave(user_id, room))
        return answers[-1]

    def open(self, *user_ids: int, rounds: int = 1) -> Timeline:
        """A match for these users, whose countdown runs."""
        with self.codemaze.matches.engine.act() as act:
            return self.referee.open(act, [user_ids], rounds)[0]

    def record(self, problem_id: int, winner: int, loser: int) -> int:
        """A match that was decided elsewhere, just now; its id."""
        at = self.clock()
        with self.codemaze.matches.engine.act() as act:
            return self.referee.record(act, (winner, loser), problem_id, winner, at, at).match_id

    def wait(self, *user_ids: int) -> None:
        """These users wait in the lobby, and nobody has been paired yet."""
        with transaction(connect) as written:
            lobby.join(written, user_ids, self.clock())

    def pair(self, one: int, other: int) -> str:
        """Two users find each other; the room."""
        self.matches.find(one)
        room: str = self.matches.find(other)["room"]
        return room

    def playing(self, one: int, other: int) -> str:
        """Two users find each other and the countdown ends; the room."""
        room = self.pair(one, other)
        self.clock.advance(3)
        assert self.codemaze.matches.deadlines.handle_due()
        return room

    def submit(self, user_id: int, room: str, client_id: str | None = None) -> int:
        """Hand in some code; the submission's id."""
        submission_id: int = self.matches.submit(user_id, room, "python", "x = 1", client_id)["submission_id"]
        return submission_id

    def judged(self, submission_id: int, verdict: str = "accepted") -> None:
        """The judge answers."""
        passed = 20 if verdict == "accepted" else 3
        self.codemaze.matches.judging.record(submission_id, Judgement(Verdict(verdict), passed, 20))

    def entries(self, room: str) -> tuple[Recorded, ...]:
        """The journal of the match."""
        found = self.codemaze.matches.engine.read_after(room, 0).entries
        assert db.session.scalar(select(Room.version).where(Room.code == room)) == len(found)
        return found

    def names(self, room: str) -> list[str]:
        """The names of the events of the match."""
        return [name_of(entry.event) for entry in self.entries(room)]

    def count(self, model: type, *conditions: Any) -> int:
        """How many rows there are."""
        return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0

    def at_once(self, *calls: Callable[[], Any]) -> list[Any]:
        """Make the calls at the same time, each in a thread and a transaction of its own; answers and errors."""

        def run(call: Callable[[], Any]) -> Any:
            with self.app.app_context():
                try:
                    return call()
                except Exception as error:
                    return error
                finally:
                    db.session.remove()

        db.session.rollback()
        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(run, calls))


def headers(house: House, user_id: int) -> dict[str, str]:
    """What an HTTP request of the user carries."""
    return {"Authorization": house.codemaze.accounts.tokens.issue(db.session.get_one(User, user_id))}


@pytest.fixture
def house(databases: Databases, judge: Judge) -> Iterator[House]:
    """A server process on a fresh database, within its application context."""
    made = House(databases.new(), judge, Clock())
    with made.app.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()
