"""One sandbox that is running: its process, and the socket on which it is asked and answers.

Written for gevent's cooperative sockets and processes and for the plain ones alike: it waits by socket timeouts only.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from application.judge.outcome import MAX_HEADER, MAX_RESULT, Garbled, Reply, read_header
from application.judge.runner import RunnerFailed

START_SECONDS = 20.0
PACES = ("idle", "busy")
"""What is told before the answer: the program waits, or computes again."""

_LENGTH = struct.Struct("!I")


class SandboxFailed(RunnerFailed):
    """The sandbox could not be started: the judge's fault or the machine's, never the player's."""


class SandboxLost(Exception):
    """The sandbox ended, or answered nonsense, while it ran a player's program."""


class SandboxOverdue(Exception):
    """The sandbox did not answer in its time."""


class Box:
    """A running sandbox; a context manager that leaves nothing behind."""

    def __init__(self, command: list[str], environment: dict[str, str], run_as: int | None) -> None:
        self._socket, theirs = socket.socketpair()
        self._received = bytearray()
        self._complaints = os.memfd_create("complaints")
        self._closed = self._greeted = False
        try:
            self.process = subprocess.Popen(
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=self._complaints,
                cwd="/",
                env=environment,
                process_group=0,  # Ctrl-C is the server's, which finishes what is being judged
                user=run_as,
                group=run_as,
                extra_groups=None if run_as is None else [],
            )
        except OSError as error:
            self._socket.close()
            os.close(self._complaints)
            raise SandboxFailed(f"{command[0]} did not start: {error}") from error
        finally:
            theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def greet(self) -> None:
        """Wait until the supervisor inside is ready, if it is not known to be; raises SandboxFailed with what was
        complained about."""
        if self._greeted:
            return
        try:
            reply = self._receive(time.monotonic() + START_SECONDS)
        except (SandboxLost, SandboxOverdue) as error:
            self._kill()
            complaints = os.pread(self._complaints, 4000, 0).decode("utf-8", "replace").strip()
            raise SandboxFailed(f"the sandbox did not start: {complaints or error}") from error
        if reply.end != "ready":
            raise SandboxFailed("the sandbox did not greet")
        self._greeted = True

    @property
    def alive(self) -> bool:
        """Whether the sandbox still runs, so far as can be seen from here."""
        return not self._closed and self.process.poll() is None

    def ask(
        self,
        header: Mapping[str, int],
        payload: bytes,
        seconds: float,
        most: int = MAX_RESULT,
        on_pace: Callable[[str], None] = lambda _: None,
    ) -> Reply:
        """Send one message and wait for the answer to it, of at most ``most`` bytes; raises SandboxLost or, after
        ``seconds``, SandboxOverdue. ``on_pace`` is told each of ``PACES`` that comes before."""
        deadline = time.monotonic() + seconds
        text = json.dumps({**header, "length": len(payload)}).encode()
        self._socket.settimeout(seconds)
        try:
            self._socket.sendall(_LENGTH.pack(len(text)) + text + payload)
        except TimeoutError as error:
            raise SandboxOverdue("the sandbox took nothing in") from error
        except OSError as error:
            raise SandboxLost("the sandbox ended") from error
        while (reply := self._receive(deadline, most)).end in PACES:
            on_pace(reply.end)
        return reply

    def peak_kib(self) -> int:
        """The most memory that a process below the supervisor has had resident, as the kernel of this machine counts
        it; 0 where it does not tell."""
        with contextlib.suppress(OSError, IndexError):
            supervisor = _children(self.process.pid)[0]
            return max((_peak_kib(pid) for pid in _children(supervisor)), default=0)
        return 0

    @property
    def runnable(self) -> bool:
        """Whether a process below the supervisor computes at this moment, or would if it had a core."""
        with contextlib.suppress(OSError, IndexError):
            supervisor = _children(self.process.pid)[0]
            return any(_runnable(pid) for pid in _children(supervisor))
        return False

    def close(self) -> None:
        """Kill everything in the sandbox and wait until it is gone."""
        if self._closed:
            return
        # Killed while it sets its child up, bubblewrap leaves it behind, waiting for ever.
        if not self._greeted and self.process.poll() is None:
            with contextlib.suppress(RunnerFailed):
                self.greet()
        self._closed = True
        try:
            # The supervisor exits when its socket ends, and is killed when bubblewrap is; all others die with it. When
            # it is gone, the socket ends on this side too.
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_WR)
            self._kill()
            self._socket.settimeout(5)
            with contextlib.suppress(OSError):
                while self._socket.recv(65536):
                    pass
        finally:
            self._socket.close()
            os.close(self._complaints)

    def _kill(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()

    def _receive(self, deadline: float, most: int = MAX_RESULT) -> Reply:
        try:
            (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size, deadline))
            if length > MAX_HEADER:
                raise SandboxLost("the sandbox answered nonsense")
            header, console, result = read_header(self._exactly(length, deadline), most)
            return Reply(header["end"], header, self._exactly(console, deadline), self._exactly(result, deadline))
        except Garbled as error:
            raise SandboxLost(f"the sandbox answered nonsense: {error}") from error

    def _exactly(self, length: int, deadline: float) -> bytes:
        while len(self._received) < length:
            left = deadline - time.monotonic()
            if left <= 0:
                raise SandboxOverdue("the sandbox did not answer in time")
            self._socket.settimeout(left)
            try:
                chunk = self._socket.recv(65536)
            except TimeoutError as error:
                raise SandboxOverdue("the sandbox did not answer in time") from error
            except OSError as error:
                raise SandboxLost("the sandbox ended") from error
            if not chunk:
                raise SandboxLost("the sandbox ended")
            self._received += chunk
        taken = bytes(self._received[:length])
        del self._received[:length]
        return taken


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _peak_kib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def _runnable(pid: int) -> bool:
    threads = Path(f"/proc/{pid}/task").glob("*/stat")
    return any(thread.read_text(errors="replace").rpartition(")")[2].split()[0] == "R" for thread in threads)
