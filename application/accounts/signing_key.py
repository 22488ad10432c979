"""The secret that signs access tokens, where the operator has not set one: made once, then kept with the data."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def signing_key(path: Path) -> str:
    """The key kept in the file, which is made with a fresh one when it is not there; readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
        # A link, unlike a rename, does not replace the key that another process may have made meanwhile.
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()
