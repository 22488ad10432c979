"""The folder of files that sandboxes are made from, and who may read it.

The sandbox runs as an unprivileged user, who cannot look into private folders such as ``/root`` where a Python, a Node
or the packages may lie. So what a sandbox needs is copied once into trees of this folder, each named after its content
and never changed afterwards.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from application.base.reachable import Account, make_folder, reachable_folder

UNPRIVILEGED_UID = 61001
"""Runs the sandboxes when the server runs as root: limits on processes do not bind host uid 0."""


class RuntimeUnusable(Exception):
    """No folder can be used; the message says why and what to do."""


class Runtime:
    """A folder of trees that the sandbox's user can read. ``run_as`` is that user's id, None for the server's own."""

    def __init__(self, folder: Path, run_as: int | None) -> None:
        self.folder = folder
        self.run_as = run_as

    @classmethod
    def at(cls, folder: Path, uid: int = UNPRIVILEGED_UID) -> Runtime:
        """Use ``folder``, or where the sandbox's user cannot reach it (a checkout under ``/root``), the one that
        ``reachable`` gives in its place. Raises RuntimeUnusable."""
        run_as = uid if os.geteuid() == 0 else None
        if run_as is not None:
            folder = reachable_folder(folder, Account("the sandbox's user", run_as, run_as))
        try:
            make_folder(folder.resolve())
            folder.chmod(0o755)
        except OSError as error:
            raise RuntimeUnusable(f"{folder} cannot be used: {error}") from error
        return cls(folder.resolve(), run_as)

    def reachable(self, path: Path) -> bool:
        """Whether the sandbox's user can read (and for a folder or a program, enter or run) ``path``."""
        if self.run_as is None:
            return os.access(path, os.R_OK)
        path = path.resolve()
        if not all(parent.stat().st_mode & stat.S_IXOTH for parent in path.parents):
            return False
        mode = path.stat().st_mode
        needed = stat.S_IROTH | (stat.S_IXOTH if stat.S_ISDIR(mode) or mode & stat.S_IXUSR else 0)
        return mode & needed == needed

    def tree(self, name: str, made_of: Iterable[object], build: Callable[[Path], None]) -> Path:
        """The tree ``name`` for these ingredients, built by ``build`` into an empty folder if it is not there yet."""
        key = hashlib.sha256("\0".join(map(str, made_of)).encode()).hexdigest()[:16]
        target = self.folder / f"{name}-{key}"
        if not target.is_dir():
            self.place(target, build)
        return target

    def private(self, name: str) -> Path:
        """The folder ``name``, there from now on, into which nobody can look but the sandbox's user and the server: its
        programs are players'."""
        folder = self.folder / name
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.run_as is not None:
            os.chown(folder, self.run_as, self.run_as)
        folder.chmod(0o700)
        return folder

    def place(self, target: Path, build: Callable[[Path], None]) -> None:
        """Make the folder ``target``, filled by ``build``, for all to read who can look into the folder that it is in.

        It appears under its name by one rename, so that another process never sees half of it; where another has made
        it in the meantime, that one stays.
        """
        being_built = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}-", dir=self.folder))
        try:
            build(being_built)
            for folder, _, files in os.walk(being_built):
                Path(folder).chmod(0o755)
                for file in files:
                    path = Path(folder, file)
                    path.chmod(0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644)
            try:
                being_built.rename(target)
            except OSError:
                if not target.is_dir():
                    raise
        finally:
            shutil.rmtree(being_built, ignore_errors=True)


def identity(path: Path) -> str:
    """What tells one version of a file from the next without reading it."""
    state = path.stat()
    return f"{path.resolve()} {state.st_size} {state.st_mtime_ns}"
