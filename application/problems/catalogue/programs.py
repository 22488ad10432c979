"""What reading a draft's programs tells: whether they define what they must, and reach for no more than that takes.

This keeps nobody out, which is what the sandbox does; it tells an author what is wrong before anything is run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

IMPORTED = frozenset(
    "__future__ abc array bisect cmath collections copy dataclasses decimal enum fractions functools hashlib heapq "
    "itertools math numbers operator random re statistics string sys textwrap typing unicodedata".split()
)
"""Modules that answers are made with: they know neither time nor the machine."""

_OF_SYS = frozenset({"setrecursionlimit", "maxsize", "float_info"})
_NOT_CALLED = frozenset("open exec compile __import__ input breakpoint exit quit globals vars".split())


def flaw(source: str, function: str, takes: int) -> str | None:
    """Why this Python source does not define the function, to be called with so many arguments, or what it uses that
    no answer needs; else None."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return f"is no Python: {error}"
    defined = _defined(tree, function)
    if defined is None:
        return f"does not define {function}"
    if not _can_take(defined.args, takes):
        return f"{function} cannot be called with {takes} argument{'' if takes == 1 else 's'}"
    return next(_reaches(tree), None)


def defines(source: str, function: str) -> bool:
    """Whether this Python source, which has no flaw, defines the function."""
    return _defined(ast.parse(source), function) is not None


def _defined(tree: ast.Module, function: str) -> ast.FunctionDef | None:
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function]
    return found[-1] if found else None


def _can_take(arguments: ast.arguments, count: int) -> bool:
    places = len(arguments.posonlyargs) + len(arguments.args)
    needed = places - len(arguments.defaults)
    return needed <= count and (count <= places or arguments.vararg is not None) and None not in arguments.kw_defaults


def _reaches(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                for alias in node.names:
                    yield from _imports(alias.name)
            case ast.ImportFrom():
                yield from _imports(node.module or ".")
                if node.module == "sys":
                    yield from (f"uses sys.{alias.name}" for alias in node.names if alias.name not in _OF_SYS)
            case ast.Attribute(value=ast.Name(id="sys")) if node.attr not in _OF_SYS:
                yield f"uses sys.{node.attr}"
            case ast.Call(func=ast.Name(id=called)) if called in _NOT_CALLED:
                yield f"calls {called}"


def _imports(module: str) -> Iterator[str]:
    root = module.partition(".")[0]
    if root not in IMPORTED:
        yield f"imports {root or module}, which no solution needs"
