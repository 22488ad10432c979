"""What the tests of the embedded PostgreSQL ask of it and of its processes."""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import psycopg2

from application import postgres as embedded_postgres
from application.base import reachable
from application.postgres import binaries

ROOT = os.geteuid() == 0
ACCOUNT = reachable.unprivileged_account()
PROJECT = Path(embedded_postgres.__file__).parents[2]

SERVER = """
import sys
if sys.argv[2] == "gevent":
    import gevent.monkey
    gevent.monkey.patch_all()
import signal
from pathlib import Path
from application.postgres import EmbeddedPostgres

signal.signal(signal.SIGINT, lambda *_: print("draining", flush=True))
postgres = EmbeddedPostgres(Path(sys.argv[1]), lambda line: None, wheel=Path(sys.argv[3]) if sys.argv[3:] else None)
print(postgres.start(), flush=True)
sys.stdin.read()
postgres.stop()
"""


def until(condition: Callable[[], Any], seconds: float = 20) -> Any:
    """Wait for what another process does; fails when it has not come true in time."""
    deadline = time.monotonic() + seconds
    while not (result := condition()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.01)
    return result


def query(url: str, statement: str) -> Any:
    connection = psycopg2.connect(url.replace("postgresql+psycopg2://", "postgresql://"))
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def postmaster(home: Path) -> int:
    return int((home / "cluster" / "postmaster.pid").read_text().split()[0])


def parent(pid: int) -> int:
    return int(psutil.Process(pid).ppid())


def is_over(home: Path) -> bool:
    """Whether no process of PostgreSQL is left: each of them holds the lock."""
    with (home / "cluster.lock").open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def kept(url: str) -> bool:
    return bool(query(url, "SELECT answer FROM kept") == [(42,)])


def copy_wheel(folder: Path) -> Path:
    source = binaries.find_binaries().package
    for name in (source.name, f"{source.name}.libs"):
        if source.with_name(name).exists():
            shutil.copytree(source.with_name(name), folder / name, ignore=shutil.ignore_patterns("include", "*.a"))
    return folder / source.name
