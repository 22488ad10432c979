"""Programs that are almost right: each differs from a solution in one place, as a careless player's would.

Tests that let such a program pass are too weak. The kinds of change are the usual ones of mutation testing: other
operators, bounds off by one, branches and statements dropped.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}


@dataclass(frozen=True)
class Mutant:
    """A changed program, and what was changed in which line of the original."""

    line: int
    change: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Every program that one change makes of this Python source, each once, one after another as they are made.

    Raises SyntaxError for what is no Python.
    """
    tree = ast.parse(source)
    seen = {ast.unparse(tree) + "\n"}
    for index, node in enumerate(ast.walk(tree)):
        for number, (change, _) in enumerate(_changes(node)):
            changed = copy.deepcopy(tree)
            _, replacement = list(_changes(_nth(changed, index)))[number]
            _replace(changed, _nth(changed, index), replacement)
            text = ast.unparse(ast.fix_missing_locations(changed)) + "\n"
            if text not in seen:
                seen.add(text)
                yield Mutant(getattr(node, "lineno", 0), change, text)


def _nth(tree: ast.AST, index: int) -> ast.AST:
    return next(node for position, node in enumerate(ast.walk(tree)) if position == index)


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
                return
            if isinstance(value, list):
                for place, item in enumerate(value):
                    if item is old:
                        value[place] = new
                        return


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What can be changed of one node: a few words, and the node to put in its place."""
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                for other in _COMPARISONS.get(type(operator), ()):
                    ops = [*node.ops[:place], other(), *node.ops[place + 1 :]]
                    yield f"{_name(operator)} for {other.__name__}", ast.Compare(node.left, ops, node.comparators)
        case ast.BinOp() if other_operator := _OPERATORS.get(type(node.op)):
            yield (
                f"{_name(node.op)} for {other_operator.__name__}",
                ast.BinOp(node.left, other_operator(), node.right),
            )
            yield "right side dropped", node.left
            yield "left side dropped", node.right
        case ast.AugAssign() if other_operator := _OPERATORS.get(type(node.op)):
            changed = ast.AugAssign(node.target, other_operator(), node.value)
            yield f"{_name(node.op)} for {other_operator.__name__}", changed
            yield "statement dropped", ast.Pass()
        case ast.BoolOp():
            other_bool = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield f"{_name(node.op)} for {_name(other_bool)}", ast.BoolOp(other_bool, node.values)
            for place in range(len(node.values)):
                rest = node.values[:place] + node.values[place + 1 :]
                yield "condition dropped", rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield "sign dropped", node.operand
        case ast.Constant(value=bool() as value):
            yield "other truth", ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield "one more", ast.Constant(value + 1)
            yield "one less", ast.Constant(value - 1)
        case ast.Constant(value=str() as value):
            yield "other text", ast.Constant(value[1:] if value else "x")
        case ast.Subscript(slice=ast.Slice() as part):
            yield from _slices(node, part)
        case ast.Subscript(ctx=ast.Load()) if not isinstance(node.slice, ast.Constant | ast.UnaryOp):
            for step in (ast.Add(), ast.Sub()):
                moved = ast.BinOp(node.slice, step, ast.Constant(1))
                yield f"index {_name(step)} 1", ast.Subscript(node.value, moved, ast.Load())
        case ast.comprehension(ifs=[_, *_]):
            for place in range(len(node.ifs)):
                rest = node.ifs[:place] + node.ifs[place + 1 :]
                yield "filter dropped", ast.comprehension(node.target, node.iter, rest, node.is_async)
        case ast.Assign() | ast.AnnAssign(value=ast.expr()):
            yield "assignment dropped", ast.Pass()
        case ast.Return(value=ast.expr()):
            yield "nothing returned", ast.Return(None)
        case ast.If() | ast.IfExp():
            for truth in (True, False):
                yield (
                    f"always {truth}",
                    type(node)(ast.Constant(truth), copy.deepcopy(node.body), copy.deepcopy(node.orelse)),  # type: ignore[arg-type]
                )
        case ast.Call(func=ast.Name(id=called)) if called in _CALLS and len(node.args) > 0:
            yield f"{called} for {_CALLS[called]}", ast.Call(ast.Name(_CALLS[called], ast.Load()), node.args, [])
        case ast.Call(func=ast.Name(id="range")) if not node.keywords:
            yield from _ranges(node)
        case ast.Expr(value=ast.Call()) | ast.Break() | ast.Continue():
            yield "statement dropped", ast.Pass()
        case _:
            return


def _ranges(node: ast.Call) -> Iterator[tuple[str, ast.AST]]:
    """Bounds off by one."""
    last = 0 if len(node.args) == 1 else 1
    for step, words in ((1, "one further"), (-1, "one less far")):
        args = list(node.args)
        args[last] = ast.BinOp(args[last], ast.Add() if step > 0 else ast.Sub(), ast.Constant(1))
        yield f"range {words}", ast.Call(node.func, args, [])
    if len(node.args) == 1:
        yield "range from one", ast.Call(node.func, [ast.Constant(1), *node.args], [])


def _slices(node: ast.Subscript, part: ast.Slice) -> Iterator[tuple[str, ast.AST]]:
    """A slice that begins or ends one later, or does neither."""
    for bound, words in (("lower", "begins"), ("upper", "ends")):
        value = getattr(part, bound)
        if value is not None:
            later = ast.BinOp(value, ast.Add(), ast.Constant(1))
            for text, other in ((f"{words} one later", later), (f"{words} nowhere", None)):
                lower, upper = (other, part.upper) if bound == "lower" else (part.lower, other)
                yield f"slice {text}", ast.Subscript(node.value, ast.Slice(lower, upper, part.step), node.ctx)


def _name(operator: ast.AST) -> str:
    return type(operator).__name__
