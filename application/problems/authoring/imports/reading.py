"""A file of any of the formats as problems."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from application.problems.authoring import folder as authoring
from application.problems.authoring.imports import exercism, files, humaneval, native
from application.problems.authoring.imports.files import Unreadable
from application.problems.authoring.imports.found import Found, Read, Refused

Format = Literal["auto", "codemaze", "humaneval", "exercism"]
RANK = "bronze"
"""What a problem is whose source has no ranks."""

Entry = tuple[str, Any] | Refused


def read(path: Path, format_: Format = "auto", rank: str | None = None, solution: Path | None = None) -> list[Read]:
    """Every problem of a file, or of all files of a folder, in their order. ``rank`` takes the place of their own,
    ``solution`` solves an exercise of Exercism. Raises Unreadable, and OSError for what cannot be opened."""
    if path.is_dir():
        if authoring.is_draft(path):
            return [_authored(path)]
        return [one for each in _inside(path) for one in read(each, format_, rank, solution)]
    if path.name.endswith((".jsonl", ".jsonl.gz")):
        entries = list(files.lines(path))
        is_humaneval = format_ == "humaneval" or (format_ == "auto" and any(_is_task(entry) for entry in entries))
    else:
        entries = [files.document(path)]
        is_humaneval = format_ == "humaneval"
        if format_ == "exercism" or (format_ == "auto" and _is_exercise(entries[0])):
            (entry,) = entries
            return [entry] if isinstance(entry, Refused) else exercism.read(entry[1], path, rank or RANK, solution)
    found: list[Read] = []
    for entry in entries:
        if isinstance(entry, Refused):
            found.append(entry)
        else:
            found += humaneval.read([entry], rank or RANK) if is_humaneval else native.read([entry], rank)
    return found


def _authored(folder: Path) -> Read:
    try:
        return Found(folder.name, authoring.read(folder))
    except authoring.Unfinished as error:
        return Refused(folder.name, str(error))


def _inside(folder: Path) -> list[Path]:
    found = sorted(
        path
        for path in folder.iterdir()
        if path.name.endswith((".json", ".jsonl", ".jsonl.gz")) or (path.is_dir() and authoring.is_draft(path))
    )
    if not found:
        raise Unreadable(f"{folder} has no problems: no JSON, and no folder with a {authoring.SHEET}.")
    return found


def _is_task(entry: Entry) -> bool:
    return not isinstance(entry, Refused) and isinstance(entry[1], dict) and "task_id" in entry[1]


def _is_exercise(entry: Entry) -> bool:
    return not isinstance(entry, Refused) and isinstance(entry[1], dict) and {"exercise", "cases"} <= set(entry[1])
