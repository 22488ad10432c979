"""Folders with and without a database, and servers as processes of their own."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from postgres_processes import PROJECT, SERVER, is_over, query, until

from application.postgres import EmbeddedPostgres


@pytest.fixture(scope="session")
def open_place() -> Iterator[Path]:
    """A folder that every user reaches, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="codemaze-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name).resolve()


@pytest.fixture
def empty(open_place: Path) -> Iterator[Path]:
    """A folder in which there is no database yet."""
    folder = Path(tempfile.mkdtemp(dir=open_place))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def filled(open_place: Path) -> Path:
    with EmbeddedPostgres(open_place / "data", print) as postgres:
        query(postgres.start(), "CREATE TABLE kept AS SELECT 42 AS answer")
    return open_place / "data"


@pytest.fixture
def folder(filled: Path) -> Iterator[Path]:
    """A folder with a database that holds the table ``kept``. Making one takes a second, so the tests share it: each
    leaves it whole, with nothing running."""
    yield filled
    until(lambda: is_over(filled))


@pytest.fixture
def serve() -> Iterator[Callable[..., tuple[subprocess.Popen[str], str]]]:
    """Starts a server process, the leader of a process group, and returns it with the URL of its database."""
    started: list[subprocess.Popen[str]] = []

    def start(
        folder: Path, mode: str = "plain", *more: str, python: str = sys.executable, **options: Any
    ) -> tuple[subprocess.Popen[str], str]:
        server = subprocess.Popen(
            [python, "-c", SERVER, str(folder), mode, *more],
            **{"cwd": PROJECT, **options},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            process_group=0,
        )
        started.append(server)
        assert server.stdout
        return server, server.stdout.readline().strip()

    yield start
    for server in started:
        server.communicate()
