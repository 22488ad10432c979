"""The embedded PostgreSQL lives and ends with its server and keeps what was committed. Real processes throughout."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from postgres_processes import (
    ACCOUNT,
    PROJECT,
    SERVER,
    is_over,
    kept,
    parent,
    postmaster,
    query,
    until,
)

from application.postgres import (
    CannotStart,
    DataInUse,
    DataOfAnotherVersion,
    DataStillInUse,
    EmbeddedPostgres,
    cluster,
    launcher,
)


def test_a_restart_keeps_the_data_and_the_url(empty: Path) -> None:
    said: list[str] = []
    first = EmbeddedPostgres(empty, said.append)
    url = first.start()
    query(url, "CREATE TABLE kept AS SELECT 42 AS answer")
    assert first.start() == url
    first.stop()
    assert is_over(empty)
    assert len(said) == 1
    first.stop()
    with EmbeddedPostgres(empty, said.append) as second:
        assert second.start() == url
        assert kept(url)
    assert len(said) == 1


def test_it_listens_on_no_network_lets_in_by_password_and_makes_no_superuser(folder: Path) -> None:
    with EmbeddedPostgres(folder, print) as postgres:
        url = postgres.start()
        asked = "SELECT rolsuper, current_setting('listen_addresses'), current_setting('fsync') FROM pg_roles"
        assert query(url, f"{asked} WHERE rolname = current_user") == [(False, "", "on")]
        assert (folder / "password").stat().st_mode & 0o777 == 0o600
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            query(url.replace((folder / "password").read_text(), "wrong"), "SELECT 1")
        with pytest.raises(psycopg2.OperationalError, match="postgres"):
            query(url.replace("codemaze:", "postgres:"), "SELECT 1")


def test_a_second_server_is_told_who_has_the_data(folder: Path, serve: Any) -> None:
    server, url = serve(folder)
    with pytest.raises(DataInUse, match=f"process {server.pid}\\b"):
        EmbeddedPostgres(folder, print).start()
    assert kept(url)


@pytest.mark.parametrize("mode", ["plain", "gevent"])
def test_a_killed_server_takes_postgres_with_it_and_what_was_committed_stays(
    folder: Path, serve: Any, mode: str
) -> None:
    server, url = serve(folder, mode)
    query(url, "CREATE TABLE late AS SELECT 43 AS answer")
    server.kill()
    until(lambda: is_over(folder))
    with EmbeddedPostgres(folder, print):
        assert query(url, "SELECT answer FROM late") == [(43,)]
        query(url, "DROP TABLE late")


def test_a_killed_postgres_is_started_again(folder: Path) -> None:
    with EmbeddedPostgres(folder, print) as postgres:
        url = postgres.start()
        query(url, "CREATE TABLE late AS SELECT 43 AS answer")
        for _ in range(2):
            killed = postmaster(folder)
            os.kill(killed, signal.SIGKILL)
            until(lambda killed=killed: answers(url) and postmaster(folder) != killed)  # type: ignore[misc]
            assert query(url, "SELECT answer FROM late") == [(43,)]
        assert postgres.start() == url
        query(url, "DROP TABLE late")
    assert is_over(folder)


def answers(url: str) -> bool:
    try:
        return bool(query(url, "SELECT 1"))
    except psycopg2.OperationalError:
        return False


def test_a_stuck_supervisor_is_done_without(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher, "_STOP_SECONDS", 0.1)
    with EmbeddedPostgres(folder, print):
        os.kill(parent(postmaster(folder)), signal.SIGSTOP)
    assert is_over(folder)


def test_a_killed_supervisor_is_made_up_for_by_stop(folder: Path) -> None:
    with EmbeddedPostgres(folder, print) as postgres:
        url = postgres.start()
        os.kill(parent(postmaster(folder)), signal.SIGKILL)
        assert kept(url)
    assert is_over(folder)


def test_a_postgres_that_everyone_left_is_stopped_by_the_next_server(folder: Path, serve: Any) -> None:
    server, url = serve(folder)
    orphan = postmaster(folder)
    os.kill(parent(orphan), signal.SIGKILL)
    server.kill()
    server.wait()
    said: list[str] = []
    with EmbeddedPostgres(folder, said.append):
        assert postmaster(folder) != orphan
        assert kept(url)
    assert "left behind" in said[0]


def test_ctrl_c_reaches_the_server_and_leaves_postgres_to_it(folder: Path, serve: Any) -> None:
    server, url = serve(folder)
    connection = psycopg2.connect(url.replace("+psycopg2", ""))
    assert os.getpgid(postmaster(folder)) != server.pid
    assert os.getpgid(parent(postmaster(folder))) != server.pid
    os.killpg(server.pid, signal.SIGINT)
    assert server.stdout.readline() == "draining\n"
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM kept")
    connection.close()
    assert kept(url)
    server.communicate()
    assert is_over(folder)


def test_a_stop_asked_of_the_supervisor_alone_is_left_to_the_server(folder: Path) -> None:
    with EmbeddedPostgres(folder, print) as postgres:
        supervisor = parent(postmaster(folder))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            os.kill(supervisor, number)
        assert kept(postgres.start())
        assert parent(postmaster(folder)) == supervisor


def test_a_kill_amid_the_first_start_bricks_nothing(empty: Path) -> None:
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(empty), "plain"], cwd=PROJECT, stdin=subprocess.PIPE)
    until(lambda: list(empty.glob("cluster.new-*/global")))
    server.kill()
    server.communicate()
    assert not (empty / "cluster").exists()
    with EmbeddedPostgres(empty, print) as postgres:
        assert query(postgres.start(), "SELECT 1") == [(1,)]
    assert not list(empty.glob("cluster.new-*"))


def test_data_that_something_else_works_on_are_waited_for_and_not_touched(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.1)
    said: list[str] = []
    with (folder / "cluster.lock").open() as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(DataStillInUse):
            EmbeddedPostgres(folder, said.append).start()
    assert "left behind" in said[0]
    with EmbeddedPostgres(folder, print) as postgres:
        assert kept(postgres.start())


def test_a_postgres_that_does_not_come_up_is_quoted(folder: Path) -> None:
    control = folder / "cluster" / "global" / "pg_control"
    whole = control.read_bytes()
    control.write_bytes(bytes(len(whole)))
    try:
        with pytest.raises(CannotStart, match="FATAL"):
            EmbeddedPostgres(folder, print).start()
    finally:
        control.write_bytes(whole)
    with EmbeddedPostgres(folder, print) as postgres:
        assert kept(postgres.start())


def test_data_of_another_version_are_refused_and_left_alone(folder: Path) -> None:
    version = folder / "cluster" / "PG_VERSION"
    ours = version.read_text()
    version.write_text("17\n")
    try:
        with pytest.raises(DataOfAnotherVersion, match="17"):
            EmbeddedPostgres(folder, print).start()
        assert version.read_text() == "17\n"
    finally:
        version.write_text(ours)


def test_a_process_id_that_another_program_has_by_now_is_no_hindrance(folder: Path) -> None:
    if not Path("/proc/self/comm").exists():
        pytest.skip("this system does not tell what a process is")
    options: dict[str, Any] = {"user": ACCOUNT.uid} if ACCOUNT else {}
    with subprocess.Popen(["sleep", "60"], **options) as other:
        for stale in (folder / "cluster" / "postmaster.pid", folder / "socket" / ".s.PGSQL.5432.lock"):
            stale.write_text(f"{other.pid}\n{folder}/cluster\n1\n5432\n\n\n 1 1\nready\n")
        try:
            with EmbeddedPostgres(folder, print) as postgres:
                assert kept(postgres.start())
        finally:
            other.kill()


def test_a_lost_password_is_replaced(folder: Path) -> None:
    lost = (folder / "password").read_text()
    (folder / "password").unlink()
    with EmbeddedPostgres(folder, print) as postgres:
        assert kept(postgres.start())
    assert (folder / "password").read_text() != lost
