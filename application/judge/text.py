"""Text that players wrote, made fit to be kept and sent."""

from __future__ import annotations

MAX_MESSAGE = 4000


def clean(text: str, most: int = MAX_MESSAGE) -> str:
    """Text that UTF-8 and PostgreSQL can hold: no lone surrogates, no NUL; cut to ``most`` characters."""
    text = text[:most].replace("\0", "\N{REPLACEMENT CHARACTER}")
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
