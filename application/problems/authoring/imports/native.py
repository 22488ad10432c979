"""Codemaze's own JSON: proven problems as they are exported, and drafts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from application.problems.authoring.imports.found import Found, Read, Refused
from application.problems.catalogue.document import ProblemDocument
from application.problems.catalogue.source import Draft, flaws


def read(values: Iterable[tuple[str, Any]], rank: str | None) -> list[Read]:
    """The problems of these values, each with a name for messages and a document, a draft or a list of them. ``rank``
    takes the place of their own."""
    return [_read(name, each, rank) for where, value in values for name, each in _listed(where, value)]


def _listed(where: str, value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, list):
        return [(f"{where}[{index}]", each) for index, each in enumerate(value)]
    return [(where, value)]


def _read(where: str, value: Any, rank: str | None) -> Read:
    if not isinstance(value, dict):
        return Refused(where, "is no problem: not a JSON object")
    name = str(value.get("slug", where))[:60]
    fields = value | {"rank": rank} if rank else value
    try:
        if "tests" in fields:
            document = ProblemDocument.model_validate(fields)
            document.draft()  # its programs and examples, too, have to be what a draft's are
            return Found(name, document)
        return Found(name, Draft.model_validate(fields))
    except ValidationError as error:
        return Refused(name, flaws(error))
    except RecursionError:
        return Refused(name, "is nested too deeply")
