"""Where a running server can be reached, kept in its data folder for programs on the same machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from application.base.reachable import make_folder

_NAME = "address"


def url_of(host: str, port: int) -> str:
    """What a server that listens at ``host`` and ``port`` is called by programs on this machine."""
    if host in ("0.0.0.0", "::", ""):
        host = "localhost"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def kept(folder: Path, url: str) -> Iterator[None]:
    """Keep ``url`` in ``folder`` until the end of the block; where that cannot be written, do without."""
    file, fresh = folder / _NAME, folder / f"{_NAME}.{os.getpid()}"
    with suppress(OSError):
        make_folder(folder)
        fresh.write_text(f"{url}\n")
        fresh.chmod(0o644)
        fresh.replace(file)
    try:
        yield
    finally:
        if last(folder) == url:  # else it is that of a server which was started later
            with suppress(OSError):
                file.unlink()


def last(folder: Path) -> str | None:
    """The address that a server has kept in ``folder``. One that was killed may have left it; only asking tells."""
    try:
        return (folder / _NAME).read_text().strip() or None
    except (OSError, ValueError):
        return None
