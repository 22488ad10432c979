"""Live duels for the measurements."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from benchmarks.servers import Process
from benchmarks.speaker import Json, Speaker

BANK = Path(__file__).parents[1] / "application" / "problems" / "bank"


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

    def close(self) -> None:
        """End both connections."""
        self.ada.close()
        self.bob.close()


def open_duels(server: Process, number: int) -> list[Duel]:
    """So many duels, each with its problem before both players."""
    tokens = server.tokens(2 * number)
    duels = []
    for one, other in zip(tokens[::2], tokens[1::2], strict=True):
        ada, bob = Speaker(server.url, one), Speaker(server.url, other)
        started = [speaker.wait_for("round_started") for speaker in (ada, bob)]
        ada.ask("find_match", {})
        bob.ask("find_match", {})
        bodies = [each.get(timeout=60) or {} for each in started]
        duels.append(Duel(ada, bob, bodies[0]["room"], bodies[0]["problem"]))
    return duels
