"""Exercism's ``canonical-data.json``: cases of one exercise, of which each property becomes a problem.

There are expected outputs, but no solution that computes them, so a solution has to come along: without one nothing
of an exercise can be proven.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from application.problems.authoring.imports import statement
from application.problems.authoring.imports.found import Read, Refused, Task, Unusable, typed
from application.problems.authoring.imports.inference import Call, Hints
from application.problems.authoring.imports.literals import NotLiteral, parsed
from application.problems.authoring.imports.names import parameters, slug_of, snake_case, title_of
from application.problems.catalogue.source import MAX_SOURCE, flaws

SOURCE, LICENCE = "Exercism", "MIT"
MAX_DEPTH = 8
"""How deep groups of cases may nest."""

BESIDE = ("description.md", "instructions.md")
"""The files beside the data that have the statement."""


class Case(BaseModel):
    """One case: a call with its answer, or a group of cases."""

    uuid: str = ""
    reimplements: str = ""
    description: str = Field(default="", max_length=1000)
    property: str = Field(default="", max_length=60)
    input: dict[str, Any] = Field(default_factory=dict)
    expected: Any = None
    cases: list[Case] = Field(default_factory=list)


class Exercise(BaseModel):
    """The whole file."""

    exercise: str = Field(min_length=1, max_length=60)
    cases: list[Case]


def read(value: Any, path: Path, rank: str, solution: Path | None) -> list[Read]:
    """The properties of the exercise in ``path`` as problems of the rank, solved by the Python of ``solution``."""
    try:
        exercise = Exercise.model_validate(value)
        cases = _cases(exercise)
    except ValidationError as error:
        return [Refused(path.name, flaws(error))]
    except (Unusable, RecursionError) as error:
        return [Refused(path.name, str(error))]
    text = _beside(path)
    by_property: dict[str, list[Case]] = {}
    for case in cases:
        by_property.setdefault(case.property, []).append(case)
    return [_property(exercise.exercise, name, of, text, rank, solution) for name, of in by_property.items()]


def _property(exercise: str, name: str, cases: list[Case], text: str | None, rank: str, solution: Path | None) -> Read:
    where = f"{exercise}, {name}"
    try:
        return typed(_task(where, exercise, name, cases, text, rank, solution))
    except (Unusable, NotLiteral) as error:
        return Refused(where, str(error))


def _task(
    where: str, exercise: str, name: str, cases: list[Case], text: str | None, rank: str, solution: Path | None
) -> Task:
    if solution is None:
        raise Unusable("has no solution, so its expected outputs cannot be proven: name one with --solution FILE.py")
    function = snake_case(name)
    reference = _solution(solution, function)
    errors = [case for case in cases if isinstance(case.expected, dict) and "error" in case.expected]
    answered = [case for case in cases if case not in errors]
    names = list(dict.fromkeys(key for case in answered for key in case.input))
    if not names:
        raise Unusable("has no case with both an input and an answer")
    calls = [
        Call([case.input.get(key) for key in names], case.expected, explanation=_explanation(case)) for case in answered
    ]
    fields = {
        "slug": slug_of("exercism", exercise)
        if snake_case(exercise) == function
        else slug_of("exercism", exercise, name),
        "title": title_of(exercise) if snake_case(exercise) == function else f"{title_of(exercise)}: {function}",
        "description": text or _listed(exercise, function, answered),
        "rank": rank,
        "function": function,
        "reference": reference,
        "source": f"{SOURCE}, {exercise}",
        "licence": LICENCE,
    }
    notes = [f"{len(errors)} of {len(cases)} cases left out: they expect an error"] if errors else []
    if text is None:
        notes.append(f"the statement lists the cases, as there is no {BESIDE[0]} beside the data")
    return Task(where, fields, parameters(names, function), calls[:3], calls[3:], Hints(), tuple(notes))


def _cases(exercise: Exercise) -> list[Case]:
    """The cases without their groups, and without those that others took the place of."""
    flat = list(_flat(exercise.cases, 0))
    replaced = {case.reimplements for case in flat if case.reimplements}
    return [case for case in flat if not (case.uuid and case.uuid in replaced)]


def _flat(cases: Sequence[Case], depth: int) -> Iterator[Case]:
    if depth > MAX_DEPTH:
        raise Unusable(f"has groups of cases nested deeper than {MAX_DEPTH}")
    for case in cases:
        if case.cases:
            yield from _flat(case.cases, depth + 1)
        elif case.property:
            yield case


def _solution(path: Path, function: str) -> str:
    if path.stat().st_size > 4 * MAX_SOURCE:
        raise Unusable(f"{path.name} is longer than {MAX_SOURCE} characters")
    source = path.read_text(encoding="utf-8", errors="replace")
    try:
        tree = parsed(source)
    except NotLiteral as error:
        raise Unusable(f"{path.name} {error}") from error
    if function not in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}:
        raise Unusable(f"{path.name} does not define {function}")
    return source


def _beside(path: Path) -> str | None:
    for name in BESIDE:
        beside = path.with_name(name)
        if beside.is_file() and beside.stat().st_size < 4 * MAX_SOURCE:
            return beside.read_text(encoding="utf-8", errors="replace").strip()
    return None


def _listed(exercise: str, function: str, cases: list[Case]) -> str:
    """What the cases are called says what is wanted, where nothing else does."""
    told = list(dict.fromkeys(case.description for case in cases if case.description))[:30]
    lines = statement.markdown([f"- {description}" for description in told], function)
    return f"Write `{function}` for the exercise *{title_of(exercise)}*. It is tried on these cases:\n\n{lines}"


def _explanation(case: Case) -> str:
    return case.description or "One of the cases of the exercise."
