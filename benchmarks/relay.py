"""From what one in a room of two sends to what the other hears of it; the baseline passes messages on.

Codemaze does that in two ways. A frame of the classic client is passed on, as a message of the baseline is. A request
(``leave_room`` and ``resume`` in turn) is checked, journalled, committed and brought to both.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from itertools import cycle
from typing import NamedTuple

import gevent
from gevent.queue import Queue

from benchmarks import servers
from benchmarks.duels import Duel, connect, open_duels
from benchmarks.pace import paced
from benchmarks.scale import scaled
from benchmarks.speaker import Json, Speaker
from benchmarks.table import Row, quantile

ROOMS = (100, 500, 1000)
FLAT_OUT_SECONDS = 4
STEADY_SECONDS = 8
STEADY_A_SECOND = 50
"""Over all rooms: less than one process can do, so that what is measured is no queue."""

Ask = Callable[[], Json]


class Room:
    """Where one asks and the other hears of it."""

    def __init__(self, ask: Ask, other: Speaker, events: set[str]) -> None:
        self._ask, self._events = ask, events
        self._arrivals: Queue[float] = Queue()
        other.heard = self._hear

    def _hear(self, event: str, _body: object, at: float) -> None:
        if event in self._events:
            self._arrivals.put(at)

    def relay(self) -> float:
        """Ask once; the seconds until it has arrived at the other."""
        asked_at = time.perf_counter()
        self._ask()
        return self._arrivals.get(timeout=120) - asked_at


class Measured(NamedTuple):
    """With so many rooms: requests a second, and the latencies at a steady pace (seconds)."""

    a_second: float
    latencies: list[float]


def measure() -> list[Row]:
    """Requests a second with every room asking as fast as it is answered; latency at 50 requests a second in all."""
    sizes = [scaled(rooms) for rooms in ROOMS]
    with servers.bare() as process:
        base = _growing(sizes, lambda more: bare_rooms(process, more))
    with servers.codemaze(CLASSIC_CLIENT="1") as process:
        frames = _growing(sizes, lambda more: classic_rooms(process, more))
    with servers.codemaze() as process:
        requests = _growing(sizes, lambda more: [_duel_room(duel) for duel in open_duels(process, more)])
    return [*_rows("frames passed on", sizes, frames, base), *_rows("requests journalled", sizes, requests, base)]


def _rows(what: str, sizes: Sequence[int], own: Sequence[Measured], base: Sequence[Measured]) -> list[Row]:
    rows = []
    for rooms, ours, theirs in zip(sizes, own, base, strict=True):
        rows.append(Row(f"{what} a second, {rooms} rooms flat out", ours.a_second, theirs.a_second, "bare"))
        for name, share in (("p50", 0.5), ("p99", 0.99)):
            own_ms, base_ms = (1000 * quantile(each.latencies, share) for each in (ours, theirs))
            title = f"{what} to the opponent, {rooms} rooms, {STEADY_A_SECOND} a second, {name} (ms)"
            rows.append(Row(title, own_ms, base_ms, "bare"))
    return rows


def bare_rooms(process: servers.Process, number: int) -> list[Room]:
    """New rooms at the baseline."""
    speakers = connect(process.url, [None] * (2 * number))
    rooms = []
    for one, other in zip(speakers[::2], speakers[1::2], strict=True):
        name = f"room {id(one)}"
        for speaker in (one, other):
            speaker.ask("join", name)
        rooms.append(Room(_shouts(one, name), other, {"relayed"}))
    return rooms


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


def _growing(sizes: Sequence[int], more: Callable[[int], list[Room]]) -> list[Measured]:
    rooms: list[Room] = []
    measured = []
    for size in sizes:
        rooms += more(size - len(rooms))
        a_second = _flat_out(rooms)
        latencies = paced([room.relay for room in rooms], STEADY_A_SECOND, scaled(STEADY_SECONDS))
        measured.append(Measured(a_second, latencies))
    return measured


def _duel_room(duel: Duel) -> Room:
    return Room(_in_and_out(duel), duel.bob, {"player_gone", "player_back"})


def _shouts(speaker: Speaker, room: str) -> Ask:
    return lambda: speaker.ask("relay", {"room": room})


def _in_and_out(duel: Duel) -> Ask:
    turns, version = cycle(("leave_room", "resume")), 3

    def ask() -> Json:
        nonlocal version
        turn = next(turns)
        answer = duel.ada.ask(turn, {"room": duel.room} | ({"after": version} if turn == "resume" else {}))
        version = answer["version"]
        return answer

    return ask


def _flat_out(rooms: list[Room]) -> float:
    started = time.perf_counter()

    def play(room: Room) -> int:
        relayed = 0
        while time.perf_counter() < started + scaled(FLAT_OUT_SECONDS):
            room.relay()
            relayed += 1
        return relayed

    jobs = [gevent.spawn(play, room) for room in rooms]
    gevent.joinall(jobs, raise_error=True)
    return sum(job.value or 0 for job in jobs) / (time.perf_counter() - started)
