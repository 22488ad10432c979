"""From a player's request to the event at the opponent, in 50 rooms of two; the baseline passes messages on.

In Codemaze the requests are ``leave_room`` and ``resume`` in turn: each is checked, journalled and brought to both.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import cycle

import gevent
from gevent.queue import Queue

from benchmarks import servers
from benchmarks.duels import Duel, open_duels
from benchmarks.speaker import Json, Speaker
from benchmarks.table import Row, quantile

ROOMS = 50
FLAT_OUT_SECONDS = 5
STEADY_REQUESTS = 10
"""Of each room, one a second."""

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
        return self._arrivals.get(timeout=60) - asked_at


def measure() -> list[Row]:
    """Requests a second with every room asking as fast as it is answered; latency at one request a second and room."""
    with servers.bare() as process:
        rooms = list(_bare_rooms(process))
        base, base_latencies = _flat_out(rooms), _steady(rooms)
    with servers.codemaze() as process:
        rooms = [Room(_in_and_out(duel), duel.bob, {"player_gone", "player_back"}) for duel in open_duels(process, 50)]
        own, own_latencies = _flat_out(rooms), _steady(rooms)
    rows = [Row(f"requests relayed a second, {ROOMS} rooms flat out", own, base, "bare")]
    for name, share in (("p50", 0.5), ("p99", 0.99)):
        what = f"request to event at the opponent, {ROOMS} rooms, {ROOMS} requests a second, {name} (ms)"
        rows.append(Row(what, 1000 * quantile(own_latencies, share), 1000 * quantile(base_latencies, share), "bare"))
    return rows


def _bare_rooms(process: servers.Process) -> Iterator[Room]:
    for number in range(ROOMS):
        name = f"room {number}"
        one, other = Speaker(process.url), Speaker(process.url)
        for speaker in (one, other):
            speaker.ask("join", name)
        yield Room(_shouts(one, name), other, {"relayed"})


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
        while time.perf_counter() < started + FLAT_OUT_SECONDS:
            room.relay()
            relayed += 1
        return relayed

    jobs = [gevent.spawn(play, room) for room in rooms]
    gevent.joinall(jobs, raise_error=True)
    return sum(job.value or 0 for job in jobs) / (time.perf_counter() - started)


def _steady(rooms: list[Room]) -> list[float]:
    started = time.perf_counter()

    def play(number: int, room: Room) -> list[float]:
        latencies = []
        for turn in range(STEADY_REQUESTS):
            gevent.sleep(max(0.0, started + turn + number / len(rooms) - time.perf_counter()))
            latencies.append(room.relay())
        return latencies

    jobs = [gevent.spawn(play, number, room) for number, room in enumerate(rooms)]
    gevent.joinall(jobs, raise_error=True)
    return [latency for job in jobs for latency in job.value or ()]
