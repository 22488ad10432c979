"""What a language model is asked to write, and how a draft is read from its answer. Pure.

Structured output takes only schemas without free-form values, so arguments and answers come as JSON in text and are
decoded here. Nothing the model says is believed: what is read here still has to be proven.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from application.problems.catalogue.document import ProblemDocument
from application.problems.catalogue.source import Draft, flaws
from application.problems.catalogue.topics import FINER, TOPICS
from application.problems.proving.disproof import Disproved

MAX_VALUE = 20_000
"""Characters that one call may have as JSON; large inputs come from the generator."""

MAX_REASON = 1500
"""Characters of a reason: enough to say what is wrong, too few to carry a whole input."""


class Form(BaseModel):
    """An answer's form. Every field is required, as structured output wants it."""

    model_config = ConfigDict(extra="forbid")


class WrittenParam(Form):
    """A parameter."""

    name: str
    type: str


class WrittenExample(Form):
    """An example; ``args`` is a JSON list with one value a parameter, ``expected`` a JSON value."""

    args: str
    expected: str
    explanation: str


class WrittenProblem(Form):
    """A whole problem, as the model is asked for it."""

    title: str
    statement: str = Field(description="Markdown without HTML")
    topics: list[str]
    function: str
    params: list[WrittenParam]
    returns: str
    compare: str = Field(description="exact, unordered, or float(1e-6)")
    examples: list[WrittenExample]
    reference: str = Field(description="Python source")
    brute: str = Field(description="Python source")
    generator: str = Field(
        description="Python source of generate(seed), and for gold and platinum generate_large(seed)"
    )
    validator: str = Field(description="Python source of valid(...)")
    near_misses: list[str] = Field(description="JSON lists of arguments that are only just not allowed")
    naive: str | None = Field(description="Python source for gold and platinum, else null")


class WrittenSolution(Form):
    """A solution, as the model is asked for it when it sees the statement alone."""

    code: str = Field(description="Python source")


@dataclass(frozen=True)
class Wish:
    """What problem is wanted: ``rank`` is a rank's slug, ``topic`` a word or two, or None for any."""

    rank: str
    topic: str | None = None


_RANKS = {
    "bronze": "one plain loop or formula, for beginners; 5 to 10 minutes",
    "silver": "a familiar technique (hashing, sorting, two pointers, a stack); 10 to 20 minutes",
    "gold": "an idea beyond typing (binary search on the answer, graph search, dynamic programming), with inputs in "
    "which the obvious solution is too slow; 20 to 30 minutes",
    "platinum": "two ideas that must be combined, with inputs in which the obvious solution is far too slow; 30 to 45 "
    "minutes",
}

INSTRUCTIONS = """You write one original problem for a live coding duel. It is proven by running what you write: a
draft in which anything disagrees is rejected, so be exact rather than clever.

The statement is short Markdown without HTML, pictures or links, with code between backquotes. It says what is given,
what is to be returned, every limit (lengths, ranges, which characters) and what happens at every edge: empty input,
ties, nothing found. It never names a technique or gives the solution away. Story and title are your own, not of a known
problem; the title has 2 to 80 characters.

Types of parameters and of the result: int, float, bool, string, list<T>, map<string,T>, optional<T>. An int lies within
-2**53 and 2**53. Names are snake_case in lower case. `compare` is `exact`; `unordered` where every list in the result,
at every depth, may come in any order; `float(1e-6)` where floats are returned. If several answers are right, change the
problem so that one is, for instance by saying how ties are broken.

All programs are Python 3. They import nothing but what computing takes (bisect, collections, functools, heapq,
itertools, math, random, re, string and the like), read no input and no file, print nothing, use no clock and no
unseeded chance, change no argument, keep nothing between calls, and never depend on the order of a set or on `hash`.
- `reference` defines the function and is fast enough for the largest input.
- `brute` defines the same function in another, plainly correct way, and is right for all but the largest inputs.
- `generator` defines `generate(seed)`, which returns the arguments of one allowed call as a list. It uses
  `random.Random(seed)` alone, varies sizes and shapes, makes edge cases of the first seeds, keeps inputs small enough
  for `brute`, and makes different calls of nearly all of 500 seeds. Where `naive` is asked for, it also defines
  `generate_large(seed)`, of allowed inputs near the limits for which `naive` needs more than ten times as long as the
  reference, and more than a second; a call has at most 100000 characters as JSON.
- `validator` defines `valid(...)` with the function's parameters, which returns True for what the statement allows and
  False for everything else of these types.
- `naive` (gold and platinum; otherwise null) is the solution that an average player would try first: correct, too slow.

`examples`: 3 to 5 small calls that show the rule and an edge; `args` is a JSON list with one value a parameter (for
one list parameter: `[[1, 2]]`), `expected` is the answer as JSON, `explanation` a sentence or two. `near_misses`: 4
to 8 JSON lists of arguments of the right types that the statement only just does not allow. """ + (
    f"`topics`: 1 to 3, the first of: {', '.join(TOPICS)}. Beside it, if they fit: {', '.join(sorted(FINER))}."
)

