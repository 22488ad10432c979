"""From what one in a room of two sends to what the other hears of it, beside two baselines.

Codemaze does that in two ways. A frame of the classic client is passed on, as the bare server does with a message. A
request (``leave_room`` and ``resume`` in turn) is checked, journalled, committed and brought to both; the lean server
does so, too, and checks nothing.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, cycle
from typing import NamedTuple

import gevent
from gevent.queue import Queue

from benchmarks import servers
from benchmarks.duels import Duel, connect, open_duels
from benchmarks.pace import paced
from benchmarks.scale import scaled
from benchmarks.speaker import Json, Speaker
from benchmarks.table import Row, quantile
from benchmarks.turns import in_turns, medians_of

_rooms = count(1)
"""The numbers of rooms at the baselines."""

ROOMS = (100, 1000)
FLAT_OUT_SECONDS = 4
STEADY_SECONDS = 8
STEADY_A_SECOND = 50
"""Over all rooms: less than one process can do, so that what is measured is no queue."""

EVENT = {"type": "player_gone", "at": "2026-01-01T12:00:00.000Z", "user_id": 4711, "left": True}
"""What is journalled at the lean baseline: of the size that an event of Codemaze has here."""

Ask = Callable[[], Json]


class Room:
    """Where one asks and the other hears of it."""

    def __init__(self, ask: Ask, other: Speaker, events: set[str]) -> None:
        self.ask, self._events = ask, events
        self._arrivals: Queue[float] = Queue()
        other.heard = self._hear

    def _hear(self, event: str, _body: object, at: float) -> None:
        if event in self._events:
            self._arrivals.put(at)

    def relay(self) -> float:
        """Ask once; the seconds until it has arrived at the other."""
        asked_at = time.perf_counter()
        self.ask()
        return self._arrivals.get(timeout=120) - asked_at


More = Callable[[servers.Process, int], list[Room]]
"""Opens so many rooms at a server."""


class Measured(NamedTuple):
    """With so many rooms: requests a second, what one of them cost the server's process (ms of CPU), and the latencies
    at a steady pace (ms)."""

    a_second: float
    cpu: float
    p50: float
    p99: float


def measure() -> list[Row]:
    """Requests a second with every room asking as fast as it is answered; latency at 50 requests a second in all."""
    return [*_frames(), *_requests()]


def _frames() -> list[Row]:
    rows: list[Row] = []
    with servers.bare() as bare, servers.codemaze(CLASSIC_CLIENT="1") as process:
        opened = _Growing(process, classic_rooms), _Growing(bare, bare_rooms)
        for size, wanted in zip(map(scaled, ROOMS), ("at least 0.8", ""), strict=True):
            own, base = _measured(size, *opened)
            rows += _rows("frames passed on", size, own, base, "bare", (wanted, ""))
    return rows


def _requests() -> list[Row]:
    rows: list[Row] = []
    with servers.lean() as lean, servers.codemaze() as process:
        opened = (
            _Growing(process, _duel_rooms),
            _Growing(lean, partial(lean_rooms, way="one_trip")),
            _Growing(lean, partial(lean_rooms, way="four_trips"), steady=False),
        )
        for size, wanted in zip(map(scaled, ROOMS), (("at least 0.5", ""), ("at least 0.4", "at most 2")), strict=True):
            own, one_trip, four_trips = _measured(size, *opened)
            rows += _rows("requests journalled", size, own, one_trip, "lean, one trip", wanted)
            rows.append(next(_rows("requests journalled", size, own, four_trips, "lean, four trips", ("", ""))))
    return rows


def _rows(
    what: str, rooms: int, own: Measured, base: Measured, baseline: str, wanted: tuple[str, str]
) -> Iterator[Row]:
    yield Row(f"{what} a second, {rooms} rooms flat out", own.a_second, base.a_second, baseline, wanted[0])
    yield Row(f"CPU of the server for one of the {what}, {rooms} rooms flat out (ms)", own.cpu, base.cpu, baseline)
    steady = f"{what} to the opponent, {rooms} rooms, {STEADY_A_SECOND} a second"
    yield Row(f"{steady}, p50 (ms)", own.p50, base.p50, baseline)
    yield Row(f"{steady}, p99 (ms)", own.p99, base.p99, baseline, wanted[1])


class _Growing:
    """The rooms of one server, which become more; ``steady`` where latencies are wanted, too."""

    def __init__(self, process: servers.Process, more: More, steady: bool = True) -> None:
        self._process, self._more, self._steady = process, more, steady
        self.rooms: list[Room] = []

    def grow(self, size: int) -> None:
        self.rooms += self._more(self._process, size - len(self.rooms))

    def measure(self) -> Measured:
        cpu, began = self._process.cpu_seconds(), time.perf_counter()
        relayed = _flat_out(self.rooms)
        a_second, cpu = relayed / (time.perf_counter() - began), self._process.cpu_seconds() - cpu
        spent = [math.nan]
        if self._steady:
            spent = paced([room.relay for room in self.rooms], STEADY_A_SECOND, scaled(STEADY_SECONDS))
        p50, p99 = (1000 * quantile(spent, share) for share in (0.5, 0.99))
        return Measured(a_second, 1000 * cpu / relayed, p50, p99)


def _measured(size: int, *opened: _Growing) -> list[Measured]:
    """Each server with so many rooms: the medians of what was found in turns."""
    for each in opened:
        each.grow(size)
    return [Measured(*medians_of(found)) for found in in_turns(*(each.measure for each in opened))]


def bare_rooms(process: servers.Process, number: int) -> list[Room]:
    """New rooms at the baseline that keeps nothing."""
    return [Room(_shouts(one, name), other, {"relayed"}) for one, other, name in _joined(process, number)]


def lean_rooms(process: servers.Process, number: int, way: str) -> list[Room]:
    """New rooms at the baseline that keeps a journal, in ``one_trip`` or in ``four_trips``."""
    return [Room(_appends(one, way, name), other, {"appended"}) for one, other, name in _joined(process, number)]


def _joined(process: servers.Process, number: int) -> Iterator[tuple[Speaker, Speaker, int]]:
    """Two connections in each new room of a baseline, and the room's number."""
    speakers = connect(process.url, [None] * (2 * number))
    for one, other in zip(speakers[::2], speakers[1::2], strict=True):
        name = next(_rooms)
        for speaker in (one, other):
            speaker.ask("join", name)
        yield one, other, name


