"""A folder for a new problem, in which an author fills in what is marked: see ``authoring``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from application.problems.authoring.folder import SHEET, STATEMENT, TODO
from application.problems.catalogue.source import Rank
from application.problems.proving.verifier import IDEAS, MIN_SHOWN

_STATEMENT = """TODO: the story, short and exact, in Markdown; name the parameters in `backquotes`.

TODO: what to return, and every edge: nothing at all, ties, the smallest and the largest.

Limits: TODO, such as: `numbers` has 0 to 300 whole numbers, each from -1000 to 1000.
"""
_FILES = {
    "reference.py": """# TODO: the solution. Its answers are the expected outputs, so it must be right, and fast enough.
def {function}(numbers):
    raise NotImplementedError
""",
    "brute.py": """# TODO: a second solution, the plainest there is, however slow. It must agree with the reference.
def {function}(numbers):
    raise NotImplementedError
""",
    "generator.py": '''# TODO: inputs. The same seed must give the same one; of 500 seeds, at least 30 must differ.
# Make edges likely: few different values, empty lists, ties.
import random


def generate(seed):
    """The arguments of one random call, as a list."""
    rng = random.Random(seed)
    return [[rng.randint(-10, 10) for _ in range(rng.randint(0, 12))]]
''',
    "validator.py": """# TODO: True exactly for the arguments that the statement allows.
def valid(numbers):
    return len(numbers) <= 300 and all(-1000 <= number <= 1000 for number in numbers)
""",
    "naive.py": """# TODO: a right solution that is too slow for the largest inputs. Delete this file if there is none.
def {function}(numbers):
    raise NotImplementedError
""",
}


_GENERATE_LARGE = """

# TODO: inputs on which naive.py runs out of time.
def generate_large(seed):
    rng = random.Random(seed)
    return [[rng.randint(-1000, 1000) for _ in range(300)]]
"""


def scaffold(folder: Path, rank: Rank, topic: str | None) -> list[Path]:
    """Make a folder for an author to fill in, called after the problem's slug; the files. Raises FileExistsError."""
    function = folder.name.replace("-", "_")
    if not function[0].isalpha():
        function = f"solve_{function}"
    sheet = {
        "title": f"{TODO}: two words or three",
        "rank": rank,
        "topics": [topic or f"{TODO}: such as greedy"],
        "function": function[:40].rstrip("_"),
        "params": [{"name": "numbers", "type": "list<int>"}],
        "returns": "int",
        "compare": "exact",
        "examples": [
            {"args": [[1] * count], "expected": 0, "explanation": f"{TODO}: why this is the answer"}
            for count in range(MIN_SHOWN)
        ],
        "inputs": [],
        "near_misses": [],
        "source": f"{TODO}: who wrote it, or where it is from",
        "licence": "CC0-1.0",
    }
    folder.mkdir(parents=True)
    texts = {SHEET: _sheet(sheet), STATEMENT: _STATEMENT}
    for name, text in _FILES.items():
        if name != "naive.py" or rank in IDEAS:
            texts[name] = text.replace("{function}", str(sheet["function"]))
    if rank in IDEAS:
        texts["generator.py"] += _GENERATE_LARGE
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]


def _sheet(fields: dict[str, Any]) -> str:
    """The sheet with a field a line, and an example a line."""
    lines = []
    for name, value in fields.items():
        text = json.dumps(value, ensure_ascii=False)
        if name == "examples":
            text = "[\n" + ",\n".join(f"    {json.dumps(item, ensure_ascii=False)}" for item in value) + "\n  ]"
        lines.append(f"  {json.dumps(name)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"
