"""Live duels for the measurements."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import gevent
from gevent.pool import Pool

from application.problems.catalogue.document import BANK
from benchmarks.servers import Process
from benchmarks.speaker import Json, Speaker

AT_ONCE = 20
"""Clients that connect, or look for an opponent, at the same time where that is not what is measured."""


@dataclass
class Duel:
    """Two speakers in the first round of a match."""

    ada: Speaker
    bob: Speaker
    room: str
    problem: Json

    def wrong_program(self) -> str:
        """A program that runs through all tests and is wrong on most."""
        return f"def {self.problem['signature']['function']}(*args):\n    return None\n"

    def right_program(self) -> str:
        """The reference solution."""
        reference: str = json.loads((BANK / f"{self.problem['slug']}.json").read_text())["reference"]
        return reference

    def resign(self) -> None:
        """Bob gives up; waits until both know how the match has ended."""
        ended = [speaker.wait_for("match_finished") for speaker in (self.ada, self.bob)]
        self.bob.ask("resign", {"room": self.room})
        gevent.wait(ended, timeout=120)

    def close(self) -> None:
        """End both connections."""
        self.ada.close()
        self.bob.close()


def connect(url: str, tokens: Sequence[str | None]) -> list[Speaker]:
    """A speaker for each token; None for a server that asks for none."""
    return list(Pool(AT_ONCE).map(lambda token: Speaker(url, token), tokens))


def pair(speakers: Sequence[Speaker], at_once: int = AT_ONCE) -> list[Duel]:
    """Let all of them look for an opponent, ``at_once`` at the same time, until each has a problem to solve."""
    started = [speaker.wait_for("round_started") for speaker in speakers]
    Pool(at_once).map(lambda speaker: speaker.ask("find_match", {}), speakers)
    met: dict[str, tuple[Speaker, Json]] = {}
    duels = []
    for speaker, event in zip(speakers, started, strict=True):
        body = event.get(timeout=120) or {}
        room = body["room"]
        if room in met:
            duels.append(Duel(met[room][0], speaker, room, body["problem"]))
        met[room] = speaker, body
    return duels


def open_duels(server: Process, number: int) -> list[Duel]:
    """So many duels, each with its problem before both players."""
    return pair(connect(server.url, server.tokens(2 * number)))
