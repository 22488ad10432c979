"""Folders that are kept until their place is needed: bounded in bytes in all and for each user, the one that nobody has
used for longest goes first, and none that is in use.

Several processes may share a store. What is in use is locked (``flock``), which ends with the process that uses it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True)
class Bounds:
    """What a store may hold, in MiB: in all, of one user, and how much of its disk it leaves free."""

    all_mib: int = 2048
    user_mib: int = 256
    free_mib: int = 512


USUAL = Bounds()


class Store:
    """The folders below ``folder``, by their names. Whose each is, is known for those that this process has made."""

    def __init__(
        self, folder: Path, bounds: Bounds = USUAL, free: Callable[[Path], int] = lambda at: free_bytes(at)
    ) -> None:
        self.folder, self.bounds, self._free = folder, bounds, free
        self._owners: dict[str, Hashable] = {}
        self._sizes: dict[str, int] = {}

    @contextlib.contextmanager
    def used(self, name: str) -> Iterator[Path | None]:
        """The folder of this name, which stays until the end of the block; None when there is none."""
        kept = self.folder / name
        try:
            descriptor = os.open(kept, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            yield None
            return
        try:
            yield kept if self._locked(descriptor, kept) else None
        finally:
            os.close(descriptor)

    def made(self, name: str, owner: Hashable) -> None:
        """A folder was put there; what is too much now goes."""
        self._owners[name] = owner
        self.shrink()

    def shrink(self, to_mib: int | None = None) -> None:
        """Remove what is beyond the bounds, or beyond ``to_mib`` in all."""
        used: dict[str, float] = {}
        for folder in self.folder.iterdir():
            with contextlib.suppress(OSError):
                used[folder.name] = folder.stat().st_mtime
        self._sizes = {name: self._sizes.get(name) or _size(self.folder / name) for name in used}
        self._owners = {name: owner for name, owner in self._owners.items() if name in used}
        most = (self.bounds.all_mib if to_mib is None else to_mib) * MIB
        for name in sorted(used, key=lambda name: used[name]):
            owner = self._owners.get(name)
            theirs = sum(size for other, size in self._sizes.items() if self._owners.get(other) == owner)
            too_much = sum(self._sizes.values()) > most or self._free(self.folder) < self.bounds.free_mib * MIB
            if too_much or (owner is not None and theirs > self.bounds.user_mib * MIB):
                self._remove(name)

    def _remove(self, name: str) -> None:
        with contextlib.suppress(OSError):
            descriptor = os.open(self.folder / name, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(self.folder / name, ignore_errors=True)
                self._sizes.pop(name, None)
            finally:
                os.close(descriptor)

    def _locked(self, descriptor: int, kept: Path) -> bool:
        """Whether it is ours to use, and still the one of its name."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            os.utime(kept)
            return os.path.samestat(os.fstat(descriptor), kept.stat())
        except OSError:
            return False


def free_bytes(at: Path) -> int:
    """What is free on the disk of a folder, or where it would be made, for whoever asks."""
    found = os.statvfs(next(folder for folder in (at, *at.parents) if folder.exists()))
    return found.f_bavail * found.f_frsize


def _size(folder: Path) -> int:
    total = 0
    for place, _, files in os.walk(folder):
        for file in files:
            with contextlib.suppress(OSError):
                total += Path(place, file).lstat().st_size
    return total
