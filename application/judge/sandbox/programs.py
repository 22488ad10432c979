"""The programs of this machine that a sandbox can be given."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

from application.judge.languages.language import NotInstalled
from application.judge.languages.program import Mount
from application.judge.sandbox.libraries import shared_libraries
from application.judge.sandbox.runtime import Runtime, identity

LANGUAGE = "/language"
"""Where a program lies that is carried into a sandbox because it cannot be mounted at its own place."""

_PATH = "/usr/bin:/bin"
"""Programs are looked for where the system's packages put them: what lies elsewhere may be anybody's."""


class ThisMachine:
    """Looks for compilers and interpreters here. What it mounts, the sandbox's user can read."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    def program(self, *names: str) -> Path:
        """The first of these programs of the system, as an absolute path; raises NotInstalled."""
        for name in names:
            found = shutil.which(name, path=_PATH)
            if found:
                return Path(found)
        raise NotInstalled(f"there is no {' or '.join(names)} in /usr/bin")

    def told(self, program: Path, *arguments: str) -> str:
        """What a trusted program prints, on both streams; empty when it fails."""
        try:
            told = subprocess.run(
                [program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                timeout=30,
                check=False,
                cwd="/",
            )
        except (OSError, subprocess.TimeoutExpired):
            return ""
        return told.stdout.strip() if told.returncode == 0 else ""

    def mounts(self, *places: str) -> tuple[Mount, ...]:
        """What there is of these files and folders, at their own places. Shell patterns are expanded."""
        found = [place for pattern in places for place in sorted(glob.glob(pattern))]
        return tuple(Mount(Path(place), place) for place in found if self._runtime.reachable(Path(place)))

    @property
    def libraries(self) -> tuple[Mount, ...]:
        """The system's shared libraries and the loader of programs, at their own places."""
        multiarch = sysconfig.get_config_var("MULTIARCH") or f"{os.uname().machine}-linux-gnu"
        return self.mounts(f"/usr/lib/{multiarch}", "/usr/lib64", "/lib64/ld-linux*", "/lib/ld-linux*")

    def carried(self, name: str, program: Path) -> tuple[Mount, ...]:
        """Mounts that put ``program`` at ``/language/<name>`` and its libraries at ``/language/lib``.

        Where the sandbox's user can read the program it is mounted from its own place; elsewhere it is copied once.
        """
        program = program.resolve()
        in_place = self._runtime.reachable(program)

        def build(root: Path) -> None:
            (root / "lib").mkdir()
            for soname, file in shared_libraries([program])[0].items():
                shutil.copy(file, root / "lib" / soname)
            if not in_place:
                shutil.copy(program, root / name)
                (root / name).chmod(0o755)

        tree = self._runtime.tree(name, [identity(program), in_place], build)
        source = program if in_place else tree / name
        return Mount(tree / "lib", f"{LANGUAGE}/lib"), Mount(source, f"{LANGUAGE}/{name}")
