"""How a signature's snake_case names are written in other languages."""

from __future__ import annotations

from collections.abc import Set


def camel(name: str) -> str:
    """``two_sum`` as ``twoSum``."""
    first, *rest = (part for part in name.split("_") if part)
    return first + "".join(part[0].upper() + part[1:] for part in rest)


def pascal(name: str) -> str:
    """``two_sum`` as ``TwoSum``."""
    return "".join(part[0].upper() + part[1:] for part in name.split("_") if part)


def safe(name: str, reserved: Set[str]) -> str:
    """The name, with an underscore behind it where the language has taken it."""
    return f"{name}_" if name in reserved else name
