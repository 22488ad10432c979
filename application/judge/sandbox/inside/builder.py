"""Compiling in a sandbox of its own: sources come in, compilers run, products go out.

The one message to us is ``{"wall_ms", "clock_ms", "cpu_ms", "length"}`` and the sources, JSON by name. The one answer
is ``{"end": "built"}`` with ``files``, a list of name, size and whether it can be run, and their bytes; or
``{"end": "failed", "why", "waited_ms"}`` with what the compiler printed, or how it ended, as the console. Setup:
``{"commands", "environment", "products", "memory_mib", "most_mib"}``.
"""

from __future__ import annotations

import fnmatch
import json
import os
import resource
import signal
import stat
import time
from typing import Any

import bounds  # type: ignore[import-not-found]
from control import Control  # type: ignore[import-not-found]
from watch import Child, Watch, reported  # type: ignore[import-not-found]

PROCESSES = 256
WORK = "/work"
NUMBERS_AHEAD = 512
"""How many processes and threads may have begun between two looks, so that a new process is still found."""


def build(setup: dict[str, Any], control: Control) -> None:
    """Build once."""
    control.send({"end": "ready"})
    header = control.header()
    sources: dict[str, str] = json.loads(control.receive(header["length"]))
    left_ms, deadline = header["wall_ms"], time.monotonic() + header["clock_ms"] / 1000
    os.chdir(WORK)
    for name, text in sources.items():
        with open(name, "x", encoding="utf-8", errors="replace") as file:
            file.write(text)
    for folder in folders(setup["products"]):
        os.mkdir(folder)
    for command in setup["commands"]:
        clock_ms = max(1.0, (deadline - time.monotonic()) * 1000)
        watch = Watch(start(command, setup, header["cpu_ms"]), control.descriptor)
        end = watch.until_end(header["cpu_ms"], left_ms, clock_ms=clock_ms)
        left_ms -= watch.own_ms
        report = reported(watch, end)
        if end != "exited" or report["signal"] or report["code"]:
            control.send(
                {**report, "end": "failed", "why": end, "waited_ms": round(watch.waited_ms)}, bytes(watch.console)
            )
            return
    # Whatever a compiler has left running must not change the products while they are read.
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        pass
    send_products(setup["products"], setup["most_mib"] * bounds.MIB, control)


class Compiler(Child):  # type: ignore[misc]
    """A command that compiles. What it starts works for it, while it only waits itself."""

    def __init__(self, pid: int, console: int) -> None:
        super().__init__(pid, console)
        self._spent: dict[int, float] = {}

    def spent_ms(self) -> float:
        """CPU time of all processes here but this one, those that have ended as far as was seen.

        They are found by their numbers, which are given one after the other: there is no /proc here.
        """
        for pid in range(2, max(self._spent, default=self.pid) + NUMBERS_AHEAD):
            try:
                self._spent[pid] = time.clock_gettime((~pid << 3) | 2) * 1000
            except OSError:
                pass
        return sum(self._spent.values())


def start(command: list[str], setup: dict[str, Any], cpu_ms: int) -> Compiler:
    console, console_in = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
            os.dup2(console_in, 1)
            os.dup2(console_in, 2)
            os.closerange(3, 1024)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
            bounds.limit_resources(
                cpu_seconds=cpu_ms // 1000,
                data_mib=setup["memory_mib"],
                processes=min(PROCESSES, resource.getrlimit(resource.RLIMIT_NPROC)[1] % (1 << 62)),
                file_mib=setup["most_mib"],
                files=512,
            )
            os.execve(command[0], command, setup["environment"])
        except OSError as error:
            os.write(2, f"{command[0]} cannot be run: {error}\n".encode())
        finally:
            os._exit(71)
    os.close(console_in)
    return Compiler(pid, console)


def matching(patterns: list[str]) -> list[str]:
    """The files of this folder that match, and those in the folders that are named. No link to a folder is followed."""
    found = [name for name in os.listdir(".") if any(fnmatch.fnmatch(name, pattern) for pattern in patterns)]
    for folder in folders(patterns):
        if not os.path.islink(folder):
            found += [os.path.join(inside, name) for inside, _, names in os.walk(folder) for name in names]
    return sorted(found)


def folders(patterns: list[str]) -> list[str]:
    return [pattern.rstrip("/") for pattern in patterns if pattern.endswith("/")]


def send_products(patterns: list[str], most: int, control: Control) -> None:
    files, contents = [], []
    for name in matching(patterns):
        # What a name stands for may have been made by the player's compiler run: no links, pipes or devices.
        try:
            descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            continue
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            os.close(descriptor)
            continue
        with open(descriptor, "rb") as file:
            content = file.read(most + 1)
        files.append([name, len(content), bool(state.st_mode & stat.S_IXUSR)])
        contents.append(content)
        if sum(map(len, contents)) > most:
            control.send({"end": "failed", "why": "size"})
            return
    control.send({"end": "built", "files": files}, result=b"".join(contents))
