"""A program in which what Python leaves open comes out in another way: the order of sets, ``hash`` and ``id``.

A solution whose answers change with it depends on a chance that the sandbox, with one interpreter for all, never shows.
"""

from __future__ import annotations

import ast

_PRELUDE = """
def _unsettled(kind):
    class Alike(type):
        def __instancecheck__(cls, value):
            return isinstance(value, kind)

    class Unsettled(kind, metaclass=Alike):
        def __iter__(self):
            items = kind.__iter__(self)
            for first in items:
                yield from items
                yield first

    def wrapped(method):
        def call(self, *others):
            found = method(self, *others)
            return found if found is NotImplemented else Unsettled(found)

        return call

    for name in ("and", "or", "sub", "xor", "rand", "ror", "rsub", "rxor"):
        setattr(Unsettled, f"__{name}__", wrapped(getattr(kind, f"__{name}__")))
    for name in ("union", "intersection", "difference", "symmetric_difference", "copy"):
        setattr(Unsettled, name, wrapped(getattr(kind, name)))
    if kind is _set:
        def pop(self):
            for item in self:
                self.discard(item)
                return item
            raise KeyError("pop from an empty set")

        Unsettled.pop = pop
    return Unsettled


_set, _frozenset, _hash, _id = set, frozenset, hash, id
set = _unsettled_set = _unsettled(_set)
frozenset = _unsettled(_frozenset)


def hash(value):
    return _hash(value) ^ 0x2F0B4C47


def id(value):
    return _id(value) ^ 0x7F0
"""


def unsettled(source: str) -> str:
    """The program, changed; ``source`` is Python."""
    tree = _Sets().visit(ast.parse(source))
    first = 0
    for place, node in enumerate(tree.body):
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            first = place + 1
    tree.body[first:first] = ast.parse(_PRELUDE).body
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


class _Sets(ast.NodeTransformer):
    """Makes sets of displays and comprehensions by a call."""

    def visit_Set(self, node: ast.Set) -> ast.AST:
        self.generic_visit(node)
        return _made(ast.List(node.elts, ast.Load()))

    def visit_SetComp(self, node: ast.SetComp) -> ast.AST:
        self.generic_visit(node)
        return _made(ast.ListComp(node.elt, node.generators))


def _made(items: ast.expr) -> ast.Call:
    return ast.Call(ast.Name("_unsettled_set", ast.Load()), [items], [])
