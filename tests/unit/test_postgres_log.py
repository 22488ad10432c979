"""The log of the embedded PostgreSQL has a bounded size and loses none of the last lines."""

from __future__ import annotations

from pathlib import Path

from application.postgres.supervisor import CappedLog


def test_it_starts_anew_at_its_limit_and_keeps_one_predecessor(tmp_path: Path) -> None:
    path = tmp_path / "postgres.log"
    log = CappedLog(path, limit=10)
    for text in (b"first\n", b"two\n", b"third\n", b"four\n"):
        log.write(text)
    assert path.read_bytes() == b"four\n"
    assert (tmp_path / "postgres.log.1").read_bytes() == b"third\n"
    assert len(list(tmp_path.iterdir())) == 2


def test_it_goes_on_where_an_earlier_start_ended(tmp_path: Path) -> None:
    path = tmp_path / "postgres.log"
    CappedLog(path, limit=10).write(b"first\n")
    CappedLog(path, limit=10).write(b"second\n")
    assert path.read_bytes() == b"second\n"
    assert (tmp_path / "postgres.log.1").read_bytes() == b"first\n"


def test_it_lets_what_it_cannot_write_pass(tmp_path: Path) -> None:
    log = CappedLog(tmp_path / "postgres.log", limit=4)
    (tmp_path / "postgres.log.1").mkdir()
    log.write(b"longer than that\n")
    log.write(b"and again\n")


def test_it_is_its_owners_alone_whatever_it_was(tmp_path: Path) -> None:
    path = tmp_path / "postgres.log"
    path.write_bytes(b"older")
    path.chmod(0o644)
    log = CappedLog(path, limit=8)
    log.write(b"second")
    log.write(b"third")
    assert [oct(file.stat().st_mode & 0o777) for file in sorted(tmp_path.iterdir())] == ["0o600", "0o600"]
