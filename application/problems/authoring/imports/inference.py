"""The types of a function that calls of it and its annotations tell. Pure."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from application.judge.signature import Type, mismatch

MAX_ODD = 1 / 3
"""The share of calls that may be left out as they are of other types than the first ones."""

_SHOWN = 120
_NAMES = {bool: "a bool", int: "an int", float: "a float", str: "a string", list: "a list", dict: "a map"}
_ANNOTATED = {"int": "int", "float": "float", "bool": "bool", "str": "string"}


class NoSignature(ValueError):
    """Calls do not tell the types; the message says of which value and why."""


class _Mixed(NoSignature):
    """Values of one place are of types that have nothing in common."""


class _Untold(NoSignature):
    """The values say nothing, as all are null or empty."""


@dataclass(frozen=True)
class Call:
    """One call of a task's function. ``claims`` says whether ``expected`` is known."""

    args: list[Any]
    expected: Any
    claims: bool = True
    explanation: str = "One of the tests of the source."

    @property
    def key(self) -> str:
        """The arguments as text, equal for equal ones."""
        return json.dumps(self.args, default=str)

    @property
    def shown(self) -> str:
        """The call with its answer, shortened."""
        text = f"({json.dumps(self.args, ensure_ascii=False, default=str)[1:-1]}) = {json.dumps(self.expected)}"
        return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."


@dataclass(frozen=True)
class Hints:
    """The types that a source declares, by parameter, as far as it does."""

    params: dict[str, Type] = field(default_factory=dict)
    returns: Type | None = None


@dataclass(frozen=True)
class Inferred:
    """The types of the parameters and of the result, in the notation of ``judge.signature``, and the calls of those
    types. ``odd`` has, for each call that is of others, why."""

    types: list[str]
    returns: str
    calls: list[Call]
    odd: list[str]


def infer(params: Sequence[str], calls: Iterable[Call], hints: Hints) -> Inferred:
    """The types that the calls have in common; raises NoSignature."""
    kept: list[Call] = []
    odd: list[str] = []
    for call in calls:
        try:
            _types(params, [*kept, call], hints)
        except _Mixed as error:
            odd.append(str(error))
            continue
        except _Untold:
            pass
        kept.append(call)
    if not kept and not odd:
        raise NoSignature("has no tests that can be read without running them")
    if len(odd) > MAX_ODD * (len(kept) + len(odd)):
        raise NoSignature(odd[0])
    *types, returns = _types(params, kept, hints)
    return Inferred([str(type_) for type_ in types], str(returns), kept, odd)


def _types(params: Sequence[str], calls: Sequence[Call], hints: Hints) -> list[Type]:
    """Of each parameter in order, then of the result. All are looked at before one is said to be untold."""
    places = [(name, [call.args[index] for call in calls], hints.params.get(name)) for index, name in enumerate(params)]
    places.append(("the result", [call.expected for call in calls if call.claims], hints.returns))
    found: list[Type] = []
    untold: _Untold | None = None
    for name, values, hint in places:
        try:
            found.append(_place(name, values, hint))
        except _Untold as error:
            untold = error
    if untold:
        raise untold
    return found


def _place(name: str, values: list[Any], hint: Type | None) -> Type:
    if hint is not None and all(mismatch(value, hint) is None for value in values):
        return hint
    type_ = common(values, name)
    for value in values:
        flaw = mismatch(value, type_, name)
        if flaw:
            raise _Mixed(flaw)
    return type_


def common(values: Sequence[Any], name: str) -> Type:
    """The narrowest type that all values are of; raises NoSignature, which calls them by the name."""
    told = [value for value in values if value is not None]
    if not told:
        raise _Untold(f"nothing tells the type of {name}")
    type_ = _of_told(told, name)
    return type_ if len(told) == len(values) else Type("optional", type_)


def _of_told(told: list[Any], name: str) -> Type:
    kinds = {type(value) for value in told}
    if kinds == {list}:
        return Type("list", common([item for value in told for item in value], f"the items of {name}"))
    if kinds == {dict}:
        if any(not isinstance(key, str) for value in told for key in value):
            raise _Mixed(f"{name} has a map with keys that are not texts")
        return Type("map", common([item for value in told for item in value.values()], f"the values of {name}"))
    if kinds <= {int, float}:
        return Type("int" if kinds == {int} else "float")
    if kinds in ({bool}, {str}):
        return Type("bool" if kinds == {bool} else "string")
    named = sorted(_NAMES.get(kind, kind.__name__) for kind in kinds)
    if len(named) == 1:
        raise _Mixed(f"{name} is {named[0]}, which no type of a signature is")
    raise _Mixed(f"{name} is of mixed types: {', '.join(named[:-1])} and {named[-1]}")


def annotated(node: ast.expr | None) -> Type | None:
    """The type that an annotation declares, or None where it is none of ours. A tuple of one type is a list."""
    match node:
        case ast.Name(id=name) if name in _ANNOTATED:
            return Type(_ANNOTATED[name])
        case ast.Subscript(value=ast.Name(id="List" | "list"), slice=of):
            return _wrapped("list", of)
        case ast.Subscript(value=ast.Name(id="Optional"), slice=of):
            return _wrapped("optional", of)
        case ast.BinOp(left=of, op=ast.BitOr(), right=ast.Constant(value=None)):
            return _wrapped("optional", of)
        case ast.Subscript(value=ast.Name(id="Dict" | "dict"), slice=ast.Tuple(elts=[ast.Name(id="str"), of])):
            return _wrapped("map", of)
        case ast.Subscript(value=ast.Name(id="Tuple" | "tuple"), slice=ast.Tuple(elts=[of, *others])):
            inner = annotated(of)
            ellipsis = isinstance(others[-1], ast.Constant) if others else False
            same = ellipsis or all(annotated(other) == inner for other in others)
            return _wrapped("list", of) if same else None
        case _:
            return None


def _wrapped(kind: str, of: ast.expr) -> Type | None:
    inner = annotated(of)
    if inner is None or (kind == "optional" and inner.kind == "optional"):
        return None
    return Type(kind, inner)
