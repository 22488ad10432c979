"""What a store keeps, and what it gives up first."""

from __future__ import annotations

import os
from pathlib import Path

from application.judge.sandbox.store import MIB, Bounds, Store


def put(store: Store, name: str, owner: str, mib: float, used_at: float) -> None:
    folder = store.folder / name
    folder.mkdir()
    (folder / "program").write_bytes(b"x" * int(mib * MIB))
    os.utime(folder, (used_at, used_at))
    store.made(name, owner)


def held(store: Store) -> set[str]:
    return {folder.name for folder in store.folder.iterdir()}


def test_the_one_that_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path, Bounds(all_mib=3, user_mib=100, free_mib=0))
    for at, name in enumerate("abc", start=1):
        put(store, name, name, 1, at)
    assert held(store) == {"a", "b", "c"}
    with store.used("a") as folder:
        assert folder == tmp_path / "a"
    put(store, "d", "d", 1, 10)
    assert held(store) == {"a", "c", "d"}


def test_a_user_gives_up_their_own(tmp_path: Path) -> None:
    store = Store(tmp_path, Bounds(all_mib=100, user_mib=2, free_mib=0))
    put(store, "another's", "bob", 2, 0)
    for at, name in enumerate("abc", start=1):
        put(store, name, "ada", 1, at)
    assert held(store) == {"another's", "b", "c"}


def test_what_is_used_stays(tmp_path: Path) -> None:
    store, another = (Store(tmp_path, Bounds(all_mib=1, user_mib=100, free_mib=0)) for _ in range(2))
    put(store, "a", "ada", 1, 1)
    with store.used("a"):
        os.utime(tmp_path / "a", (1, 1))
        put(another, "b", "bob", 1, 2)
        assert held(store) == {"a"}
    another.shrink(to_mib=0)
    assert held(store) == set()


def test_a_disk_that_is_nearly_full_keeps_nothing_that_is_not_used(tmp_path: Path) -> None:
    free = [2 * MIB]
    store = Store(tmp_path, Bounds(free_mib=1), lambda _: free[0])
    put(store, "a", "ada", 1, 1)
    free[0] = 0
    with store.used("a"):
        put(store, "b", "bob", 1, 2)
        assert held(store) == {"a"}
    store.shrink()
    assert held(store) == set()


def test_what_is_not_there(tmp_path: Path) -> None:
    with Store(tmp_path).used("nothing") as folder:
        assert folder is None
