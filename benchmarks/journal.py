"""Commands journalled and acknowledged a second, from 100 clients at once, and what one of them costs the server.

Nothing of theirs is judged meanwhile: programs that never end were handed in before and keep the judge busy. The
baseline appends to as many journals, in one trip each.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import gevent

from benchmarks import servers
from benchmarks.duels import Duel, open_duels
from benchmarks.relay import lean_rooms
from benchmarks.scale import scaled
from benchmarks.speaker import Json, Speaker
from benchmarks.table import Row
from benchmarks.turns import TIMES, in_turns, medians_of

CLIENTS = scaled(100) // 2 * 2

ENDLESS = 20
"""Programs in the way of all others; each has two seconds of CPU."""

Ask = Callable[[], Json]


class Measured(NamedTuple):
    """What was acknowledged a second, and what one of them cost the server's process (ms of CPU)."""

    a_second: float
    cpu: float


def measure() -> list[Row]:
    """Each of 100 sends one submission, three times; then each of 50 gives up, as often."""
    with servers.lean() as lean, servers.codemaze(JUDGE_SLOTS="1") as process:
        rooms = lean_rooms(lean, CLIENTS, "one_trip")
        duels = open_duels(process, TIMES * CLIENTS // 2)
        submissions = _shares(list(_submissions(duels)), CLIENTS)
        resignations = _shares([_resignation(duel) for duel in duels], CLIENTS // 2)
        keep_busy(open_duels(process, scaled(ENDLESS) // 2 + 1))
        judged = _Judged(duels)
        submitted, appended = _medians(
            lambda: _measured(process, next(submissions)), lambda: _measured(lean, [room.ask for room in rooms])
        )
        if judged.number:
            print(f"  {judged.number} of them were judged meanwhile", file=sys.stderr, flush=True)
        resigned, beside = _medians(
            lambda: _measured(process, next(resignations)),
            lambda: _measured(lean, [room.ask for room in rooms[: CLIENTS // 2]]),
        )
        process.kill()  # what was handed in need not be judged
    return [
        *_rows("submit_code", CLIENTS, submitted, appended, ("at least 0.4", "at most 0.8 ms")),
        *_rows("resign", CLIENTS // 2, resigned, beside, ("", "")),
    ]


def _rows(command: str, clients: int, own: Measured, base: Measured, wanted: tuple[str, str]) -> Iterator[Row]:
    what = f"`{command}` acknowledged a second, {clients} clients"
    yield Row(what, own.a_second, base.a_second, "lean, one trip", wanted[0])
    yield Row(f"CPU of the server for one `{command}` (ms)", own.cpu, base.cpu, "lean, one trip", wanted[1])


def keep_busy(duels: Sequence[Duel]) -> None:
    """Give the judge what takes two seconds for each player of these duels."""
    for duel in duels:
        for speaker in (duel.ada, duel.bob):
            program = f"def {duel.problem['signature']['function']}(*args):\n    while True:\n        pass\n"
            speaker.ask("submit_code", {"room": duel.room, "language": "python", "code": program})


class _Judged:
    """Counts the verdicts that the players of these duels get."""

    def __init__(self, duels: Sequence[Duel]) -> None:
        self.number = 0
        for duel in duels:
            for speaker in (duel.ada, duel.bob):
                speaker.heard = self._hear

    def _hear(self, event: str, _body: object, _at: float) -> None:
        self.number += event == "submission_judged"


def _submissions(duels: Sequence[Duel]) -> Iterator[Ask]:
    for duel in duels:
        yield from (_submission(duel, speaker) for speaker in (duel.ada, duel.bob))


def _submission(duel: Duel, speaker: Speaker) -> Ask:
    payload = {"room": duel.room, "language": "python", "code": duel.wrong_program()}
    return lambda: speaker.ask("submit_code", payload)


def _resignation(duel: Duel) -> Ask:
    return lambda: duel.bob.ask("resign", {"room": duel.room})


def _shares(asks: Sequence[Ask], each: int) -> Iterator[Sequence[Ask]]:
    return (asks[first : first + each] for first in range(0, len(asks), each))


def _medians(*measures: Callable[[], Measured]) -> list[Measured]:
    return [Measured(*medians_of(found)) for found in in_turns(*measures)]


def _measured(process: servers.Process, asks: Sequence[Ask]) -> Measured:
    cpu, began = process.cpu_seconds(), time.perf_counter()
    gevent.joinall([gevent.spawn(ask) for ask in asks], raise_error=True)
    passed = time.perf_counter() - began
    return Measured(len(asks) / passed, 1000 * (process.cpu_seconds() - cpu) / len(asks))
