"""The value of an expression that says it outright, such as ``[1, -2.5, "a" * 3]``: read, never executed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any

from application.judge.signature import MAX_INT

MAX_SIZE = 100_000
"""Characters or items that one value may have."""

MAX_DEPTH = 40


class NotLiteral(ValueError):
    """The expression needs more than reading; the message says what."""


def parsed(source: str) -> ast.Module:
    """The syntax tree of a source; raises NotLiteral for what is no Python."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise NotLiteral(f"is no Python: {error}") from error


def value_of(node: ast.expr, names: Mapping[str, Any] | None = None, depth: int = 0) -> Any:
    """The value, of which tuples are lists; ``names`` are values that are known by name. Raises NotLiteral."""
    if depth > MAX_DEPTH:
        raise NotLiteral("is nested too deeply")

    def inside(part: ast.expr) -> Any:
        return value_of(part, names, depth + 1)

    match node:
        case ast.Constant(value=bool() | int() | float() | str() | None):
            return node.value
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return [inside(item) for item in items]
        case ast.Dict():
            return _mapping(node, inside)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd()):
            value = _number(inside(node.operand))
            return -value if isinstance(node.op, ast.USub) else value
        case ast.BinOp():
            return _operation(node.op, inside(node.left), inside(node.right))
        case ast.Call(func=ast.Name(id="tuple" | "list"), args=[of], keywords=[]):
            value = inside(of)
            if isinstance(value, list | str):
                return list(value)
        case ast.Call(func=ast.Name(id="str"), args=[of], keywords=[]):
            value = inside(of)
            if isinstance(value, str | int) and not isinstance(value, bool):
                return str(value)
        case ast.Name(id=name) if names and name in names:
            return names[name]
        case ast.Set():
            raise NotLiteral("has a set")
        case _:
            pass
    raise NotLiteral(f"has {_shown(node)}, which is more than a value")


def _mapping(node: ast.Dict, inside: Callable[[ast.expr], Any]) -> dict[Any, Any]:
    made = {}
    for key, value in zip(node.keys, node.values, strict=True):
        name = None if key is None else inside(key)
        if key is None or not isinstance(name, str | int | float):
            raise NotLiteral("has a map with keys that are neither texts nor numbers")
        made[name] = inside(value)
    return made


def _operation(operator: ast.operator, left: Any, right: Any) -> Any:
    """Sums of numbers and of sequences, and other arithmetic, within bounds."""
    match operator:
        case ast.Add() if type(left) is type(right) and isinstance(left, str | list):
            return _bounded(left + right)
        case ast.Mult() if isinstance(left, str | list) and type(right) is int:
            if len(left) * max(0, right) > MAX_SIZE:
                raise NotLiteral("has a value that is too large")
            return left * right
        case ast.Pow() if abs(_number(right)) > 64:
            raise NotLiteral("has a number that is too large")
        case _:
            pass
    one, other = _number(left), _number(right)
    calculate: dict[type[ast.operator], Callable[[], Any]] = {
        ast.Add: lambda: one + other,
        ast.Sub: lambda: one - other,
        ast.Mult: lambda: one * other,
        ast.Div: lambda: one / other,
        ast.FloorDiv: lambda: one // other,
        ast.Mod: lambda: one % other,
        ast.Pow: lambda: one**other,
    }
    if type(operator) not in calculate:
        raise NotLiteral(f"has the operation {type(operator).__name__}")
    try:
        return _number(calculate[type(operator)]())
    except ArithmeticError as error:
        raise NotLiteral(f"has a calculation without a result: {error}") from error


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotLiteral("calculates with what is no number")
    if isinstance(value, int) and abs(value) > MAX_INT:
        raise NotLiteral("has a number beyond ±2^53")
    return value


def _bounded(value: Any) -> Any:
    if len(value) > MAX_SIZE:
        raise NotLiteral("has a value that is too large")
    return value


def _shown(node: ast.expr) -> str:
    kinds = {ast.Call: "a call", ast.Name: "a name", ast.ListComp: "a comprehension", ast.Compare: "a comparison"}
    return kinds.get(type(node), f"the expression {type(node).__name__}")
