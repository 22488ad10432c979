"""Which shared libraries a program needs, asked of the system's own loader."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

_NAMED = re.compile(r"^\s*(\S+) => (/\S+)", re.MULTILINE)
_LOADER = re.compile(r"^\s*(/\S*/ld[^/\s]*)", re.MULTILINE)
_MISSING = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)


class MissingLibrary(Exception):
    """A library that a program needs is not on this machine; the message names both."""


def shared_libraries(programs: Iterable[Path]) -> tuple[dict[str, Path], set[Path]]:
    """The libraries of trusted programs and modules: their sonames with the files, and the loaders' own paths.

    Only for files that came with the system or with locked packages: ``ldd`` may run what it inspects.
    """
    libraries: dict[str, Path] = {}
    loaders: set[Path] = set()
    for program in programs:
        listed = subprocess.run(
            ["ldd", str(program)], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, check=False
        ).stdout
        missing = _MISSING.search(listed)
        if missing:
            raise MissingLibrary(f"{program} needs {missing[1]}, which is not installed")
        libraries.update((name, Path(path)) for name, path in _NAMED.findall(listed))
        loaders.update(Path(path) for path in _LOADER.findall(listed))
    return libraries, loaders
