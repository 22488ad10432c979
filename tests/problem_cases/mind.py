"""What the model of the tests thinks: it writes the drafts that it is told to write, and solves as it is told."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.openai_server import Answer

Json = dict[str, Any]
WRITTEN_AS_IT_IS = "title topics function params returns compare reference brute generator validator naive".split()
"""The fields that a model writes under the names that a draft has for them."""


def written(draft: Json) -> Json:
    """A draft's document as a model would answer it; what the form does not let it leave out is empty."""
    texts = {"brute": "", "generator": "", "validator": "", "compare": "exact", "naive": None} | draft
    return {name: texts[name] for name in WRITTEN_AS_IT_IS} | {
        "statement": draft["description"],
        "examples": [
            {
                "args": json.dumps(example["args"]),
                "expected": json.dumps(example.get("expected")),
                "explanation": example["explanation"],
            }
            for example in draft["examples"]
        ],
        "near_misses": [json.dumps(args) for args in draft.get("near_misses", [])],
    }


class Mind:
    """What the model of the tests thinks: problems in their order, the last of them again and again, and solutions."""

    def __init__(self) -> None:
        self.problems: list[Answer] = []
        self.solutions: list[Answer] = []
        self.asked: list[Json] = []

    def think(self, problems: Sequence[Answer], solutions: Sequence[str | Answer]) -> None:
        """From now on."""
        self.problems, self.asked = list(problems), []
        self.solutions = [{"code": answer} if isinstance(answer, str) else answer for answer in solutions]

    def knows(self, draft: Json, *solutions: str) -> None:
        """One problem, and three solutions of it: the reference, unless others are given."""
        self.think([written(draft)], solutions or 3 * [draft["reference"]])

    def __call__(self, request: Json) -> Answer:
        self.asked.append(request)
        thoughts = self.problems if request["schema"] == "WrittenProblem" else self.solutions
        return thoughts.pop(0) if len(thoughts) > 1 else thoughts[0]
