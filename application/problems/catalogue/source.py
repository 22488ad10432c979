"""A problem as its author writes it: everything but the tests, which are chosen when it is proven.

The bank's problems, imports, teachers' problems and generated ones all begin as drafts and take the same way into play
(``verifier.prove``). What an author claims about answers is only ever compared with what the reference computes.
"""

from __future__ import annotations

import builtins
import json
import keyword
import re
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from application.judge.signature import InvalidSignature, Signature, arguments_mismatch, mismatch, parse_signature
from application.problems.catalogue import programs
from application.problems.catalogue.prose import unkept, unsafe, unsafe_title

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
COMPARE = re.compile(r"exact\Z|unordered\Z|float\(\s*1e-([1-9]|1[0-2])\s*\)\Z")
MAX_SOURCE = 20_000
"""Characters that one program of a draft may have."""

Rank = Literal["bronze", "silver", "gold", "platinum"]
Source = Field(min_length=1, max_length=MAX_SOURCE)


class Strict(BaseModel):
    """A document with no fields but its own, which does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ParamDocument(Strict):
    """A parameter's name and type in the notation of ``judge.signature``."""

    name: str
    type: str


class DraftExample(Strict):
    """One call that players will see. ``expected`` is the author's claim; it may be left out."""

    args: list[Any]
    expected: Any = None
    explanation: str = Field(min_length=1, max_length=1000)

    @property
    def claims(self) -> bool:
        """Whether the author says what the answer is."""
        return "expected" in self.model_fields_set


class Described(Strict):
    """What a draft and a proven problem have in common. All programs are Python sources.

    ``reference`` and ``brute`` define the function; ``generator`` defines ``generate(seed)``, which returns the
    arguments of one random call as a list, and perhaps ``generate_large(seed)``, of calls that a slow solution cannot
    answer; ``validator`` defines ``valid(...)``, true of arguments that the statement allows; ``near_misses`` are
    arguments that it only just does not allow; ``naive`` solves the problem, but too slowly.
    """

    slug: str = Field(pattern=SLUG, max_length=60)
    version: int = Field(default=1, ge=1, le=1_000_000)
    title: str = Field(min_length=2, max_length=80)
    description: str = Field(min_length=20, max_length=8000)
    rank: Rank
    topics: list[str] = Field(default_factory=list, max_length=6)
    function: str
    params: list[ParamDocument] = Field(min_length=1, max_length=8)
    returns: str
    compare: str = "exact"
    reference: str = Source
    brute: str | None = Field(default=None, min_length=1, max_length=MAX_SOURCE)
    generator: str | None = Field(default=None, min_length=1, max_length=MAX_SOURCE)
    validator: str | None = Field(default=None, min_length=1, max_length=MAX_SOURCE)
    near_misses: list[list[Any]] = Field(default_factory=list, max_length=20)
    naive: str | None = Field(default=None, min_length=1, max_length=MAX_SOURCE)
    source: str = Field(min_length=1, max_length=200)
    licence: str = Field(min_length=1, max_length=100)

    @property
    def signature(self) -> Signature:
        """The typed signature; raises InvalidSignature for a document that was not validated."""
        return parse_signature(self.function, [(param.name, param.type) for param in self.params], self.returns)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not COMPARE.match(self.compare):
            raise ValueError("compare is exact, unordered or float(1e-N)")
        try:
            signature = self.signature
        except InvalidSignature as error:
            raise ValueError(str(error)) from error
        for name in ("title", "description", "source", "licence"):
            text = getattr(self, name)
            flaw = unsafe_title(text) if name == "title" else unsafe(text)
            if flaw:
                raise ValueError(f"{name}: {flaw}")
        for index, args in enumerate(self.near_misses):
            flaw = arguments_mismatch(args, signature) or unkept(args)
            if flaw:
                raise ValueError(f"near_misses[{index}]: {flaw}")
        return self


class Draft(Described):
    """A problem that is not proven yet. ``inputs`` are further calls that its author wants among the tests."""

    examples: list[DraftExample] = Field(min_length=1, max_length=12)
    inputs: list[list[Any]] = Field(default_factory=list, max_length=200)

    @model_validator(mode="after")
    def _named(self) -> Self:
        for name in (self.function, *(param.name for param in self.params)):
            if keyword.iskeyword(name):
                raise ValueError(f"{name!r} is a word of Python, and cannot be a name")
        if hasattr(builtins, self.function):
            raise ValueError(f"{self.function!r} is a function of Python already")
        return self

    @model_validator(mode="after")
    def _programs_define(self) -> Self:
        takes = len(self.params)
        for name, defines, arguments in (
            ("reference", self.function, takes),
            ("brute", self.function, takes),
            ("naive", self.function, takes),
            ("generator", "generate", 1),
            ("validator", "valid", takes),
        ):
            source = getattr(self, name)
            flaw = source and programs.flaw(source, defines, arguments)
            if flaw:
                raise ValueError(f"{name}: {flaw}")
        return self

    @model_validator(mode="after")
    def _examples_fit(self) -> Self:
        signature = self.signature
        first: dict[str, int] = {}
        for index, example in enumerate(self.examples):
            flaw = arguments_mismatch(example.args, signature) or unkept(example.args) or unsafe(example.explanation)
            if not flaw and example.claims:
                flaw = mismatch(example.expected, signature.returns, "expected") or unkept(example.expected)
            before = first.setdefault(json.dumps(example.args, sort_keys=True), index) if not flaw else index
            if before != index:
                same = self.examples[before].expected == example.expected
                flaw = f"repeats examples[{before}]" if same else f"contradicts examples[{before}]"
                flaw += ", which has the same arguments"
            if flaw:
                raise ValueError(f"examples[{index}]: {flaw}")
        for index, args in enumerate(self.inputs):
            flaw = arguments_mismatch(args, signature) or unkept(args)
            if flaw:
                raise ValueError(f"inputs[{index}]: {flaw}")
        return self


def load_draft(path: Path) -> Draft:
    """Read one draft; raises pydantic.ValidationError or json.JSONDecodeError."""
    return Draft.model_validate(json.loads(path.read_text(encoding="utf-8")))


def flaws(error: ValidationError) -> str:
    """All that is wrong with a draft or a document, in a line for its author."""
    told = []
    for flaw in error.errors(include_url=False, include_input=False, include_context=False):
        where = ".".join(map(str, flaw["loc"]))
        told.append(f"{where} {flaw['msg'].removeprefix('Value error, ')}".strip())
    return "; ".join(told)
