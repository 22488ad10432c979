"""One room in which a hundred play: from a submission to its event at the last of them; beside bare.

Nothing offers such a match yet, so it is made for the measurement, past the lobby.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import partial
from itertools import count

import gevent
from gevent.event import AsyncResult, Event

from application import create_app
from application.base.config import Settings
from application.matches.referee import MatchRules, Referee
from benchmarks import servers
from benchmarks.duels import connect
from benchmarks.pace import Timed, paced
from benchmarks.scale import scaled
from benchmarks.speaker import Json, Speaker
from benchmarks.table import Row, quantile
from benchmarks.turns import in_turns, medians_of

PLAYERS = 100
A_SECOND = 20
SECONDS = 10

PROGRAM = "def"
"""No program at all: the judge has so little to do with it that it is never what is waited for."""


def measure() -> list[Row]:
    """20 submissions a second, of all players in turn; the baseline passes a message on to as many."""
    number = scaled(PLAYERS, least=3)
    with servers.bare() as bare, servers.codemaze() as process:
        own, base = in_turns(lambda: _own(process, number), lambda: _bare(bare, number))
    what = f"one room of {number} players, {A_SECOND} submissions a second: event at the last of them"
    return [
        Row(f"{what}, {name} (ms)", ours, theirs, "bare", wanted)
        for name, ours, theirs, wanted in zip(
            ("p50", "p99"), medians_of(own), medians_of(base), ("", "at most 150 ms"), strict=True
        )
    ]


class _Room:
    """Knows when everybody in it has been given something, by its number."""

    def __init__(self, speakers: Sequence[Speaker]) -> None:
        self._number = len(speakers)
        self._given: Counter[int] = Counter()
        self._last: dict[int, AsyncResult[float]] = defaultdict(AsyncResult)
        self._judged: dict[int, Event] = defaultdict(Event)
        for speaker in speakers:
            speaker.heard = self._hear

    def at_the_last(self, number: int) -> float:
        """When everybody had it; waits until they have."""
        return self._last[number].get(timeout=120) or 0.0

    def wait_for_verdict(self, number: int) -> None:
        """Wait until anybody has been told what became of it."""
        self._judged[number].wait(timeout=120)

    def _hear(self, event: str, body: Json, at: float) -> None:
        if event == "submission_judged":
            self._judged[body["submission_id"]].set()
        elif event in ("submission_received", "relayed"):
            number = body["submission_id"]
            self._given[number] += 1
            if self._given[number] == self._number:
                self._last[number].set(at)


class _Player:
    """One who submits whenever it is their turn."""

    def __init__(self, speaker: Speaker, room: str, everybody: _Room) -> None:
        self._speaker, self._room, self._everybody = speaker, room, everybody
        self._submitted = 0

    def submit(self) -> float:
        """Seconds until all have been told that it was received."""
        if self._submitted:
            self._everybody.wait_for_verdict(self._submitted)
        began = time.perf_counter()
        given = self._speaker.ask("submit_code", {"room": self._room, "language": "python", "code": PROGRAM})
        self._submitted = given["submission_id"]
        return self._everybody.at_the_last(self._submitted) - began


def _own(process: servers.Process, number: int) -> list[float]:
    users = [user_id for user_id, _ in servers.new_users(process.database, number)]
    speakers = connect(process.url, [servers.token(user_id) for user_id in users])
    room = _made(process, users)
    for speaker in speakers:
        while speaker.ask("resume", {"room": room})["view"]["phase"] != "playing":
            gevent.sleep(0.1)
    everybody = _Room(speakers)
    return _spent(speakers, [_Player(speaker, room, everybody).submit for speaker in speakers])


def _bare(process: servers.Process, number: int) -> list[float]:
    speakers = connect(process.url, [None] * number)
    room = f"one room {id(speakers)}"
    for speaker in speakers:
        speaker.ask("join", room)
    everybody, numbers = _Room(speakers), count(1)

    def shout(speaker: Speaker) -> float:
        began, this = time.perf_counter(), next(numbers)
        speaker.ask("relay", {"room": room, "submission_id": this})
        return everybody.at_the_last(this) - began

    return _spent(speakers, [partial(shout, speaker) for speaker in speakers])


def _spent(speakers: Sequence[Speaker], actions: Sequence[Timed]) -> list[float]:
    """p50 and p99, in milliseconds; then the connections have ended."""
    spent = paced(actions, A_SECOND, scaled(SECONDS))
    for speaker in speakers:
        speaker.close()
    return [1000 * quantile(spent, share) for share in (0.5, 0.99)]


def _made(process: servers.Process, users: Sequence[int]) -> str:
    """The room of a new match of all of them."""
    app = create_app(Settings(database_url=process.database, jwt_secret_key=servers.KEY))
    codemaze = app.extensions["codemaze"]
    referee = Referee(codemaze.catalogue.problems, MatchRules(countdown_seconds=0))
    with app.app_context(), codemaze.matches.engine.act() as act:
        room: str = referee.open(act, [users])[0].room
        return room
