"""A problem while somebody writes it: a folder with its statement, its programs and a sheet of the rest.

Programs and prose are files of their own, as an author edits them with tools for Python and Markdown. What is still
to be done is found in one go, so that an author reads one list and not the first line of it again and again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from application.problems.catalogue.source import Draft, flaws, load_draft
from application.problems.proving.verifier import IDEAS, MIN_NEAR_MISSES, MIN_SHOWN

SHEET = "problem.json"
STATEMENT = "statement.md"
PROGRAMS = ("reference", "brute", "generator", "validator", "naive")
OPTIONAL = frozenset({"naive"})
FILES = {"description": STATEMENT, **{program: f"{program}.py" for program in PROGRAMS}}
"""The fields of a draft that are files of their own; the others stand on the sheet."""

TODO = "TODO"
"""What marks a place that its author has to fill in."""

MAX_FILE = 200_000
"""Bytes that one file of a folder may have."""


class Unfinished(Exception):
    """A folder is no draft yet. ``missing`` has all that is, a phrase each, in the order of the files."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__("; ".join(missing))
        self.missing = missing


def is_draft(folder: Path) -> bool:
    """Whether an author works on a problem in this folder."""
    return (folder / SHEET).is_file()


def load(path: Path) -> Draft:
    """The draft that a folder or a file of JSON holds; raises Unfinished for a folder, and what ``load_draft`` does."""
    return read(path) if path.is_dir() else load_draft(path)


def read(folder: Path) -> Draft:
    """The draft that a folder holds; raises Unfinished with everything that is missing."""
    missing: list[str] = []
    fields = _fields(folder, missing)
    missing += _todo(fields)
    if isinstance(fields.get("examples"), list) and len(fields["examples"]) < MIN_SHOWN:
        missing.append(f"{SHEET}: has {len(fields['examples'])} examples; {MIN_SHOWN} are the least")
    if len(fields.get("near_misses") or []) < MIN_NEAR_MISSES:
        missing.append(
            f"{SHEET}: near_misses needs {MIN_NEAR_MISSES} or more lists of arguments that the statement only just "
            "does not allow"
        )
    if not fields.get("topics"):
        missing.append(f"{SHEET}: has no topics")
    if fields.get("rank") in IDEAS and "naive" not in fields:
        missing.append(f"naive.py: does not exist; a problem of {fields['rank']} has a right solution that is too slow")
    try:
        draft = Draft.model_validate(fields)
    except ValidationError as error:
        missing += [phrase for phrase in flaws(error).split("; ") if not _said(phrase, missing)]
    if missing:
        raise Unfinished(missing)
    return draft


def _fields(folder: Path, missing: list[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    text = _text(folder / SHEET, missing)
    try:
        sheet = json.loads(text or "{}")
        if isinstance(sheet, dict):
            fields = sheet
        else:
            missing.append(f"{SHEET}: is not a JSON object")
    except (ValueError, RecursionError) as error:
        missing.append(f"{SHEET}: is no JSON: {error}")
    fields.setdefault("slug", folder.resolve().name)
    fields["description"] = (_text(folder / STATEMENT, missing) or "").strip()
    for name in PROGRAMS:
        path = folder / f"{name}.py"
        if path.exists() or name not in OPTIONAL:
            fields[name] = _text(path, missing)
    return fields


def _text(path: Path, missing: list[str]) -> str | None:
    try:
        if path.stat().st_size > MAX_FILE:
            missing.append(f"{path.name}: is larger than {MAX_FILE // 1000} kB")
            return None
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        missing.append(f"{path.name}: does not exist")
    except (OSError, UnicodeDecodeError) as error:
        missing.append(f"{path.name}: cannot be read: {error}")
    return None


def _todo(fields: dict[str, Any]) -> list[str]:
    """The places that are as they were made."""
    found = []
    for name, value in fields.items():
        in_file = FILES.get(name)
        if in_file and isinstance(value, str):
            left = [number for number, line in enumerate(value.splitlines(), start=1) if TODO in line]
            if left:
                found.append(f"{in_file}: {TODO} in line {', '.join(map(str, left))}")
        elif TODO in json.dumps(value):
            found.append(f"{SHEET}: {TODO} in {name}")
    return found


def _said(phrase: str, missing: list[str]) -> bool:
    """Whether a flaw is of a place of which it is known that it is not written yet."""
    place = phrase.split(" ")[0].split(".")[0].rstrip(":")
    return any(known.startswith(f"{FILES.get(place)}:") or known.endswith(f" in {place}") for known in missing)
