"""The process between the server and PostgreSQL: it holds the server's life line and stops PostgreSQL when that ends.

A PostgreSQL that something else ended is started again.

The server holds the only write end of this process's standard input, so end-of-file means that the server asked to
stop, exited or was killed, whichever way and on whichever operating system. A session of its own keeps Ctrl-C and the
closing of a terminal away from PostgreSQL, which must outlast the server's last transaction. What PostgreSQL reports
goes to a file of bounded size.

Run by its path, isolated from the environment, with one argument in JSON (see ``main``). Standard library only.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

LOG_BYTES = 5_000_000
"""At this size the log becomes ``<log>.1``, in the place of the one before."""

_STOPPING = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 3.0), (signal.SIGKILL, 3.0))
"""How PostgreSQL is told to stop, and for how many seconds each is given: roll back and write all out; drop everything
and recover at the next start; no choice. Nothing committed is lost by any of them."""


READY = b"database system is ready to accept connections"
"""What PostgreSQL reports when it has started. One that has done so is in order, and is started again when it ends."""

RETRY_SECONDS = 0.2
RETRY_FOR_SECONDS = 60.0


class CappedLog:
    """A file that starts anew at ``limit`` bytes and keeps one predecessor."""

    def __init__(self, path: Path, limit: int = LOG_BYTES) -> None:
        self._path, self._limit = path, limit
        self._file = self._open()

    def write(self, text: bytes) -> None:
        """Append ``text``. A full disk must not stop the reading of PostgreSQL's reports, so it is let pass."""
        try:
            if self._file.tell() + len(text) > self._limit:
                self._file.close()
                self._path.replace(self._path.with_name(f"{self._path.name}.1"))
                self._file = self._open()
            self._file.write(text)
        except (OSError, ValueError):
            pass

    def _open(self) -> Any:
        file = self._path.open("ab", buffering=0)
        os.fchmod(file.fileno(), 0o600)  # statements in it may carry what players wrote
        if os.geteuid() == 0:
            # Root may be a guest in a user's folder, whose own server has to write here the next time.
            owner = self._path.parent.stat()
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
        return file


class Supervision:
    """Runs ``command`` until standard input ends, and again whenever it was ended by something else.

    A first start that fails is left alone: whoever asked for it reads why. ``lock`` is an open file that every process
    of PostgreSQL inherits: its lock is free when the last of them is gone, and not before.
    """

    def __init__(self, command: list[str], log: CappedLog, lock: int, **options: Any) -> None:
        self._command, self._log, self._lock, self._options = command, log, lock, options
        self._child: subprocess.Popen[bytes] | None = None
        self._changing = threading.Lock()
        self._stopping = self._ready = False

    def run(self) -> int:
        """Supervise; returns the exit code."""
        threading.Thread(target=self._stop_at_end_of_input, daemon=True).start()
        lived_at = None
        while True:
            code = self._run_once()
            if self._ready:
                self._ready, lived_at = False, time.monotonic()
            # Where it was killed, its own children take a moment to notice, and keep a new one out until then.
            if self._stopping or lived_at is None or time.monotonic() - lived_at > RETRY_FOR_SECONDS:
                return code
            self._log.write(f"PostgreSQL ended by itself with {code}; starting it again\n".encode())
            time.sleep(RETRY_SECONDS)

    def _run_once(self) -> int:
        with self._changing:
            if self._stopping:
                return 0
            self._child = child = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=[self._lock],
                **self._options,
            )
        assert child.stdout
        reports = threading.Thread(target=self._copy, args=(child.stdout.fileno(),), daemon=True)
        reports.start()
        code = child.wait()
        reports.join(1)  # children of a killed one may hold the pipe a little longer
        return code

    def _copy(self, reports: int) -> None:
        tail = b""
        while text := os.read(reports, 65536):
            self._ready = self._ready or READY in tail + text
            tail = text[-len(READY) :]
            self._log.write(text)

    def _stop_at_end_of_input(self) -> None:
        while os.read(0, 1024):
            pass
        with self._changing:
            self._stopping = True
        child = self._child
        for signal_, seconds in _STOPPING if child else ():
            assert child
            child.send_signal(signal_)
            try:
                child.wait(seconds)
            except subprocess.TimeoutExpired:
                continue
            return


def main(order: dict[str, Any]) -> int:
    """Carry out ``order``: ``command``, ``log`` (a path), ``lock`` (a file descriptor), ``user`` and ``group``
    (numbers, or null to stay what we are)."""
    for signal_ in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # A handler that does nothing, for unlike "ignore" it is not passed on to PostgreSQL.
        signal.signal(signal_, lambda *_: None)
    options = {} if order["user"] is None else {"user": order["user"], "group": order["group"], "extra_groups": []}
    log = CappedLog(Path(order["log"]))
    try:
        return Supervision(order["command"], log, order["lock"], **options).run()
    except (OSError, subprocess.SubprocessError) as error:
        log.write(f"cannot run {order['command'][0]}: {error}\n".encode())
        return 1


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
