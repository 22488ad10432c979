"""Bringing a program of the host, such as Node, into the sandbox."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from application.judge.sandbox.bubblewrap import Mount
from application.judge.sandbox.image import LANGUAGE
from application.judge.sandbox.libraries import shared_libraries
from application.judge.sandbox.runtime import Runtime, identity


def version_of(program: Path) -> str:
    """What a trusted program answers to ``--version``; empty when it does not run."""
    try:
        told = subprocess.run(
            [str(program), "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout.strip() if told.returncode == 0 else ""


def program_tree(runtime: Runtime, name: str, program: Path) -> tuple[Mount, ...]:
    """Mounts that put ``program`` at ``/language/<name>`` and its libraries at ``/language/lib``.

    Where the sandbox's user can read the program it is mounted from its own place; elsewhere it is copied once.
    """
    program = program.resolve()
    in_place = runtime.reachable(program)

    def build(root: Path) -> None:
        (root / "lib").mkdir()
        for soname, file in shared_libraries([program])[0].items():
            shutil.copy(file, root / "lib" / soname)
        if in_place:
            (root / name).touch()
        else:
            shutil.copy(program, root / name)
            (root / name).chmod(0o755)

    tree = runtime.tree(name, [identity(program), in_place], build)
    mounts = [Mount(tree, LANGUAGE)]
    if in_place:
        mounts.append(Mount(program, f"{LANGUAGE}/{name}"))
    return tuple(mounts)
