"""The servers that are measured: Codemaze with a PostgreSQL of this run, and the baselines, bare and lean."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import jwt
from sqlalchemy import create_engine, make_url, text

from application.postgres import EmbeddedPostgres
from application.problems.catalogue.document import BANK
from cluster import free_port

PROJECT = Path(__file__).parents[1]
KEY = "a key for measurements only, long enough"

PROBLEMS = ("brass-band-ranks", "calm-window")
"""What is played: few, so that no server is still proving problems while it is measured."""

UNHINDERED = {
    **dict.fromkeys(("EVENT_RATE", "CONNECT_RATE", "REQUEST_RATE", "SUBMIT_RATE"), "100000 per second"),
    "ADDRESS_CONNECTIONS": "1000000",
    "CLASSIC_FRAME_RATE": "1000000",
}
"""What is measured is how fast it is, not how it holds back: all the load comes from one address."""

_users = count(1)


class Process:
    """A server process; ``url`` is where it listens."""

    def __init__(self, command: list[str], environment: dict[str, str], port: int, database: str = "") -> None:
        self.url, self.port, self.database = f"http://127.0.0.1:{port}", port, database
        self._command, self._environment = command, environment
        self.start()

    def start(self) -> None:
        """Start it, perhaps again, and wait until it serves."""
        self._child = subprocess.Popen(
            [sys.executable, *self._command],
            cwd=PROJECT,
            env={**os.environ, **self._environment},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._child.stdout
        if not any("stop it" in line for line in self._child.stdout):
            sys.exit("A server did not start.")

    def kill(self) -> None:
        """End it as a crash would."""
        self._child.kill()
        self._child.wait()

    def stop(self) -> None:
        """End it as an operator would."""
        self._child.terminate()
        self._child.wait()

    def memory_kib(self) -> int:
        """Its resident memory."""
        status = Path(f"/proc/{self._child.pid}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))

    def descriptors(self) -> int:
        """Files and sockets that it has open."""
        return sum(1 for _ in Path(f"/proc/{self._child.pid}/fd").iterdir())

    def descendants(self) -> int:
        """The processes that it started, and theirs."""
        return _descendants(self._child.pid)

    def cpu_seconds(self) -> float:
        """What it has used of a core so far: it alone, without PostgreSQL and the programs that it started."""
        spent = [task.read_text().split()[0] for task in Path(f"/proc/{self._child.pid}/task").glob("*/schedstat")]
        return sum(map(int, spent)) / 1e9

    def tokens(self, users: int) -> list[str]:
        """Access tokens of new users."""
        return new_tokens(self.database, users)


def _descendants(pid: int) -> int:
    try:
        children = [child for tasks in Path(f"/proc/{pid}/task").iterdir() for child in _listed(tasks / "children")]
    except OSError:  # it has ended since it was listed
        return 0
    return len(children) + sum(map(_descendants, children))


def _listed(file: Path) -> list[int]:
    return [int(child) for child in file.read_text().split()]


def new_tokens(database: str, users: int) -> list[str]:
    """Access tokens of new users. They are written straight to the database: logging in is not measured here."""
    return [token(user_id) for user_id, _ in new_users(database, users)]


def new_users(database: str, users: int) -> list[tuple[int, str]]:
    """The ids and names of new users, none of whom can log in."""
    made = text(
        "INSERT INTO users (username, password_hash) "
        "SELECT concat('bench-', :batch, '-', n), 'none' FROM generate_series(1, :users) n RETURNING id, username"
    )
    engine = create_engine(database)
    with engine.begin() as connection:
        batch = f"{os.getpid()}-{next(_users)}"
        rows = connection.execute(made, {"batch": batch, "users": users}).all()
    engine.dispose()
    return [(row.id, row.username) for row in rows]


def token(user_id: int) -> str:
    """An access token of a user."""
    now = datetime.now(UTC)
    claims = {"sub": str(user_id), "jti": f"bench-{user_id}", "type": "access", "fresh": False, "iat": now, "nbf": now}
    return jwt.encode(claims | {"exp": now + timedelta(hours=1)}, KEY, algorithm="HS256")


@contextmanager
def workspace() -> Iterator[Path]:
    """A folder that the account of PostgreSQL can reach, too, with the problems to play below ``bank``."""
    with tempfile.TemporaryDirectory(prefix="codemaze-bench-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "bank").mkdir()
        for slug in PROBLEMS:
            shutil.copy(BANK / f"{slug}.json", folder / "bank")
        yield folder


@contextmanager
def codemaze(**settings: str) -> Iterator[Process]:
    """A Codemaze with its defaults, but no countdown and nothing that holds back the load; and with the settings."""
    with workspace() as folder, EmbeddedPostgres(folder / "postgres", lambda _line: None) as postgres:
        url, port = postgres.start(), free_port()
        process = Process(["run.py"], common(folder) | {"DATABASE_URL": url, "PORT": str(port)} | settings, port, url)
        try:
            yield process
        finally:
            process.stop()


def common(folder: Path) -> dict[str, str]:
    """The settings of every Codemaze that is measured."""
    return UNHINDERED | {
        "HOST": "127.0.0.1",
        "DATA_FOLDER": str(folder),
        "BANK_FOLDER": str(folder / "bank"),
        "JWT_SECRET_KEY": KEY,
        "COUNTDOWN_SECONDS": "0",
        "PING_TIMEOUT_SECONDS": "60",  # the load has no core of its own, and nobody is to be cut off for its lateness
        "LOG_LEVEL": "warning",
        "LANGUAGES": "python,javascript",  # the others are tried in the first minute, which is not measured
    }


@contextmanager
def bare() -> Iterator[Process]:
    """The baseline that passes messages on and keeps nothing."""
    port = free_port()
    process = Process(["-m", "benchmarks.bare", str(port)], {}, port)
    try:
        yield process
    finally:
        process.stop()


@contextmanager
def lean() -> Iterator[Process]:
    """The baseline that keeps a journal, with a PostgreSQL as Codemaze has it."""
    with workspace() as folder, EmbeddedPostgres(folder / "postgres", lambda _line: None) as postgres:
        url, port = postgres.start(), free_port()
        address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        process = Process(["-m", "benchmarks.lean", str(port), address], {}, port, url)
        try:
            yield process
        finally:
            process.stop()
