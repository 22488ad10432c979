"""What each language's file supplies."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Protocol, Self

from application.judge.languages.comments import CommentSyntax
from application.judge.languages.program import Mount, Program
from application.judge.signature import Signature
from application.judge.verdicts import Limits

HARNESS = Path(__file__).parent / "harness"
"""The part of each language's program that is not the player's: it reads arguments and writes what was returned."""

PACKAGES = HARNESS / "packages"
"""Programs of others, each one file, that run beside a player's."""


def harness(name: str) -> str:
    """The text of one file of ``HARNESS``."""
    return (HARNESS / name).read_text(encoding="utf-8")


class NotInstalled(Exception):
    """A language is not on this machine. The message says what was looked for."""


class Host(Protocol):
    """The machine on which programs are built and run."""

    def program(self, *names: str) -> Path:
        """The first of these programs that is there, as an absolute path; raises NotInstalled."""
        ...

    def told(self, program: Path, *arguments: str) -> str:
        """What a program prints when run with these arguments, on both streams, stripped; empty if it fails."""
        ...

    def mounts(self, *places: str) -> tuple[Mount, ...]:
        """Files and folders of the machine, at their own places; those that are not there are left out. Shell patterns
        are expanded."""
        ...

    def carried(self, name: str, program: Path) -> tuple[Mount, ...]:
        """Mounts that put ``program``, wherever it lies, at ``/language/<name>`` and its libraries at
        ``/language/lib``."""
        ...

    @property
    def libraries(self) -> tuple[Mount, ...]:
        """The shared libraries of the system, at their own places, with the dynamic loader."""
        ...


@dataclass(frozen=True)
class Language(ABC):
    """One language. ``id`` is what clients send, ``name`` and ``version`` are for people, ``suffix`` is how files of it
    end, ``packages`` are Debian's packages that bring it, ``comments`` is how comments are told from code. ``script``
    is the file of ``HARNESS`` that runs a whole program as a script, where there is one. What is ``included`` comes
    with Codemaze, and is proven before a server is ready; the others may follow."""

    version: str

    id: ClassVar[str]
    name: ClassVar[str]
    suffix: ClassVar[str]
    packages: ClassVar[tuple[str, ...]]
    comments: ClassVar[CommentSyntax]
    script: ClassVar[str | None] = None
    included: ClassVar[bool] = False

    @classmethod
    @abstractmethod
    def find(cls, host: Host) -> Language:
        """The language as it is on this machine; raises NotInstalled."""

    def shown(self) -> dict[str, Any]:
        """What starter code depends on, as JSON values, for a server that has the language only on its workers."""
        return {"version": self.version}

    @classmethod
    def elsewhere(cls, shown: Mapping[str, Any]) -> Self:
        """The language of another machine, which ``shown`` describes: it writes starter code, and builds no program."""
        language = object.__new__(cls)
        object.__setattr__(language, "version", str(shown["version"]))
        return language

    @abstractmethod
    def starter(self, signature: Signature) -> str:
        """A program that defines the function and does nothing yet, to be filled in by the player. It compiles, and
        runs without an error."""

    @abstractmethod
    def program(self, code: str, signature: Signature, limits: Limits) -> Program:
        """How to build and call this code."""

    @abstractmethod
    def echo(self, signature: Signature) -> str:
        """A program that returns its only argument, from which the language's self-test is made."""
