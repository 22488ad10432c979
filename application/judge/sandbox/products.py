"""Compiling, and the products that are kept for whoever hands in the same code again."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import re
import signal
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from pathlib import Path

from application.judge.languages.program import PREPARED, WORK, Build, Mount
from application.judge.outcome import Reply
from application.judge.sandbox.box import Box, SandboxFailed, SandboxLost, SandboxOverdue
from application.judge.sandbox.runtime import Runtime, identity
from application.judge.sandbox.store import USUAL, Bounds, Store
from application.judge.sandbox.waits import Load
from application.judge.slots import current
from application.judge.text import MAX_MESSAGE, clean

BUILD_SECONDS = 40.0
BUILD_CPU_SECONDS = 20
"""How long compiling may take: computing and waiting of all that takes part in it, and each process in CPU time."""

BUILD_PATIENCE = 6
"""How many times ``BUILD_SECONDS`` it gets by the clock at most, however busy the machine is."""

BUILD_MEMORY_MIB = 2048
"""Writable private memory of one process of a compiler."""

WORK_MIB = 256
MAX_BUILDS = 3
"""How often products are built anew that somebody else removes at once."""

_NAME = re.compile(r"(?=.{1,240}\Z)[\w$][\w$.-]*(?:/[\w$][\w$.-]*)*\Z")


class NotBuilt(Exception):
    """The code does not compile. The message is the compiler's, for the player."""


class Products:
    """A folder of compiled programs, each in a folder of its own, named after all that it was made from."""

    def __init__(self, runtime: Runtime, start: Callable[[Build], Box], bounds: Bounds = USUAL) -> None:
        self._runtime, self._start = runtime, start
        self._folder = runtime.private("products")
        self._store = Store(self._folder, bounds)

    @contextlib.contextmanager
    def used(self, build: Build, *, ours: bool = False) -> Iterator[Path]:
        """The folder with the products of ``build``, built now if they are not there, until the end of the block.

        ``ours`` says that the sources are none of the player's. Raises NotBuilt (SandboxFailed for ours), and
        SandboxFailed when there is no sandbox to build in or no room for what it makes.
        """
        with contextlib.ExitStack() as using:
            try:
                found = self._found(build, None if ours else current().asker.user, using)
            except NotBuilt as error:
                if not ours:
                    raise
                raise SandboxFailed(f"a part of the judge does not compile: {error}") from error
            yield found

    def _found(self, build: Build, owner: Hashable, using: contextlib.ExitStack) -> Path:
        key = hashlib.sha256(_made_of(build).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        for _ in range(MAX_BUILDS):
            kept = using.enter_context(self._store.used(key))
            if kept is not None:
                return kept
            with contextlib.ExitStack() as building:
                whole = build
                if build.prepared:
                    prepared = Mount(building.enter_context(self.used(build.prepared, ours=True)), PREPARED)
                    whole = replace(build, prepared=None, mounts=(*build.mounts, prepared))
                self._place(self._built(whole), key, build)
            kept = using.enter_context(self._store.used(key))
            self._store.made(key, owner)
            if kept is not None:
                return kept
        raise SandboxFailed("what was compiled does not stay where it is kept")

    def _place(self, reply: Reply, key: str, build: Build) -> None:
        """Keep what was built; on a full disk, in the place of all that is not in use."""
        for last in (False, True):
            try:
                self._runtime.place(self._folder / key, lambda folder: _unpack(reply, folder, build))
                return
            except OSError as error:
                if last or error.errno not in (errno.ENOSPC, errno.EDQUOT):
                    raise SandboxFailed(f"what was compiled cannot be kept: {error.strerror}") from error
                self._store.shrink(to_mib=0)

    def _built(self, build: Build) -> Reply:
        with contextlib.closing(self._start(build)) as box:
            box.greet()
            sources, load = json.dumps(dict(build.sources)).encode(), Load()
            try:
                wall_ms = int(BUILD_SECONDS * 1000)
                limits = {
                    "wall_ms": wall_ms,
                    "clock_ms": BUILD_PATIENCE * wall_ms,
                    "cpu_ms": BUILD_CPU_SECONDS * 1000,
                }
                reply = box.ask(limits, sources, BUILD_PATIENCE * BUILD_SECONDS + 5, _most(build))
            except SandboxLost as error:
                raise NotBuilt("The compiler ended the sandbox it ran in.") from error
            except SandboxOverdue as error:
                raise SandboxFailed("compiling did not come to an end by the clock") from error
        if kept_from_it(reply, load.saturated):
            raise SandboxFailed("the machine was too busy to compile in time")
        if reply.end != "built":
            raise NotBuilt(_complaint(reply))
        return reply


def kept_from_it(reply: Reply, saturated: bool) -> bool:
    """Whether a compiler did not come to an end because the machine, ``saturated`` meanwhile, was busy elsewhere: it is
    over by the clock, or seems to have waited for most of its time."""
    why, waited_ms = reply.header.get("why"), reply.header.get("waited_ms", 0)
    return saturated and (why == "late" or (why == "wall" and waited_ms > BUILD_SECONDS * 1000 / 2))


def _made_of(build: Build) -> str:
    """All that decides what comes of a build."""
    mounted = "".join(identity(mount.source) for mount in build.mounts)
    return repr(build) + mounted + (_made_of(build.prepared) if build.prepared else "")


def _most(build: Build) -> int:
    """How many bytes the products may have, and four for the frame that they come in."""
    return build.most_mib * 1024 * 1024 + 4


def _unpack(reply: Reply, folder: Path, build: Build) -> None:
    """Write what came out of the sandbox, trusting neither its names nor its lengths."""
    files, at, most = reply.header.get("files"), 0, _most(build)
    if not isinstance(files, list):
        raise NotBuilt("The compiler's sandbox answered nonsense.")
    for entry in files:
        name, size, program = entry if isinstance(entry, list) and len(entry) == 3 else ("", 0, False)
        if not (isinstance(name, str) and _NAME.match(name) and type(size) is int and 0 <= size <= most):
            raise NotBuilt("The compiler made a file that cannot be kept.")
        try:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            raise NotBuilt("The compiler made a file that is a folder, too.") from None
        (folder / name).write_bytes(reply.result[at : at + size])
        (folder / name).chmod(0o755 if program else 0o644)
        at += size
    if not files and not any(product.endswith("/") for product in build.products):
        raise NotBuilt("The compiler made no program.")


def _complaint(reply: Reply) -> str:
    why = reply.header.get("why")
    if why in ("wall", "late"):
        return f"Compiling took longer than {BUILD_SECONDS:.0f} s."
    if why == "cpu" or reply.header.get("signal") == signal.SIGXCPU:
        return f"Compiling took more than {BUILD_CPU_SECONDS} s of CPU time."
    if why == "size":
        return "The compiled program is too large."
    said = reply.console.decode("utf-8", "replace").replace(f"{WORK}/", "").strip()
    if len(said) > MAX_MESSAGE:
        return clean(said) + "\n[the rest is cut off]"
    number = reply.header.get("signal")
    return clean(
        said or (f"The compiler was ended by the signal {number}." if number else "The code does not compile.")
    )
