"""Places on disk that an account without privileges can reach.

A server started by root gives PostgreSQL and the judge to such an account. When the project lies below a private
folder (``/root/codemaze``, mode 0700), that account reaches nothing in it, and opening somebody's folders to the world
is no way out: what it needs goes below ``SHARED`` instead. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

SHARED = Path("/var/lib/codemaze")
"""Where root keeps what an unprivileged account must reach and cannot reach in the project."""


class UnsafeFolder(PermissionError):
    """A folder that others could have prepared or may change, where only we may."""


@dataclass(frozen=True)
class Account:
    """A user of the operating system with its main group."""

    name: str
    uid: int
    gid: int


def unprivileged_account() -> Account | None:
    """The account that root gives work away to, or None when this process is not root and has nothing to give away."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Account(nobody.pw_name, nobody.pw_uid, nobody.pw_gid)


def can_reach(path: Path, account: Account) -> bool:
    """Whether ``account`` may pass through every existing folder from the root down to ``path``, which may be a folder
    itself. Reads mode bits, so access lists are not seen. What does not exist yet is taken to be ours to make."""
    path = path.resolve()
    return all(_permits(place, account, 0o1) for place in (path, *path.parents) if place.is_dir())


def can_read(path: Path, account: Account) -> bool:
    """Whether ``account`` may reach the existing ``path`` and read it."""
    return can_reach(path, account) and _permits(path, account, 0o4)


def reachable_folder(folder: Path, account: Account | None = None) -> Path:
    """``folder`` where ``account`` can reach it, else one below ``SHARED``, always the same for one ``folder``.

    ``account`` is by default the one root gives work to; for a process that is not root the answer is ``folder``.
    Nothing is created.
    """
    folder = folder.resolve()
    account = account or unprivileged_account()
    return folder if account is None or can_reach(folder, account) else shared_folder(folder)


def shared_folder(folder: Path) -> Path:
    """The place below ``SHARED`` that stands in for ``folder``, wherever that can be reached from."""
    folder = folder.resolve()
    return SHARED / f"{folder.name}-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"


def make_folder(folder: Path) -> None:
    """Create ``folder`` and the missing ones above it so that any account can pass through, whatever the umask.

    Existing folders stay as they are. Raises UnsafeFolder when ``SHARED`` is needed and others may write there.
    """
    for place in reversed((folder, *folder.parents)):
        try:
            place.mkdir()
        except FileExistsError:
            continue
        except OSError:
            # Below a folder we may pass through and not write to (or on a read-only root), mkdir may refuse before it
            # notices that the folder exists.
            if place.is_dir():
                continue
            raise
        place.chmod(0o711)
    if folder.is_relative_to(SHARED):
        status = SHARED.stat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o022:
            raise UnsafeFolder(f"{SHARED} must be a folder of this user that nobody else may write to")


def _permits(path: Path, account: Account, bits: int) -> bool:
    status = path.stat()
    if status.st_uid == account.uid:
        bits <<= 6
    elif status.st_gid == account.gid:
        bits <<= 3
    return status.st_mode & bits == bits
