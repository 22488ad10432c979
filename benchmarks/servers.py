"""The servers that are measured: Codemaze with a PostgreSQL of this run, and the bare one."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import jwt
from sqlalchemy import create_engine, text

from application.embedded_postgres import EmbeddedPostgres

PROJECT = Path(__file__).parents[1]
KEY = "a key for measurements only, long enough"


@dataclass
class Process:
    """A server process; ``url`` is where it listens."""

    url: str
    pid: int
    database: str = ""
    _names: Iterator[int] = field(default_factory=count)

    def memory_kib(self) -> int:
        """Its resident memory."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))

    def tokens(self, users: int) -> list[str]:
        """Access tokens of new users. They are written straight to the database: logging in is not measured here."""
        names = [f"bench-{self.pid}-{next(self._names)}" for _ in range(users)]
        engine = create_engine(self.database)
        with engine.begin() as connection:
            made = text("INSERT INTO users (username, password_hash) VALUES (:name, 'none') RETURNING id")
            ids = [connection.execute(made, {"name": name}).scalar_one() for name in names]
        engine.dispose()
        return [_token(user_id) for user_id in ids]


def _token(user_id: int) -> str:
    now = datetime.now(UTC)
    claims = {"sub": str(user_id), "jti": f"bench-{user_id}", "type": "access", "fresh": False, "iat": now, "nbf": now}
    return jwt.encode(claims | {"exp": now + timedelta(hours=1)}, KEY, algorithm="HS256")


@contextmanager
def codemaze(**changed: str) -> Iterator[Process]:
    """A Codemaze with its defaults, but no countdown, and with these settings."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="codemaze-bench-")))
        folder.chmod(0o755)
        postgres = stack.enter_context(EmbeddedPostgres(folder / "postgres", lambda _line: None))
        url = postgres.start()
        settings = {"DATABASE_URL": url, "DATA_FOLDER": str(folder), "COUNTDOWN_SECONDS": "0", "JWT_SECRET_KEY": KEY}
        # What is measured is how fast it is, not how it holds back: all the load comes from one address.
        for rate in ("EVENT_RATE", "CONNECT_RATE", "REQUEST_RATE", "SUBMIT_RATE"):
            settings[rate] = "100000 per second"
        settings |= {"ADDRESS_CONNECTIONS": "100000", "LOG_LEVEL": "warning"}
        settings["LANGUAGES"] = "python,javascript"  # the others are tried in the first minute, which is not measured
        yield stack.enter_context(_running([str(PROJECT / "run.py")], settings | changed, url))


@contextmanager
def bare() -> Iterator[Process]:
    """The baseline."""
    with _running(["-m", "benchmarks.bare"], {}, "") as process:
        yield process


@contextmanager
def _running(command: list[str], settings: dict[str, str], database: str) -> Iterator[Process]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, **settings, "HOST": "127.0.0.1", "PORT": str(port)}
    arguments = command if command[0].endswith("run.py") else [*command, str(port)]
    child = subprocess.Popen(
        [sys.executable, *arguments], cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout
        if not any("stop it" in line for line in child.stdout):
            sys.exit("A server did not start.")
        yield Process(f"http://127.0.0.1:{port}", child.pid, database)
    finally:
        child.terminate()
        child.wait()
