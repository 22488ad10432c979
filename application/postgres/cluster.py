"""The folder that an embedded PostgreSQL keeps everything in: its data, its password, its locks.

cluster/          the data folder proper, owned by the account that PostgreSQL runs as
cluster.new-*/    one that is being made, or was when its server was killed
password          of the role ``codemaze``
pg_hba.conf       who may connect: whoever has the password
server.lock       held by the server that works here; holds its process id
cluster.lock      held by every process of PostgreSQL that works here, down to the last
postgres.log      what PostgreSQL reports
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from application.base.reachable import (
    Account,
    can_reach,
    make_folder,
    reachable_folder,
    shared_folder,
    unprivileged_account,
)
from application.postgres.binaries import Binaries
from application.postgres.errors import (
    CannotInitialise,
    DataInUse,
    DataOfAnotherUser,
    DataOfAnotherVersion,
    DataStillInUse,
    DataUnreachable,
)

ROLE = DATABASE = "codemaze"
"""The role owns the database and may create others; it is no superuser."""

PATIENCE = 30.0
"""For how many seconds the leftovers of a killed server are waited for."""

_HBA = "local all all scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n"

_INITDB = (
    *("--username=postgres", "--auth=reject", "--encoding=UTF8", "--locale=C"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
)
_SINGLE_USER = (
    *("--single", "-j", "-c", "exit_on_error=on", "-c", "log_checkpoints=off"),
    # A statement that fails would be reported whole, and there is a password in it.
    *("-c", "log_min_error_statement=panic"),
)
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}


@dataclass(frozen=True)
class Cluster:
    """Where the data are, and the account to run PostgreSQL as: None for the user this process runs as."""

    home: Path
    account: Account | None

    @property
    def data(self) -> Path:
        """PostgreSQL's data folder."""
        return self.home / "cluster"

    @property
    def hba(self) -> Path:
        """The file with the rules of who may connect."""
        return self.home / "pg_hba.conf"

    @property
    def log(self) -> Path:
        """What PostgreSQL reports; made by the supervisor."""
        return self.home / "postgres.log"

    @property
    def process_options(self) -> dict[str, Any]:
        """The arguments of ``subprocess`` that make a process run as the account."""
        if self.account is None:
            return {}
        return {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}

    def lock_server(self) -> int:
        """Take the one place of a server on these data: an open file to close in the end. Raises DataInUse."""
        lock = self._open_lock("server.lock")
        if not _locked(lock):
            holder = os.read(lock, 32).decode(errors="replace").strip() or "unknown"
            os.close(lock)
            raise DataInUse(f"The data in {self.home} are in use by another server, process {holder}. Stop it first.")
        os.ftruncate(lock, 0)
        os.write(lock, f"{os.getpid()}\n".encode())
        return lock

    def lock_data(self, log: Callable[[str], None]) -> int:
        """Wait until no PostgreSQL works on the data and take their lock, to be passed on to the next one.

        The caller holds the server's lock, so whatever is still there was left by a server that was killed and is told
        to stop. Raises DataStillInUse after ``PATIENCE`` seconds.
        """
        lock = self._open_lock("cluster.lock")
        deadline = time.monotonic() + PATIENCE
        told = False
        while not _locked(lock):
            if not told:
                told = True
                log(f"Waiting for a PostgreSQL that was left behind in {self.data} to stop.")
                pid = self._postmaster()
                if pid is not None:
                    with suppress(ProcessLookupError):
                        os.kill(pid, signal.SIGINT)
            if time.monotonic() > deadline:
                os.close(lock)
                raise DataStillInUse(f"A PostgreSQL still works on {self.data} after {PATIENCE:.0f} seconds.")
            time.sleep(0.02)
        return lock

    def prepare(self, binaries: Binaries, lock: int, log: Callable[[str], None]) -> str:
        """Make the data if there are none; returns the role's password. ``lock`` is the lock on the data.

        Raises DataOfAnotherVersion or CannotInitialise.
        """
        for unfinished in self.home.glob("cluster.new-*"):
            shutil.rmtree(unfinished)
        if not self.hba.exists() or self.hba.read_text() != _HBA:
            self._write(self.hba, _HBA, 0o644)
        secret = self.home / "password"
        new = None if secret.exists() else secrets.token_hex(24)
        if not self.data.exists():
            log(f"Preparing a PostgreSQL database in {self.data}.")
            self._initialise(binaries, lock, new or secret.read_text())
        else:
            version = (self.data / "PG_VERSION").read_text().strip()
            if version != binaries.major:
                raise DataOfAnotherVersion(
                    f"The data in {self.data} are of PostgreSQL {version}, and this is {binaries.major}. Dump them with"
                    " the release of Codemaze that wrote them, move the folder away and load the dump."
                )
            self._remove_stale_pid()
            if new:
                self._execute(binaries, lock, self.data, f"ALTER ROLE {ROLE} PASSWORD '{new}'")
        if new:
            self._write(secret, new, 0o600)
        return new or secret.read_text()

    def _initialise(self, binaries: Binaries, lock: int, password: str) -> None:
        """Make the data beside their place and move them there in one step: half a cluster never stands there."""
        unfinished = self.home / f"cluster.new-{secrets.token_hex(4)}"
        unfinished.mkdir(mode=0o700)
        if self.account is not None:
            os.chown(unfinished, self.account.uid, self.account.gid)
        try:
            self._run([binaries.program("initdb"), "-D", str(unfinished), *_INITDB], lock)
            role = f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{password}'"
            self._execute(binaries, lock, unfinished, role, f"CREATE DATABASE {DATABASE} OWNER {ROLE}")
            unfinished.rename(self.data)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        _sync(self.home)

    def _execute(self, binaries: Binaries, lock: int, data: Path, *statements: str) -> None:
        """Run SQL as superuser on data that no server works on."""
        command = [binaries.program("postgres"), *_SINGLE_USER, "-D", str(data), "postgres"]
        self._run(command, lock, "".join(f"{statement};\n\n" for statement in statements))

    def _run(self, command: list[str], lock: int, text: str = "") -> None:
        done = subprocess.run(
            command,
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.home,
            env=ENVIRONMENT,
            pass_fds=[lock],
            start_new_session=True,
            check=False,
            **self.process_options,
        )
        if done.returncode:
            said = done.stdout.decode(errors="replace").strip()
            raise CannotInitialise(f"{Path(command[0]).name} could not prepare {self.data}:\n{said}")

    def _postmaster(self) -> int | None:
        """The process id of a PostgreSQL that runs on the data, None if there is none. Where the system does not tell
        what a process is or works on, any live one of our account with the recorded id is taken for it."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            os.kill(pid, 0)
        except (FileNotFoundError, ValueError, ProcessLookupError, PermissionError):
            return None
        process = Path(f"/proc/{pid}")
        try:
            is_ours = (process / "comm").read_text().strip() == "postgres" and (process / "cwd").samefile(self.data)
        except OSError:
            return pid
        return pid if is_ours else None

    def _remove_stale_pid(self) -> None:
        """Help PostgreSQL over a file left by a killed one whose process id is now another program's, as happens at
        every other restart of a container. It would take that program for itself and refuse to start."""
        if self._postmaster() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _open_lock(self, name: str) -> int:
        lock = os.open(self.home / name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        self._give_to_owner(lock)
        return lock

    def _write(self, path: Path, text: str, mode: int) -> None:
        unfinished = path.with_name(f"{path.name}.new")
        unfinished.unlink(missing_ok=True)
        file = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            os.fchmod(file, mode)
            self._give_to_owner(file)
            os.write(file, text.encode())
            os.fsync(file)
        finally:
            os.close(file)
        unfinished.replace(path)
        _sync(self.home)

    def _give_to_owner(self, file: int) -> None:
        """Root may be a guest in a user's folder, whose own server has to read this the next time."""
        if os.geteuid() == 0:
            owner = self.home.stat()
            os.fchown(file, owner.st_uid, owner.st_gid)


