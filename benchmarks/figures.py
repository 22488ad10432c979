"""The figures by their names, and the groups of them that are measured together."""

from __future__ import annotations

from collections.abc import Sequence
from types import ModuleType

from benchmarks import (
    classroom,
    connections,
    crash,
    crowd,
    door,
    frames,
    hostile,
    journal,
    judge,
    judging,
    leaderboard,
    lobby,
    memory,
    problems,
    relay,
    room,
    scaling,
    soak,
    startup,
)

REALTIME: dict[str, ModuleType] = {
    "relay": relay,
    "memory": memory,
    "crowd": crowd,
    "lobby": lobby,
    "room": room,
    "frames": frames,
    "scaling": scaling,
    "crash": crash,
    "leaderboard": leaderboard,
    "door": door,
    "class": classroom,
    "connections": connections,
}

FIGURES: dict[str, ModuleType] = {
    "judge": judge,
    "judging": judging,
    "hostile": hostile,
    "journal": journal,
    "problems": problems,
    "startup": startup,
} | REALTIME
"""Each has a ``measure`` that returns its rows. First come those that start programs: a process that has held thousands
of connections takes five times as long to start one."""

WHEN_NAMED: dict[str, ModuleType] = {"soak": soak}
"""What takes so long that it is measured only when it is named."""

GROUPS = {"realtime": tuple(REALTIME)}


def chosen(names: Sequence[str]) -> list[str]:
    """The figures that are named, by themselves or by their group; without any name all but the longest. Raises
    KeyError."""
    wanted = [figure for name in names for figure in GROUPS.get(name, (name,))] or list(FIGURES)
    for figure in wanted:
        found(figure)
    return list(dict.fromkeys(wanted))


def found(name: str) -> ModuleType:
    """The figure of this name; raises KeyError."""
    return (FIGURES | WHEN_NAMED)[name]
