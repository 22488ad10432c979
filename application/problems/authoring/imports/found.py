"""What reading a file gives: problems that can be proven, and what cannot be used, each with its reason."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from application.problems.authoring.imports.inference import Call, Hints, NoSignature, infer
from application.problems.catalogue.document import ProblemDocument
from application.problems.catalogue.source import Draft, flaws

MAX_SHOWN = 3
MIN_HIDDEN = 3
MAX_CALLS = 60
"""How many calls of one task become tests."""


@dataclass(frozen=True)
class Refused:
    """Something in a file that is not imported. ``name`` is what it is called there."""

    name: str
    reason: str


@dataclass(frozen=True)
class Found:
    """A problem as it was read. ``claims`` are calls whose answers the file tells; proving shows whether they are
    right. ``notes`` say what was left out or changed on the way."""

    name: str
    problem: Draft | ProblemDocument
    claims: tuple[Call, ...] = ()
    notes: tuple[str, ...] = ()


Read = Found | Refused


class Unusable(Exception):
    """A task does not fit; the message is the reason, as a phrase."""


@dataclass(frozen=True)
class Task:
    """What the formats of other projects have in common, before there are types.

    ``shown`` are calls that the statement tells, ``others`` those of its tests. Of both, a call's ``expected`` is the
    file's claim.
    """

    name: str
    fields: dict[str, Any]
    params: Sequence[str]
    shown: Sequence[Call]
    others: Sequence[Call]
    hints: Hints
    notes: tuple[str, ...] = ()
    tolerance: str = "float(1e-6)"
    unordered: bool = False


def typed(task: Task) -> Found:
    """The task as a draft with a signature; raises Unusable."""
    calls = _distinct([*task.shown, *task.others])[: 2 * MAX_CALLS]
    try:
        found = infer(task.params, calls, task.hints)
    except NoSignature as error:
        raise Unusable(str(error)) from error
    kept = found.calls[:MAX_CALLS]
    notes = list(task.notes)
    if found.odd:
        notes.append(f"{len(found.odd)} of {len(calls)} tests left out: {found.odd[0]}")
    shown = min(MAX_SHOWN, len(kept) - MIN_HIDDEN)
    if shown < 1:
        few = f"has {len(kept)} different tests that can be read; {MIN_HIDDEN + 1} are the least"
        raise Unusable("; ".join([few, *notes]))
    compare = "unordered" if task.unordered else task.tolerance if "float" in found.returns else "exact"
    draft = drafted(
        **task.fields,
        params=[{"name": name, "type": type_} for name, type_ in zip(task.params, found.types, strict=True)],
        returns=found.returns,
        compare=compare,
        examples=[{"args": call.args, "explanation": call.explanation} for call in kept[:shown]],
        inputs=[call.args for call in kept[shown:]],
    )
    return Found(task.name, draft, tuple(call for call in kept if call.claims), tuple(notes))


def drafted(**fields: Any) -> Draft:
    """A draft of these fields; raises Unusable with all that is wrong with them."""
    try:
        return Draft.model_validate(fields)
    except ValidationError as error:
        raise Unusable(flaws(error)) from error


def _distinct(calls: Sequence[Call]) -> list[Call]:
    """Each call once; raises Unusable where the same one has two answers."""
    first: dict[str, Call] = {}
    for call in calls:
        known = first.setdefault(call.key, call)
        if known.claims and call.claims and _differ(known.expected, call.expected):
            raise Unusable(f"tells two answers to the same call: {known.shown} and {call.shown}")
        if call.claims and not known.claims:
            first[call.key] = call
    return list(first.values())


def _differ(one: Any, other: Any) -> bool:
    if isinstance(one, int | float) and isinstance(other, int | float):
        return not math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-6)
    return bool(one != other)
