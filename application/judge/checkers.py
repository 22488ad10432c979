"""Whether what a function returned is right, and if not, why: as one short phrase for its author.

``exact``: equal values. ``float(eps)``: numbers may differ by ``eps`` absolutely or relative to the expected one, at
any depth. ``unordered``: every list, at every depth, counts as a multiset; so it suits "all groups, in any order, each
in any order", and is wrong for lists whose inner order means something, such as permutations.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from application.judge.signature import Type, mismatch

_FLOAT = re.compile(r"float\(\s*([0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?)\s*\)\Z")
_SHOWN = 60


class UnknownChecker(ValueError):
    """``compare`` names no checker."""


def compare(kind: str, got: Any, expected: Any, type_: Type) -> str | None:
    """None when ``got`` is right, else an explanation such as ``value[3] is 5, expected 7``.

    Both are JSON values; ``expected`` is of ``type_``. A value of another type is never right: ``"3"`` is not 3,
    true is not 1; an int stands for a float only where the type says float. Raises UnknownChecker.
    """
    tolerance = _tolerance(kind)
    problem = mismatch(got, type_)
    if problem:
        return problem
    if kind == "unordered":
        return _unordered(got, expected, type_, "value")
    return _difference(got, expected, "value", tolerance)


def _tolerance(kind: str) -> float:
    if kind in ("exact", "unordered"):
        return 0.0
    found = _FLOAT.match(kind)
    if not found:
        raise UnknownChecker(f"{kind[:40]!r} is none of exact, float(eps), unordered")
    return float(found[1])


def _difference(got: Any, expected: Any, at: str, tolerance: float) -> str | None:
    """The first place where two values of one type differ."""
    if isinstance(expected, list) and isinstance(got, list):
        for index, (one, other) in enumerate(zip(got, expected, strict=False)):
            problem = _difference(one, other, f"{at}[{index}]", tolerance)
            if problem:
                return problem
        return _lengths(got, expected, at)
    if isinstance(expected, dict) and isinstance(got, dict):
        for key in expected:
            if key not in got:
                return f"{at} has no key {_shown(key)}"
            problem = _difference(got[key], expected[key], f"{at}[{_shown(key)}]", tolerance)
            if problem:
                return problem
        extra = next((key for key in got if key not in expected), None)
        return None if extra is None else f"{at} has a key {_shown(extra)} too many"
    if _same(got, expected, tolerance):
        return None
    return f"{at} is {_shown(got)}, expected {_shown(expected)}"


def _same(got: Any, expected: Any, tolerance: float) -> bool:
    if isinstance(got, bool) or isinstance(expected, bool) or got is None or expected is None:
        return got is expected
    if tolerance and isinstance(got, int | float) and isinstance(expected, int | float):
        return abs(got - expected) <= tolerance * max(1.0, abs(expected))
    return bool(got == expected)


def _unordered(got: Any, expected: Any, type_: Type, at: str) -> str | None:
    if isinstance(got, list) and isinstance(expected, list):
        of = type_.element if type_.kind == "list" else type_.element.element
        have, want = Counter(_key(item, of) for item in got), Counter(_key(item, of) for item in expected)
        problem = _lengths(got, expected, at)
        for item in got:
            if have[_key(item, of)] > want[_key(item, of)]:
                times = "" if want[_key(item, of)] == 0 else " more often than expected"
                return f"{at} contains {_shown(item)}{times}" + (", which is not expected" if not times else "")
        for item in expected:
            if want[_key(item, of)] > have[_key(item, of)]:
                return f"{at} lacks {_shown(item)}"
        return problem
    if _key(got, type_) == _key(expected, type_):
        return None
    return _difference(got, expected, at, 0.0) or f"{at} is {_shown(got)}, expected {_shown(expected)}"


def _key(value: Any, type_: Type) -> str:
    """A text that is equal for values that differ only in the order of lists, or in 3 for 3.0 as a float."""
    if type_.kind == "optional":
        return "null" if value is None else _key(value, type_.element)
    if type_.kind == "list":
        return "[" + ",".join(sorted(_key(item, type_.element) for item in value)) + "]"
    if type_.kind == "map":
        return "{" + ",".join(f"{json.dumps(key)}:{_key(value[key], type_.element)}" for key in sorted(value)) + "}"
    return json.dumps(float(value) + 0.0 if type_.kind == "float" else value)


def _lengths(got: list[Any], expected: list[Any], at: str) -> str | None:
    if len(got) == len(expected):
        return None
    return f"{at} has {len(got)} item{'' if len(got) == 1 else 's'}, expected {len(expected)}"


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