def find_cluster(folder: Path) -> Cluster:
    """The cluster in ``folder``, or in the place that stands in for it where PostgreSQL's account cannot reach it.

    Data that exist decide both the place and the account. Creates the home and nothing in it. Raises DataOfAnotherUser
    or DataUnreachable.
    """
    folder = folder.resolve()
    nobody = unprivileged_account()
    for home in (folder, shared_folder(folder)):
        data = home / "cluster"
        if not data.exists():
            continue
        owner = data.stat()
        if nobody is None:
            if owner.st_uid != os.geteuid():
                raise DataOfAnotherUser(
                    f"The data in {data} belong to user {owner.st_uid}. Start as that user or as root."
                )
            return Cluster(home, None)
        account = nobody if owner.st_uid in (0, nobody.uid) else Account(str(owner.st_uid), owner.st_uid, owner.st_gid)
        if not can_reach(home, account):
            raise DataUnreachable(
                f"The user {account.name} owns the data in {data} and no longer reaches them. Open the folders above to"
                f" that user, or move {home} to {shared_folder(folder)}."
            )
        return Cluster(home, account)
    home = reachable_folder(folder, nobody)
    make_folder(home)
    return Cluster(home, nobody)


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sync(folder: Path) -> None:
    """Make renames in ``folder`` outlast a power cut."""
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
