"""HumanEval's tasks: a prompt with a docstring, a solution, and a ``check`` full of asserts."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from application.problems.authoring.imports import statement
from application.problems.authoring.imports.asserts import Asserted, asserted
from application.problems.authoring.imports.found import Read, Refused, Task, Unusable, typed
from application.problems.authoring.imports.inference import Call, Hints, NoSignature, annotated, infer
from application.problems.authoring.imports.literals import NotLiteral, parsed, value_of
from application.problems.authoring.imports.names import parameters, slug_of, snake_case, title_of
from application.problems.authoring.imports.told import told
from application.problems.catalogue.source import MAX_SOURCE, flaws

SOURCE, LICENCE = "HumanEval", "MIT"

_IN_LISTS = """

def _in_lists(value):
    if isinstance(value, dict):
        return {{key: _in_lists(item) for key, item in value.items()}}
    return [_in_lists(item) for item in value] if isinstance(value, (list, tuple)) else value


def {function}({params}):
    return _in_lists({original}({params}))
"""
"""What makes a solution that returns tuples one that returns lists, which every language has."""


class Line(BaseModel):
    """What a line of the file has."""

    task_id: str = Field(min_length=1, max_length=60)
    prompt: str = Field(min_length=1, max_length=MAX_SOURCE)
    entry_point: str = Field(min_length=1, max_length=60)
    canonical_solution: str = Field(min_length=1, max_length=MAX_SOURCE)
    test: str = Field(min_length=1, max_length=400_000)


def read(values: Iterable[tuple[str, Any]], rank: str) -> list[Read]:
    """The tasks of these lines, each a name for messages and a JSON value, as problems of the rank."""
    return [_read(where, value, rank) for where, value in values]


def _read(where: str, value: Any, rank: str) -> Read:
    if not isinstance(value, dict):
        return Refused(where, "is no task: not a JSON object")
    name = str(value.get("task_id", where))[:60]
    try:
        return typed(_task(Line.model_validate(value), rank))
    except ValidationError as error:
        return Refused(name, flaws(error))
    except Unusable as error:
        return Refused(name, str(error))
    except RecursionError:
        return Refused(name, "is nested too deeply")


def _task(line: Line, rank: str) -> Task:
    source = f"{line.prompt.rstrip()}\n{line.canonical_solution.rstrip()}\n".lstrip("\n")
    try:
        tree = parsed(source)
    except NotLiteral as error:
        raise Unusable(f"canonical_solution {error}") from error
    main = next((node for node in _functions(tree) if node.name == line.entry_point), None)
    if main is None:
        raise Unusable(f"canonical_solution does not define {line.entry_point[:40]}")
    docstring, place = _docstring(main)
    function = snake_case(line.entry_point)
    params = _parameters(main, function)
    tests = asserted(line.test, [arg.arg for arg in main.args.args], _defaults(main))
    hints = _hints(params, main)
    said = told(statement.lines_of(docstring), line.entry_point, len(params))
    reference = _without(source, place)
    if tests.tuples or _mentions_tuple(main.returns):
        inner = f"{function}_in_tuples"
        reference = _renamed(reference, line.entry_point, inner)
        reference += _IN_LISTS.format(function=function, original=inner, params=", ".join(params))
    else:
        reference = _renamed(reference, line.entry_point, function)
    fields = {
        "slug": slug_of(line.task_id, line.entry_point),
        "title": title_of(line.entry_point) if len(function) > 1 else f"Function {function}",
        "description": _described(line, source, main, said.rest, tests.tuples).replace("\r", ""),
        "rank": rank,
        "function": function,
        "reference": reference,
        "source": f"{SOURCE}, {line.task_id}",
        "licence": LICENCE,
    }
    shown = _fitting(said.calls, tests, params, hints)
    notes = [f"{len(tests.unread)} tests not read: {tests.unread[0]}"] if tests.unread else []
    return Task(line.task_id, fields, params, shown, tests.calls, hints, tuple(notes), unordered=tests.unordered)


def _described(line: Line, source: str, main: ast.FunctionDef, text: list[str], tuples: bool) -> str:
    """The statement: the docstring, and what else of the prompt a player has to know."""
    parts = [statement.markdown(text, line.entry_point)]
    if tuples or "tuple" in parts[0]:
        parts.append("Where a tuple is meant, it is a list here.")
    prompted = len(line.prompt.strip().splitlines())
    given = [node for node in _functions(ast.parse(source)) if node.lineno <= prompted and node.name != main.name]
    if given:
        parts.append("This is given, and is not part of your code; copy what you need of it:")
        parts.append(statement.fenced("\n\n\n".join(ast.get_source_segment(source, node) or "" for node in given)))
    return re.sub(rf"\b{re.escape(line.entry_point)}\b", snake_case(line.entry_point), "\n\n".join(parts))


def _fitting(calls: list[Call], tests: Asserted, params: Sequence[str], hints: Hints) -> list[Call]:
    """The statement's calls that are of the types of the tests: others were not meant literally, or not understood."""
    try:
        found = infer(params, [*tests.calls, *calls], hints).calls
    except NoSignature:
        return calls
    return [call for call in calls if call in found]


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def _docstring(main: ast.FunctionDef) -> tuple[str, ast.Expr]:
    """The first text that stands alone in the function, which some authors put after an import."""
    for node in main.body:
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                return text, node
            case _:
                pass
    raise Unusable("has no docstring, so no statement")


def _parameters(main: ast.FunctionDef, function: str) -> list[str]:
    args = main.args
    if args.vararg or args.kwarg or args.kwonlyargs or args.posonlyargs:
        raise Unusable("takes a varying number of arguments, or named ones")
    if not args.args:
        raise Unusable("takes no arguments")
    return parameters((arg.arg for arg in args.args), function)


def _defaults(main: ast.FunctionDef) -> list[Any]:
    try:
        return [value_of(default) for default in main.args.defaults]
    except NotLiteral:
        return []


def _hints(params: Sequence[str], main: ast.FunctionDef) -> Hints:
    declared = {name: annotated(arg.annotation) for name, arg in zip(params, main.args.args, strict=True)}
    return Hints({name: type_ for name, type_ in declared.items() if type_ is not None}, annotated(main.returns))


def _mentions_tuple(returns: ast.expr | None) -> bool:
    return returns is not None and "tuple" in ast.unparse(returns).lower()


def _without(source: str, docstring: ast.Expr) -> str:
    """The source without the docstring, which is the statement now, where it stands on lines of its own."""
    lines = source.splitlines()
    rest = "\n".join([*lines[: docstring.lineno - 1], *lines[docstring.end_lineno :]]) + "\n"
    whole = ast.parse(source)
    for node in ast.walk(whole):
        if isinstance(node, ast.FunctionDef):
            node.body = [part for part in node.body if part.lineno != docstring.lineno]
    try:
        return rest if ast.dump(ast.parse(rest)) == ast.dump(whole) else source
    except SyntaxError:
        return source


def _renamed(source: str, name: str, other: str) -> str:
    """The source with another name in the place of this one, and all else as it was."""
    if name == other:
        return source
    lines = source.splitlines(keepends=True)
    for token in reversed(list(tokenize.generate_tokens(io.StringIO(source).readline))):
        if token.type == tokenize.NAME and token.string == name:
            row, start = token.start
            line = lines[row - 1]
            lines[row - 1] = line[:start] + other + line[start + len(name) :]
    return "".join(lines)