SOLVING = """You are given a programming problem. Solve it in Python 3 with the standard library alone. Define the
function with exactly the name and parameters that are given; read no input, print nothing. Answer with the whole
source."""


def asking(wish: Wish, flaws: Sequence[str], known_titles: Sequence[str] = ()) -> str:
    """What the model is asked: the wish, titles to keep away from, and why what it wrote before was rejected."""
    topic = f"Topic: {wish.topic}." if wish.topic else f"Topic: choose one of {', '.join(TOPICS)}."
    naive = "Give `naive` and `generate_large`." if wish.rank in ("gold", "platinum") else "`naive` is null."
    lines = [f"Rank: {wish.rank}, that is {_RANKS[wish.rank]}. {naive}", topic]
    if known_titles:
        lines.append("There are already: " + "; ".join(known_titles) + ". Write something else.")
    for number, flaw in enumerate(flaws, start=1):
        lines.append(f"Draft {number} was rejected. {flaw}")
    if flaws:
        lines.append("Mend that, or write another problem. Answer with the whole draft.")
    return "\n\n".join(lines)


def read(written: WrittenProblem, wish: Wish, slug: str, source: str) -> Draft:
    """The draft that the model wrote; raises Disproved with stage ``lint`` for one that is not well formed."""
    return linted(
        {
            "slug": slug,
            "title": written.title,
            "description": written.statement,
            "rank": wish.rank,
            "topics": written.topics,
            "function": written.function,
            "params": [param.model_dump() for param in written.params],
            "returns": written.returns,
            "compare": written.compare,
            "examples": [
                {
                    "args": _decoded(example.args, f"examples[{index}].args"),
                    "expected": _decoded(example.expected, f"examples[{index}].expected"),
                    "explanation": example.explanation,
                }
                for index, example in enumerate(written.examples[:20])
            ],
            "reference": written.reference,
            "brute": written.brute,
            "generator": written.generator,
            "validator": written.validator,
            "near_misses": [
                _decoded(miss, f"near_misses[{index}]") for index, miss in enumerate(written.near_misses[:30])
            ],
            "naive": written.naive,
            "source": source,
            "licence": "CC0-1.0",
        }
    )


def linted(fields: dict[str, Any]) -> Draft:
    """The draft with these fields; raises Disproved with stage ``lint`` for one that is not well formed."""
    try:
        return Draft.model_validate(fields)
    except ValidationError as error:
        raise Disproved("lint", shortened(flaws(error))) from error
    except RecursionError as error:
        raise Disproved("lint", "is nested too deeply") from error


def shortened(reason: str) -> str:
    """The reason, cut to what is kept and shown."""
    return reason if len(reason) <= MAX_REASON else reason[:MAX_REASON] + "..."


def json_text(value: Any) -> str:
    """The value as JSON, cut to what a reason can show of it."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:200] + "..."


def slug_of(title: str, number: int) -> str:
    """A slug that no other draft has: what the title has of plain letters, and the draft's number."""
    plain = unicodedata.normalize("NFKD", title[:200]).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-") or "problem"
    return f"{words}-{number}"


def as_shown(document: ProblemDocument) -> str:
    """The problem as a player reads it, which is all that a fresh solution is made of."""
    examples = []
    for example in document.examples:
        test = document.tests[example.test]
        call = ", ".join(json.dumps(value, ensure_ascii=False) for value in test.args)
        answer = json.dumps(test.expected, ensure_ascii=False)
        examples.append(f"{document.function}({call}) -> {answer}\n{example.explanation}")
    return "\n\n".join([f"# {document.title}", document.description, f"Signature: {document.signature}", *examples])


def _decoded(text: str, where: str) -> Any:
    if len(text) > MAX_VALUE:
        raise Disproved("lint", f"{where} has {len(text)} characters; {MAX_VALUE} are the most")
    try:
        return json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Disproved("lint", f"{where} is no JSON: {error}") from error


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number in JSON")
