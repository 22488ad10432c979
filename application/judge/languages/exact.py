"""Arguments as JSON in which every float is written as one, for languages that tell ints from floats as they read.

JSON lets an int stand for a float; PHP would keep it an int, and Ruby divide it as one.
"""

from __future__ import annotations

from typing import Any

from application.judge.signature import Signature, Type


def exact(args: list[Any], signature: Signature) -> list[Any]:
    """The arguments of one call."""
    return [_exact(value, param.type) for value, param in zip(args, signature.params, strict=True)]


def _exact(value: Any, type_: Type) -> Any:
    if value is None or "float" not in str(type_):
        return value
    if type_.kind == "list":
        return [_exact(item, type_.element) for item in value]
    if type_.kind == "map":
        return {key: _exact(item, type_.element) for key, item in value.items()}
    return _exact(value, type_.element) if type_.kind == "optional" else float(value)
