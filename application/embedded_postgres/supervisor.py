"""The process between the server and PostgreSQL: it holds the server's life line and stops PostgreSQL when that ends.

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
from pathlib import Path
from typing import Any

LOG_BYTES = 5_000_000
"""At this size the log becomes ``<log>.1``, in the place of the one before."""

_STOPPING = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 3.0), (signal.SIGKILL, 3.0))
"""How PostgreSQL is told to stop, and for how many seconds each is given: roll back and write all out; drop everything
and recover at the next start; no choice. Nothing committed is lost by any of them."""


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
        if os.geteuid() == 0:
            # Root may be a guest in a user's folder, whose own server has to write here the next time.
            owner = self._path.parent.stat()
            os.fchown(file.fileno(), owner.st_uid, owner.st_gid)
        return file


def supervise(command: list[str], log: CappedLog, lock: int, **options: Any) -> int:
    """Run ``command`` until it ends or standard input does; returns its exit code. ``lock`` is an open file that every
    process of PostgreSQL inherits: its lock is free when the last of them is gone, and not before."""
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, pass_fds=[lock], **options
    )
    threading.Thread(target=_stop_at_end_of_input, args=(child,), daemon=True).start()
    assert child.stdout
    while text := os.read(child.stdout.fileno(), 65536):
        log.write(text)
    return child.wait()


def _stop_at_end_of_input(child: subprocess.Popen[bytes]) -> None:
    while os.read(0, 1024):
        pass
    for signal_, seconds in _STOPPING:
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
        return supervise(order["command"], log, order["lock"], **options)
    except (OSError, subprocess.SubprocessError) as error:
        log.write(f"cannot run {order['command'][0]}: {error}\n".encode())
        return 1


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
