"""The smallest arguments that a signature allows, by size: what a proof tries exhaustively."""

from __future__ import annotations

import itertools
import math
from typing import Any

from application.judge.signature import Signature, Type

MAX_TRIED = 4000
"""How many calls are put to a problem's validator at most."""

_SCALARS: dict[str, list[Any]] = {
    "int": [0, 1, 2, 3, -1, 4, 5],
    "float": [0.0, 1.0, 0.5, 2.0, -1.5],
    "bool": [False, True],
    "string": ["", "a", "b", "ab", "aa", "ba", "A", "0", "aba", "a b"],
}
_ITEMS = 3
"""How many of a type's smallest values the lists of it are made of; the lists have up to as many items."""


def calls(signature: Signature) -> list[list[Any]]:
    """Up to ``MAX_TRIED`` argument lists, the smallest first."""
    values = [_values(param.type) for param in signature.params]
    each = 1
    while math.prod(min(each + 1, len(own)) for own in values) <= MAX_TRIED and each < max(map(len, values)):
        each += 1
    ranked = itertools.product(*(list(enumerate(own[:each])) for own in values))
    ordered = sorted(ranked, key=lambda call: sum(place for place, _ in call))
    return [[value for _, value in call] for call in ordered]


def _values(type_: Type) -> list[Any]:
    if type_.kind == "optional":
        return [None, *_values(type_.element)]
    if type_.kind == "list":
        return _lists(_values(type_.element))
    if type_.kind == "map":
        items = _values(type_.element)[:_ITEMS]
        return [
            dict(zip("abc"[:length], chosen, strict=True))
            for length in range(_ITEMS)
            for chosen in itertools.product(items, repeat=length)
        ]
    return _SCALARS[type_.kind]


def _lists(values: list[Any]) -> list[Any]:
    found: list[Any] = []
    for length in range(_ITEMS + 2):
        of = values[: (6, 6, 5, 4, 3)[length]]
        found += [list(chosen) for chosen in itertools.product(of, repeat=length)]
    return found
