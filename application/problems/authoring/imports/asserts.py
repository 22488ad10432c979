"""The calls that the asserts of a ``check(candidate)`` make, and the answers they claim: read, never executed."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from application.problems.authoring.imports.found import Unusable
from application.problems.authoring.imports.inference import Call
from application.problems.authoring.imports.literals import NotLiteral, parsed, value_of

UNKNOWN: Any = object()
"""The answer to a call of which nothing is claimed that can be read."""


@dataclass
class Asserted:
    """What was read. ``unread`` has, for each assert that is more than literals, why; ``tuples`` are among the
    answers."""

    calls: list[Call] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unordered: bool = False
    tuples: bool = False


def asserted(test: str, params: Sequence[str], defaults: Sequence[Any]) -> Asserted:
    """The calls of the function ``check``; raises Unusable where there is no such function, or where it accepts more
    than one answer. ``defaults`` are of the last parameters."""
    try:
        tree = parsed(test)
    except NotLiteral as error:
        raise Unusable(f"test {error}") from error
    check = next((node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "check"), None)
    if check is None or not check.args.args:
        raise Unusable("test does not define check(candidate)")
    reading = _Reading(check.args.args[0].arg, params, defaults)
    for statement in check.body:
        reading.read(statement)
    return reading.found


class _Reading:
    """Goes through the statements of one ``check``."""

    def __init__(self, candidate: str, params: Sequence[str], defaults: Sequence[Any]) -> None:
        self.found = Asserted()
        self._candidate, self._params, self._defaults = candidate, params, defaults
        self._names: dict[str, Any] = {}

    def read(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                try:
                    self._names[name] = value_of(value, self._names)
                except NotLiteral:
                    self._names.pop(name, None)
            case ast.Assert(test=ast.Constant()):
                pass
            case ast.Assert(test=test):
                try:
                    self._assert(test)
                except NotLiteral as error:
                    self.found.unread.append(f"line {statement.lineno} {error}")
            case ast.For() | ast.While() | ast.With() | ast.Try() | ast.If():
                if any(isinstance(node, ast.Assert) for node in ast.walk(statement)):
                    self.found.unread.append(f"line {statement.lineno} makes its tests while it runs")
            case _:
                pass

    def _assert(self, test: ast.expr) -> None:
        match test:
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                self._keep(operand, False)
            case ast.Compare(left=ast.Call(func=called, args=[distance]), ops=[ast.Lt() | ast.LtE()]) if _is_abs(
                called
            ):
                self._near(distance)
            case ast.Compare(left=left, ops=[ast.Eq() | ast.Is()], comparators=[right]):
                if not self._calls(left):
                    left, right = right, left
                self._keep(left, self._value(right))
            case ast.Compare() | ast.BoolOp() if self._calls(test):
                raise Unusable("accepts more than one answer to a call")
            case ast.Call():
                self._keep(test, True)
            case _:
                raise NotLiteral("has an assert of another form")

    def _near(self, distance: ast.expr) -> None:
        """``abs(candidate(...) - expected) < eps``"""
        if not isinstance(distance, ast.BinOp) or not isinstance(distance.op, ast.Sub):
            raise NotLiteral("has an assert of another form")
        left, right = distance.left, distance.right
        if not self._calls(left):
            left, right = right, left
        value = self._value(right)
        self._keep(left, float(value) if isinstance(value, int | float) else value)

    def _keep(self, node: ast.expr, expected: Any) -> None:
        """Take the candidate's call out of what may stand around it."""
        match node:
            case ast.Call(func=ast.Name(id=name)) if name == self._candidate:
                args = self._arguments(node)
                self.found.calls.append(Call(args, None if expected is UNKNOWN else expected, expected is not UNKNOWN))
            case ast.Call(func=ast.Name(id="tuple" | "list"), args=[inside]):
                self._keep(inside, expected)
            case ast.Call(func=ast.Name(id="sorted" | "set"), args=[inside]):
                self.found.unordered = True
                self._keep(inside, expected)
            case ast.Call(func=ast.Name(id="round"), args=[inside, *_]):
                self._keep(inside, UNKNOWN)
            case _:
                raise NotLiteral("has an assert of another form")

    def _arguments(self, call: ast.Call) -> list[Any]:
        args = [value_of(arg, self._names) for arg in call.args]
        named = {keyword.arg: value_of(keyword.value, self._names) for keyword in call.keywords}
        for index, name in enumerate(self._params[len(args) :], start=len(args)):
            from_end = index - len(self._params)
            if name in named:
                args.append(named.pop(name))
            elif -from_end <= len(self._defaults):
                args.append(self._defaults[from_end])
        if named or len(args) != len(self._params):
            raise NotLiteral("calls the function with other arguments than it has")
        return args

    def _value(self, node: ast.expr) -> Any:
        """What is claimed, or UNKNOWN where that takes a calculation: the reference does it."""
        try:
            if isinstance(node, ast.Set):
                self.found.unordered = True
                return [value_of(item, self._names) for item in node.elts]
            value = value_of(node, self._names)
        except NotLiteral:
            return UNKNOWN
        self.found.tuples |= any(isinstance(part, ast.Tuple) for part in ast.walk(node))
        return value

    def _calls(self, node: ast.expr) -> bool:
        return any(isinstance(part, ast.Name) and part.id == self._candidate for part in ast.walk(node))


def _is_abs(node: ast.expr) -> bool:
    name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
    return name in ("abs", "fabs")