def classic_rooms(process: servers.Process, number: int) -> list[Room]:
    """New rooms of the classic client."""
    users = servers.new_users(process.database, 2 * number)
    speakers = connect(process.url, [None] * (2 * number))
    rooms = []
    for at in range(0, 2 * number, 2):
        for speaker, (user_id, name) in zip(speakers[at : at + 2], users[at : at + 2], strict=True):
            speaker.ask("join_room", {"username": name, "userId": str(user_id)})
        rooms.append(_classic_room(*speakers[at : at + 2]))
    return rooms


def _classic_room(one: Speaker, other: Speaker) -> Room:
    return Room(lambda: one.ask("check_answer", True), other, {"checked_answer"})


def _duel_rooms(process: servers.Process, number: int) -> list[Room]:
    duels = open_duels(process, number)
    return [Room(_in_and_out(duel), duel.bob, {"player_gone", "player_back"}) for duel in duels]


def _shouts(speaker: Speaker, room: int) -> Ask:
    return lambda: speaker.ask("relay", {"room": room})


def _appends(speaker: Speaker, way: str, room: int) -> Ask:
    return lambda: speaker.ask(way, {"room": room, "event": EVENT})


def _in_and_out(duel: Duel) -> Ask:
    turns, version = cycle(("leave_room", "resume")), 3

    def ask() -> Json:
        nonlocal version
        turn = next(turns)
        answer = duel.ada.ask(turn, {"room": duel.room} | ({"after": version} if turn == "resume" else {}))
        version = answer["version"]
        return answer

    return ask


def _flat_out(rooms: list[Room]) -> int:
    """How many requests were passed on."""
    started = time.perf_counter()

    def play(room: Room) -> int:
        relayed = 0
        while time.perf_counter() < started + scaled(FLAT_OUT_SECONDS):
            room.relay()
            relayed += 1
        return relayed

    jobs = [gevent.spawn(play, room) for room in rooms]
    gevent.joinall(jobs, raise_error=True)
    return sum(job.value or 0 for job in jobs)
