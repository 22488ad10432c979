"""The JSON document that a proven problem is kept as, and what makes one well formed.

A document that loads here is complete and consistent with its own signature. Whether its answers are right is proven
elsewhere, by running its programs in the sandbox.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from pydantic import Field, model_validator

from application.judge.signature import arguments_mismatch, mismatch
from application.judge.verdicts import JudgeRequest, Limits, Test
from application.problems.catalogue.source import Described, Draft, DraftExample, Strict

BANK = Path(__file__).parent / "bank"
"""Where the problems that come with Codemaze lie, one document a file, named after its slug."""


class LimitsDocument(Strict):
    """What one test may use: CPU time in milliseconds, memory in MiB."""

    time_ms: int = Field(default=2000, ge=100, le=10_000)
    memory_mib: int = Field(default=256, ge=64, le=1024)


class TestDocument(Strict):
    """One call and its right answer."""

    args: list[Any]
    expected: Any
    hidden: bool


class ExampleDocument(Strict):
    """Why the visible test with this index (from 0, among all tests) has the answer it has."""

    test: int = Field(ge=0)
    explanation: str = Field(min_length=1, max_length=1000)


class Proof(Strict):
    """What was measured when a problem was proven, on the machine that proved it.

    ``inputs`` counts the calls that were tried: the smallest there are, random ones, large ones. Of ``mutants`` made of
    the reference, ``killed`` fail a test, and ``equivalent`` did the same as it on every input tried. Times are of the
    slowest call, in milliseconds of CPU; of ``naive_ms`` it is at least that. ``brute_ms`` is on the inputs that the
    brute force can answer. ``missing`` says what an import came without, and so was not proven.
    """

    small: int
    random: int
    large: int
    mutants: int
    killed: int
    equivalent: int
    reference_ms: int
    brute_ms: int | None = None
    naive_ms: int | None = None
    solutions: int | None = None
    missing: list[str] = Field(default_factory=list)


class ProblemDocument(Described):
    """A whole problem."""

    limits: LimitsDocument = LimitsDocument()
    examples: list[ExampleDocument]
    tests: list[TestDocument] = Field(max_length=100)
    proof: Proof | None = None

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

    def draft(self) -> Draft:
        """The draft that this problem can be proven from again; its hidden tests are the author's inputs there."""
        shown = {example.test: example.explanation for example in self.examples}
        return Draft(
            **{name: getattr(self, name) for name in Described.model_fields},
            examples=[
                DraftExample(args=test.args, expected=test.expected, explanation=shown[index])
                for index, test in enumerate(self.tests)
                if not test.hidden
            ],
            inputs=[test.args for test in self.tests if test.hidden],
        )

    @model_validator(mode="after")
    def _tests_fit(self) -> Self:
        signature = self.signature
        for index, test in enumerate(self.tests):
            problem = arguments_mismatch(test.args, signature) or mismatch(test.expected, signature.returns, "expected")
            if problem:
                raise ValueError(f"tests[{index}]: {problem}")
        visible = [index for index, test in enumerate(self.tests) if not test.hidden]
        if [example.test for example in self.examples] != visible:
            raise ValueError("examples must explain each visible test once, in order")
        if len(visible) < 1 or len(self.tests) - len(visible) < 3:
            raise ValueError("a problem has at least 1 visible and 3 hidden tests")
        return self


def load(path: Path) -> ProblemDocument:
    """Read one document; raises pydantic.ValidationError or json.JSONDecodeError."""
    return ProblemDocument.model_validate(json.loads(path.read_text(encoding="utf-8")))


def load_bank(folder: Path = BANK) -> Iterator[ProblemDocument]:
    """Read every document of a folder, in the order of their names."""
    for path in sorted(folder.glob("*.json")):
        yield load(path)


def written(document: Described) -> str:
    """The document as a file of the bank has it: fields on lines of their own, tests and calls on one each."""
    lines = []
    for name, value in document.model_dump(mode="json", exclude_unset=True).items():
        if value is None:
            continue
        text = json.dumps(value, ensure_ascii=False)
        if name in ("examples", "tests", "inputs", "near_misses") and value:
            text = "[\n" + ",\n".join(f"    {json.dumps(item, ensure_ascii=False)}" for item in value) + "\n  ]"
        lines.append(f"  {json.dumps(name)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"
