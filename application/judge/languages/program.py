"""What a language tells the sandbox: how a program is built, and how it is run.

Paths are those inside the sandbox. A program is run in one of three ways:

``fork``   the sandbox's own warm Python forks a child for each test (Python alone);
``serve``  one process answers test after test, each in a fresh context of its own making (Node, the JVM);
``each``   one process a test.

In ``each``, standard input is the request and ends there; what the process writes to its result descriptor is its
answer. In ``serve``, requests and answers are frames, a line with the length in decimal and as many bytes, and an
empty answer comes first, when the process is ready. Where the line says `` last`` after the length, the process wants
no further test: another takes the next one. An answer is JSON: ``{"value": ...}``, or
``{"verdict", "message"}`` in the words of ``judge.verdicts``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

WORK = "/work"
"""The working directory of a build, empty and writable, and of a run, where the products lie, read-only."""


PREPARED = "/language/prepared"
"""Where a build finds the products of the build that it names as ``prepared``."""

APART = "/language/harness"
"""Where a run finds the products of its program's ``harness``."""


@dataclass(frozen=True)
class Mount:
    """A host file or folder that a sandbox sees read-only at ``target``."""

    source: Path
    target: str


@dataclass(frozen=True)
class Build:
    """Turning sources into products.

    ``sources`` are written to ``WORK`` by their names, ``commands`` run there one after another, and the files that
    then match ``products`` (names or shell patterns) are kept. A product ``name/`` is a folder, there from the
    beginning: all that is in it is kept, and it may be nothing. ``mounts`` are what the compiler needs.
    ``environment`` is all the environment there is. The first command that fails ends the build, and what it printed,
    on either stream, becomes the player's message.

    ``prepared`` is a build that is the same for every program of the language, such as the compiler's work on a header;
    its products are made once and lie at ``PREPARED``. A runner may go without them, so that a build only goes faster
    for having them. ``most_mib`` is how large the products may be.
    """

    sources: Mapping[str, str]
    commands: tuple[tuple[str, ...], ...]
    products: tuple[str, ...]
    mounts: tuple[Mount, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    prepared: Build | None = None
    most_mib: int = 64


@dataclass(frozen=True)
class Run:
    """Running a program. Equal runs can take turns in one sandbox, where there are no products.

    ``result`` is the descriptor of the answers; the other two of 1, 2 and 3 are the console. ``threads`` is how many
    threads beside the first the runtime may start; processes never. Memory is bounded by the address space
    (``limit="address"``) or, for runtimes that reserve far more than they use, by writable private memory
    (``limit="data"``): the problem's limit and ``own_mib``, which the runtime itself takes.
    """

    mode: Literal["fork", "serve", "each"]
    command: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    mounts: tuple[Mount, ...] = ()
    result: Literal[1, 3] = 3
    threads: int = 0
    limit: Literal["address", "data"] = "address"
    own_mib: int = 64


@dataclass(frozen=True)
class Program:
    """A player's code in one language, ready to be built and called."""

    run: Run
    request: Callable[[list[Any]], bytes]
    """What the program is sent for one call with these JSON arguments."""
    build: Build | None = None
    harness: Build | None = None
    """What calls the player's code, where it is built apart from it, so that nothing in the one can stand in the way of
    the other. The same for every program of the language; its products lie at ``APART`` in the run."""
    told: Callable[[str], str] = str
    """What the player reads where the compiler or the harness says this: in words that name the player's file alone."""
