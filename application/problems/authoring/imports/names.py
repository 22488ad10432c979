"""Names as problems have them, made of names as other projects have them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MAX_NAME = 40
MAX_SLUG = 60


def snake_case(name: str) -> str:
    """The name in lower-case letters, digits and ``_``; empty where nothing is left of it."""
    words = re.sub(r"[^a-z0-9]+", "_", _parted(name).lower()).strip("_")
    return words.lstrip("0123456789_")[:MAX_NAME].rstrip("_")


def slug_of(*names: str) -> str:
    """The names in one slug."""
    words = re.sub(r"[^a-z0-9]+", "-", _parted("-".join(names)).lower()).strip("-")
    return words[:MAX_SLUG].strip("-")


def title_of(name: str) -> str:
    """The name as words, such as ``Has close elements``."""
    words = snake_case(name).replace("_", " ")
    return words[:1].upper() + words[1:]


def parameters(names: Iterable[str], function: str) -> list[str]:
    """The parameters' names, which differ from each other and from the function's."""
    made: list[str] = []
    for number, name in enumerate(names, start=1):
        plain = snake_case(name) or f"value_{number}"
        made.append(f"{plain[:30]}_{number}" if plain == function or plain in made else plain)
    return made


def _parted(name: str) -> str:
    """In plain letters, with ``_`` where camelCase begins a word."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", plain)
