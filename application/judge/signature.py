"""The types of a problem's function: their notation, and whether a JSON value is of one.

The notation is ``int | float | bool | string | list<T> | map<string,T> | optional<T>``. Values are what JSON
gives: an int within ±2^53 (so that every language and every JSON parser keeps it exact), a finite float, a bool, a
string, a list, an object with string keys, null.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

MAX_INT = 2**53
"""The largest whole number that an IEEE 754 double, and so JavaScript, holds without gaps."""

MAX_DEPTH = 8
"""How deep types may nest; no real problem comes near it."""

_SCALARS = ("int", "float", "bool", "string")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")


class InvalidSignature(ValueError):
    """A type or a name in a signature is not of the notation; the message says which and why."""


@dataclass(frozen=True)
class Type:
    """One type. ``kind`` is a scalar's name, ``list``, ``map`` or ``optional``; the last three have ``of``."""

    kind: str
    of: Type | None = None

    @property
    def element(self) -> Type:
        """What a list, map or optional is of."""
        if self.of is None:
            raise InvalidSignature(f"{self.kind} has no element type")
        return self.of

    def __str__(self) -> str:
        if self.of is None:
            return self.kind
        return f"map<string,{self.of}>" if self.kind == "map" else f"{self.kind}<{self.of}>"


@dataclass(frozen=True)
class Param:
    """One parameter: a snake_case name and its type."""

    name: str
    type: Type


@dataclass(frozen=True)
class Signature:
    """A function's name (snake_case, the same in every language), its parameters and what it returns."""

    function: str
    params: tuple[Param, ...]
    returns: Type

    def __str__(self) -> str:
        inside = ", ".join(f"{param.name}: {param.type}" for param in self.params)
        return f"{self.function}({inside}) -> {self.returns}"


def parse_type(text: str, depth: int = 0) -> Type:
    """Read a type such as ``list<map<string,int>>``; raises InvalidSignature."""
    text = text.strip()
    if depth > MAX_DEPTH:
        raise InvalidSignature(f"types nest deeper than {MAX_DEPTH}")
    if text in _SCALARS:
        return Type(text)
    opening = text.find("<")
    if opening < 0 or not text.endswith(">"):
        raise InvalidSignature(f"{text[:60]!r} is not a type")
    kind, inside = text[:opening].strip(), text[opening + 1 : -1]
    if kind == "map":
        key, comma, inside = inside.partition(",")
        if not comma or key.strip() != "string":
            raise InvalidSignature("a map's keys are strings: map<string,T>")
    elif kind not in ("list", "optional"):
        raise InvalidSignature(f"{kind[:60]!r} is not a type")
    of = parse_type(inside, depth + 1)
    if kind == "optional" and of.kind == "optional":
        raise InvalidSignature("an optional of an optional says nothing more")
    return Type(kind, of)


def parse_signature(function: str, params: list[tuple[str, str]], returns: str) -> Signature:
    """Read a whole signature from its names and types; raises InvalidSignature."""
    for name in (function, *(name for name, _ in params)):
        if not _NAME.match(name):
            raise InvalidSignature(f"{name[:60]!r} is not a name of lower-case letters, digits and _")
    names = [name for name, _ in params]
    if len(set(names)) != len(names) or function in names:
        raise InvalidSignature("the names of a signature must differ")
    return Signature(function, tuple(Param(name, parse_type(text)) for name, text in params), parse_type(returns))


def mismatch(value: object, type_: Type, at: str = "value") -> str | None:
    """Why ``value`` is not of ``type_``, as a phrase that names the place (``value[2]``), or None when it is.

    An int stands for a float of the same value, as it does in JSON; a bool never stands for an int.
    """
    kind = type_.kind
    if kind == "optional":
        return None if value is None else mismatch(value, type_.element, at)
    if kind == "list":
        if not isinstance(value, list):
            return _wrong(value, type_, at)
        found = (mismatch(item, type_.element, f"{at}[{index}]") for index, item in enumerate(value))
        return next((problem for problem in found if problem), None)
    if kind == "map":
        if not isinstance(value, dict):
            return _wrong(value, type_, at)
        for key, item in value.items():
            if not isinstance(key, str):
                return f"{at} has a key that is {_named(key)}, not a string"
            problem = mismatch(item, type_.element, f"{at}[{key!r}]")
            if problem:
                return problem
        return None
    if kind == "string":
        return None if isinstance(value, str) else _wrong(value, type_, at)
    if kind == "bool":
        return None if isinstance(value, bool) else _wrong(value, type_, at)
    if isinstance(value, bool):
        return _wrong(value, type_, at)
    if kind == "int":
        if not isinstance(value, int):
            return _wrong(value, type_, at)
        return None if abs(value) <= MAX_INT else f"{at} is beyond ±2^53"
    if not isinstance(value, int | float):
        return _wrong(value, type_, at)
    try:
        finite = math.isfinite(value)
    except OverflowError:  # an int beyond every float
        finite = False
    return None if finite else f"{at} is not a finite number"


def arguments_mismatch(args: object, signature: Signature) -> str | None:
    """Why ``args`` (a list with one value a parameter) cannot be passed to the function, or None."""
    if not isinstance(args, list):
        return "arguments are a list with one value a parameter"
    if len(args) != len(signature.params):
        return f"{signature.function} takes {len(signature.params)} arguments, not {len(args)}"
    found = (mismatch(value, param.type, param.name) for value, param in zip(args, signature.params, strict=True))
    return next((problem for problem in found if problem), None)


def _wrong(value: object, type_: Type, at: str) -> str:
    return f"{at} is {_named(value)}, expected {type_}"


def _named(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "a bool", int: "an int", float: "a float", str: "a string", list: "a list", dict: "a map"}
    return names.get(type(value), f"of the type {type(value).__name__}")
