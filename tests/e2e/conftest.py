"""Real server processes for the end-to-end tests."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cluster import free_port
from tests.conftest import BANK, PATIENCE_SECONDS, Databases

PROJECT = Path(__file__).parents[2]
START_SECONDS = 120

QUICK = {
    "HOST": "127.0.0.1",
    "JWT_SECRET_KEY": "a key for tests only, thirty-two long",
    "LANGUAGES": "python,javascript",
    "BANK_FOLDER": str(BANK),
    "COUNTDOWN_SECONDS": "0",
    "ABSENCE_SECONDS": "1",
    # The matches of tests end at once, and of the same two people there are many; all are to count.
    "RATED_AFTER_SECONDS": "0",
    "RATED_PER_HOUR": "0",
    "REGISTER_RATE": "10000 per minute",
    "LOGIN_RATE": "10000 per minute",
    "SUBMIT_RATE": "10000 per minute",
    "RUN_RATE": "10000 per minute",
    "SOCKETS_PER_USER": "100",
    "EVENT_RATE": "10000 per minute",
    "CONNECT_RATE": "10000 per minute",
    "REQUEST_RATE": "100000 per minute",
}


class Server:
    """One server process. ``environment`` is what it gets beside what every server of the tests gets."""

    def __init__(self, data_folder: Path, environment: dict[str, str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.environment = inherited | QUICK | {"PORT": str(self.port), "DATA_FOLDER": str(data_folder)} | environment
        self.said: list[str] = []
        self.log = data_folder / f"server-{self.port}.log"
        self.start()

    def start(self) -> None:
        """Start the process and wait until it says that it is ready."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, str(PROJECT / "run.py")],
                cwd=PROJECT,
                env=self.environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.rstrip())
            if "stop it" in line:
                return
        raise AssertionError(f"the server did not start: {self.said}")

    def errors(self) -> list[str]:
        """What it has logged as going wrong."""
        lines = self.log.read_text().splitlines()
        return [line for line in lines if re.search("error|exception|Traceback|failed", line, re.IGNORECASE)]

    def kill(self) -> None:
        """End it as a crash would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it as an operator would; it must do so by itself."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            assert self.process.wait(timeout=PATIENCE_SECONDS) == 0


StartServer = Callable[..., Server]


@contextlib.contextmanager
def starting(workspace: Path, databases: Databases) -> Iterator[StartServer]:
    """Starts server processes with the settings given, each on a playable database of its own, and stops them."""
    started: list[Server] = []

    def start(**environment: str) -> Server:
        server = Server(workspace, {"DATABASE_URL": databases.new()} | environment)
        started.append(server)
        return server

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="module")
def start_server(workspace: Path, databases: Databases) -> Iterator[StartServer]:
    """Starts server processes that end with the module: even one that is asked nothing looks around every second."""
    with starting(workspace, databases) as start:
        yield start


@pytest.fixture(scope="session")
def server(workspace: Path, databases: Databases) -> Iterator[Server]:
    """A server that several tests share."""
    with starting(workspace, databases) as start:
        yield start()


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server with a database of its own inside its data folder, as `make serve` starts it."""
    with tempfile.TemporaryDirectory(prefix="codemaze-own-") as folder:
        Path(folder).chmod(0o755)
        server = Server(Path(folder), {"DATABASE_URL": ""})
        yield server
        server.stop()
