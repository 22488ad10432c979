"""A problem as its author writes it: everything but the tests, which are chosen when it is proven.

The bank's problems, imports, teachers' problems and generated ones all begin as drafts and take the same way into play
(``verifier.prove``). What an author claims about answers is only ever compared with what the reference computes.
"""

from __future__ import annotations

import ast
import json
import re
import unicodedata
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from application.judge.signature import InvalidSignature, Signature, arguments_mismatch, mismatch, parse_signature

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
COMPARE = re.compile(r"exact\Z|unordered\Z|float\(\s*1e-([1-9]|1[0-2])\s*\)\Z")
SOURCE_MOST = 20_000
"""Characters that one program of a draft may have."""

_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
"""Unicode categories that are not seen or change the order of what is: controls, formats, private use, surrogates."""
_TAG = re.compile(r"</?[a-zA-Z!?]")
_UNSAFE_LINK = re.compile(r"(?:javascript|data|vbscript)\s*:", re.IGNORECASE)
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)

Rank = Literal["bronze", "silver", "gold", "platinum"]
Source = Field(min_length=1, max_length=SOURCE_MOST)


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
    version: int = Field(default=1, ge=1)
    title: str = Field(min_length=2, max_length=80)
    description: str = Field(min_length=20, max_length=8000)
    rank: Rank
    topics: list[str] = Field(default_factory=list, max_length=6)
    function: str
    params: list[ParamDocument] = Field(min_length=1, max_length=8)
    returns: str
    compare: str = "exact"
    reference: str = Source
    brute: str | None = Field(default=None, min_length=1, max_length=SOURCE_MOST)
    generator: str | None = Field(default=None, min_length=1, max_length=SOURCE_MOST)
    validator: str | None = Field(default=None, min_length=1, max_length=SOURCE_MOST)
    near_misses: list[list[Any]] = Field(default_factory=list, max_length=20)
    naive: str | None = Field(default=None, min_length=1, max_length=SOURCE_MOST)
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
        for name in ("title", "description"):
            flaw = unsafe(getattr(self, name))
            if flaw:
                raise ValueError(f"{name}: {flaw}")
        for index, args in enumerate(self.near_misses):
            if len(args) != len(signature.params):
                raise ValueError(f"near_misses[{index}]: {self.function} takes {len(signature.params)} arguments")
        return self


class Draft(Described):
    """A problem that is not proven yet. ``inputs`` are further calls that its author wants among the tests."""

    examples: list[DraftExample] = Field(min_length=1, max_length=12)
    inputs: list[list[Any]] = Field(default_factory=list, max_length=200)

    @model_validator(mode="after")
    def _programs_define(self) -> Self:
        for name, defines in (
            ("reference", self.function),
            ("brute", self.function),
            ("naive", self.function),
            ("generator", "generate"),
            ("validator", "valid"),
        ):
            flaw = _missing(getattr(self, name), defines)
            if flaw:
                raise ValueError(f"{name}: {flaw}")
        return self

    @model_validator(mode="after")
    def _examples_fit(self) -> Self:
        signature = self.signature
        for index, example in enumerate(self.examples):
            flaw = arguments_mismatch(example.args, signature) or unsafe(example.explanation)
            if not flaw and example.claims:
                flaw = mismatch(example.expected, signature.returns, "expected")
            if flaw:
                raise ValueError(f"examples[{index}]: {flaw}")
        for index, args in enumerate(self.inputs):
            flaw = arguments_mismatch(args, signature)
            if flaw:
                raise ValueError(f"inputs[{index}]: {flaw}")
        return self


def load_draft(path: Path) -> Draft:
    """Read one draft; raises pydantic.ValidationError or json.JSONDecodeError."""
    return Draft.model_validate(json.loads(path.read_text(encoding="utf-8")))


def unsafe(text: str) -> str | None:
    """Why this Markdown must not reach a page, or None: tags, links that run scripts, characters that hide."""
    for character in text:
        if character not in "\n\t" and unicodedata.category(character) in _HIDDEN:
            return f"has the invisible character U+{ord(character):04X}"
    prose = _CODE.sub("", text)
    tag = _TAG.search(prose)
    if tag:
        return f"has HTML ({prose[tag.start() : tag.start() + 20].strip()!r}); write code between backquotes"
    if _UNSAFE_LINK.search(prose):
        return "has a link that runs a script"
    return None


def _missing(source: str | None, function: str) -> str | None:
    """Why this source does not define the function, or None."""
    if source is None:
        return None
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return f"is no Python: {error}"
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    return None if function in names else f"does not define {function}"
