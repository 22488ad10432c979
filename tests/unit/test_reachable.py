"""Which folders another account can reach, by their mode bits."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from application.base import reachable
from application.base.reachable import Account, UnsafeFolder, can_reach, can_read, make_folder, reachable_folder

STRANGER = Account("stranger", 64_000, 64_000)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody reaches; pytest's own are private."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name).resolve()


def test_a_private_folder_anywhere_above_bars_the_way(open_folder: Path) -> None:
    inner = open_folder / "private" / "project" / "data"
    inner.mkdir(parents=True)
    assert can_reach(inner, STRANGER)
    (open_folder / "private").chmod(0o700)
    assert not can_reach(inner, STRANGER)
    assert not can_reach(inner / "yet" / "to" / "come", STRANGER)


@pytest.mark.parametrize(("mode", "reached"), [(0o701, True), (0o710, False), (0o770, False)])
def test_a_stranger_goes_by_the_bits_for_others(open_folder: Path, mode: int, reached: bool) -> None:
    open_folder.chmod(mode)
    assert can_reach(open_folder, STRANGER) is reached


def test_owner_and_group_go_by_their_own_bits_even_when_others_may_more(open_folder: Path) -> None:
    owner, group = open_folder.stat().st_uid, open_folder.stat().st_gid
    open_folder.chmod(0o611)
    assert not can_reach(open_folder, Account("owner", owner, 64_000))
    open_folder.chmod(0o701)
    assert not can_reach(open_folder, Account("member", 64_000, group))
    assert can_reach(open_folder, STRANGER)


def test_a_link_is_followed_to_where_it_leads(open_folder: Path) -> None:
    (open_folder / "private" / "data").mkdir(parents=True)
    (open_folder / "private").chmod(0o700)
    (open_folder / "link").symlink_to(open_folder / "private" / "data")
    assert not can_reach(open_folder / "link", STRANGER)


def test_reading_needs_its_own_bit(open_folder: Path) -> None:
    file = open_folder / "file"
    file.touch(mode=0o600)
    assert not can_read(file, STRANGER)
    file.chmod(0o644)
    assert can_read(file, STRANGER)


def test_the_stand_in_is_stable_and_one_for_each_folder(open_folder: Path) -> None:
    assert reachable_folder(open_folder / "data", STRANGER) == open_folder / "data"
    open_folder.chmod(0o700)
    first = reachable_folder(open_folder / "a" / "data", STRANGER)
    assert first == reachable_folder(open_folder / "a" / "data", STRANGER)
    assert first != reachable_folder(open_folder / "b" / "data", STRANGER)
    assert first.parent == reachable.SHARED
    assert first.name.startswith("data-")


def test_folders_are_made_open_and_existing_ones_left_alone(open_folder: Path) -> None:
    (open_folder / "old").mkdir(mode=0o700)
    before = os.umask(0o077)
    try:
        make_folder(open_folder / "old" / "new" / "newer")
    finally:
        os.umask(before)
    assert (open_folder / "old").stat().st_mode & 0o777 == 0o700
    assert (open_folder / "old" / "new").stat().st_mode & 0o777 == 0o711
    assert (open_folder / "old" / "new" / "newer").stat().st_mode & 0o777 == 0o711


def test_a_shared_folder_that_others_may_change_is_refused(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reachable, "SHARED", open_folder)
    make_folder(open_folder / "data")
    open_folder.chmod(0o777)
    with pytest.raises(UnsafeFolder):
        make_folder(open_folder / "data")
