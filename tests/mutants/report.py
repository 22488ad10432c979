"""What a run of mutmut says, beside the survivors that are explained."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ENOUGH = 0.95
"""Of the mutants that are not explained, so many are to be killed."""


@dataclass(frozen=True)
class Change:
    """What a mutant changes: lines of one function, as they were and as they are now, without their indentation."""

    module: str
    function: str
    was: str
    becomes: str


@dataclass(frozen=True)
class Survivor:
    """A mutant that was not killed, by mutmut's name and word for it."""

    name: str
    status: str
    change: Change

    def __str__(self) -> str:
        lines = [f"{self.change.module}, {self.change.function} ({self.status}, mutmut show {self.name}):"]
        lines += [f"  - {line}" for line in self.change.was.splitlines()]
        lines += [f"  + {line}" for line in self.change.becomes.splitlines()]
        return "\n".join(lines)


@dataclass(frozen=True)
class Report:
    """How a run went: what nobody explained, and explanations that explain nothing any more."""

    killed: int
    explained: int
    unexplained: tuple[Survivor, ...]
    outdated: tuple[Change, ...]

    @property
    def score(self) -> float:
        """The share that was killed of what could be."""
        return self.killed / ((self.killed + len(self.unexplained)) or 1)

    @property
    def good(self) -> bool:
        """Whether enough was killed, and the list of survivors is true."""
        return self.score >= ENOUGH and not self.outdated

    def __str__(self) -> str:
        parts = [str(survivor) for survivor in self.unexplained]
        parts += [f"Listed in survivors.toml, but killed or gone: {change}" for change in self.outdated]
        counts = f"{self.killed} killed, {self.explained} survived for a reason, {len(self.unexplained)} for none"
        return "\n".join([*parts, f"{counts}: {self.score:.1%} killed of what can be."])


def report(killed: int, survivors: Iterable[Survivor], listed: Iterable[Change]) -> Report:
    """The report of a run; each change in the list explains one survivor."""
    unexplained, left = [], list(listed)
    explained = 0
    for survivor in survivors:
        if survivor.change in left:
            left.remove(survivor.change)
            explained += 1
        else:
            unexplained.append(survivor)
    return Report(killed, explained, tuple(unexplained), tuple(left))


def change_of(name: str, diff: str) -> Change:
    """The change of the mutant with this name, out of its diff.

    mutmut's names have the module, then ``x_`` and a function or ``xǁ``, a class, ``ǁ`` and a method, then a number.
    """
    module, _, mangled = name.rpartition(".")
    function = mangled.rpartition("__mutmut_")[0][1:]
    function = function[1:].replace("ǁ", ".")
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
    was, becomes = ("\n".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
    return Change(module, function, was, becomes)


def listed(path: Path) -> list[Change]:
    """The survivors that are explained."""
    entries = tomllib.loads(path.read_text())["survivor"]
    assert all(entry.pop("why").strip() for entry in entries), "each survivor has a reason"
    return [Change(**entry) for entry in entries]
