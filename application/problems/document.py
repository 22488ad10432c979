"""The JSON document that a problem is written as, and what makes one well formed.

A document that loads here is complete and consistent with its own signature. Whether its answers are right is proven
elsewhere, by running its reference in the sandbox.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from application.judge.signature import InvalidSignature, Signature, arguments_mismatch, mismatch, parse_signature
from application.judge.verdicts import JudgeRequest, Limits, Test

BANK = Path(__file__).parent / "bank"
"""Where the problems that come with Codemaze lie, one document a file, named after its slug."""

_COMPARE = re.compile(r"exact\Z|unordered\Z|float\(\s*1e-([1-9]|1[0-2])\s*\)\Z")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ParamDocument(_Strict):
    """A parameter's name and type in the notation of ``judge.signature``."""

    name: str
    type: str


class LimitsDocument(_Strict):
    """What one test may use: CPU time in milliseconds, memory in MiB."""

    time_ms: int = Field(default=2000, ge=100, le=10_000)
    memory_mib: int = Field(default=256, ge=64, le=1024)


class TestDocument(_Strict):
    """One call and its right answer."""

    args: list[Any]
    expected: Any
    hidden: bool


class ExampleDocument(_Strict):
    """Why the visible test with this index (from 0, among all tests) has the answer it has."""

    test: int = Field(ge=0)
    explanation: str = Field(min_length=1, max_length=1000)


class ProblemDocument(_Strict):
    """A whole problem. ``reference`` and ``brute`` are Python sources that define the function; ``generator`` is a
    Python source that defines ``generate(seed)``, which returns the arguments of one random call as a list."""

    slug: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)
    version: int = Field(ge=1)
    title: str = Field(min_length=2, max_length=80)
    description: str = Field(min_length=20, max_length=8000)
    rank: Literal["bronze", "silver", "gold", "platinum"]
    topics: list[str] = Field(default_factory=list)
    function: str
    params: list[ParamDocument] = Field(min_length=1, max_length=8)
    returns: str
    compare: str = "exact"
    limits: LimitsDocument = LimitsDocument()
    examples: list[ExampleDocument]
    tests: list[TestDocument] = Field(max_length=100)
    reference: str = Field(min_length=1)
    brute: str = Field(min_length=1)
    generator: str = Field(min_length=1)
    source: str
    licence: str

    @property
    def signature(self) -> Signature:
        """The typed signature; raises InvalidSignature for a document that was not validated."""
        return parse_signature(self.function, [(param.name, param.type) for param in self.params], self.returns)

    @property
    def judge_limits(self) -> Limits:
        """The limits as the judge takes them."""
        return Limits(self.limits.time_ms, self.limits.memory_mib)

    @property
    def judge_tests(self) -> tuple[Test, ...]:
        """The tests as the judge takes them, in the document's order."""
        return tuple(Test(test.args, test.expected, test.hidden) for test in self.tests)

    def request(self, language: str, code: str, limits: Limits | None = None) -> JudgeRequest:
        """What the judge needs to judge this code on all tests; ``limits`` in the place of the problem's own."""
        return JudgeRequest(language, code, self.signature, self.compare, limits or self.judge_limits, self.judge_tests)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not _COMPARE.match(self.compare):
            raise ValueError("compare is exact, unordered or float(1e-N)")
        try:
            signature = self.signature
        except InvalidSignature as error:
            raise ValueError(str(error)) from error
        for index, test in enumerate(self.tests):
            problem = arguments_mismatch(test.args, signature) or mismatch(test.expected, signature.returns, "expected")
            if problem:
                raise ValueError(f"tests[{index}]: {problem}")
        visible = [index for index, test in enumerate(self.tests) if not test.hidden]
        if [example.test for example in self.examples] != visible:
            raise ValueError("examples must explain each visible test once, in order")
        if len(visible) < 3 or len(self.tests) - len(visible) < 12:
            raise ValueError("a problem has at least 3 visible and 12 hidden tests")
        return self


def load(path: Path) -> ProblemDocument:
    """Read one document; raises pydantic.ValidationError or json.JSONDecodeError."""
    return ProblemDocument.model_validate(json.loads(path.read_text(encoding="utf-8")))


def load_bank(folder: Path = BANK) -> Iterator[ProblemDocument]:
    """Read every document of a folder, in the order of their names."""
    for path in sorted(folder.glob("*.json")):
        yield load(path)
