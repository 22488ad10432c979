"""The languages that this server judges. Each is one file: how to run it, and the starter code of a signature."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

from application.judge.sandbox import Mount, Runtime
from application.judge.signature import Signature
from application.judge.verdicts import Limits


class Language(Protocol):
    """One language. ``id`` is what clients send, ``name`` and ``version`` are for people."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def mounts(self) -> tuple[Mount, ...]:
        """What it needs in the sandbox beside the Python that is always there."""
        ...

    def setup(self, limits: Limits) -> dict[str, Any]:
        """How the sandbox's supervisor runs its programs."""
        ...

    def starter(self, signature: Signature) -> str:
        """A program that defines the function and does nothing yet, to be filled in by the player."""
        ...


def installed(runtime: Runtime, *, node: Path | None = None) -> dict[str, Language]:
    """The languages found on this machine, by id. Python always is; ``node`` names the Node to use instead of the
    system's or the wheel's."""
    from application.judge.languages import javascript, python

    found = (python.find(), javascript.find(runtime, node))
    return {language.id: language for language in found if language is not None}
