"""Arguments as a flat text, for languages whose standard library reads no JSON.

The reader knows the types, so nothing says of what type a value is. Everything ends with a line feed:
an int as decimal digits; a float as Python writes it (``0.1``, ``1e+22``); a bool as 0 or 1; a string as its number of
UTF-8 bytes, a line feed, and the bytes; a list as its length and its items; a map as its length and, for each entry,
the key as a string and the value; an optional as 0, or as 1 and the value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from application.judge.signature import Signature, Type


def tokens(args: list[Any], signature: Signature) -> bytes:
    """The arguments of one call, one after another."""
    return b"".join(
        part for value, param in zip(args, signature.params, strict=True) for part in _tokens(value, param.type)
    )


def _tokens(value: Any, type_: Type) -> Iterator[bytes]:
    kind = type_.kind
    if kind == "int":
        yield b"%d\n" % value
    elif kind == "float":
        yield f"{float(value)!r}\n".encode()
    elif kind == "bool":
        yield b"1\n" if value else b"0\n"
    elif kind == "string":
        text = value.encode("utf-8", "replace")
        yield b"%d\n%b\n" % (len(text), text)
    elif kind == "optional":
        yield b"0\n" if value is None else b"1\n"
        if value is not None:
            yield from _tokens(value, type_.element)
    elif kind == "list":
        yield b"%d\n" % len(value)
        for item in value:
            yield from _tokens(item, type_.element)
    else:
        yield b"%d\n" % len(value)
        for key, item in value.items():
            yield from _tokens(key, Type("string"))
            yield from _tokens(item, type_.element)
