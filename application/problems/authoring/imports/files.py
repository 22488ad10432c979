"""A file of problems as JSON values: lines, a document or a folder, each within bounds."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from application.problems.authoring.imports.found import Refused

MAX_ENTRY = 2_000_000
"""Bytes that one line, or a document of one problem, may have."""

MAX_FILE = 64_000_000
"""Bytes that a whole file may have, unpacked."""

MAX_LINES = 100_000
"""Lines that a file may have, empty ones included."""


class Unreadable(ValueError):
    """A file is none of the formats; the message is a sentence."""


def lines(path: Path) -> Iterator[tuple[str, Any] | Refused]:
    """The JSON values of a file that has one a line, named by their lines; raises Unreadable."""
    read = 0
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        number = 0
        try:
            while line := file.readline(MAX_ENTRY + 1):
                number += 1
                read += len(line)
                if read > MAX_FILE or number > MAX_LINES:
                    most = f"{MAX_FILE // 1_000_000} MB or has more than {MAX_LINES} lines"
                    raise Unreadable(f"{path.name} is larger than {most}.")
                if len(line) > MAX_ENTRY:
                    while rest := file.readline(MAX_ENTRY):
                        read += len(rest)
                        if rest.endswith(b"\n") or read > MAX_FILE:
                            break
                    yield Refused(f"line {number}", f"is larger than {MAX_ENTRY // 1_000_000} MB")
                elif line.strip():
                    yield parsed(f"line {number}", line)
        except (EOFError, gzip.BadGzipFile) as error:
            raise Unreadable(f"{path.name} is no complete gzip file.") from error


def document(path: Path) -> tuple[str, Any] | Refused:
    """The JSON value that a file is; raises Unreadable for one that is too large."""
    if path.stat().st_size > MAX_FILE:
        raise Unreadable(f"{path.name} is larger than {MAX_FILE // 1_000_000} MB.")
    return parsed(path.name, path.read_bytes())


def parsed(name: str, text: bytes) -> tuple[str, Any] | Refused:
    """The value of this JSON, or why it has none."""
    try:
        return name, json.loads(text.decode("utf-8"))
    except UnicodeDecodeError:
        return Refused(name, "is not text in UTF-8")
    except (ValueError, RecursionError) as error:
        return Refused(name, f"is no JSON: {error}")
