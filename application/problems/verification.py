"""Whether a problem is what it says: its two solutions agree with its tests and with each other, run in the sandbox."""

from __future__ import annotations

from typing import Any

from application.judge.checkers import compare
from application.judge.grader import Grader
from application.judge.signature import Signature, Type, arguments_mismatch, parse_signature
from application.judge.verdicts import Limits, RunResult, Verdict
from application.problems.document import ProblemDocument
from application.problems.mutation import Mutant, mutants

GENERATED_INPUTS = 200
FLAWS_SHOWN = 5
SOLUTION_LIMITS = Limits(time_ms=10_000, memory_mib=512)
"""What generator and brute may use for one input; only the reference is held to the problem's own limits."""

_GENERATE = parse_signature("generate", [("seed", "int")], "list<int>")
"""Of a generator only the name counts: what it returns are the arguments of the problem's own function."""


def verify(document: ProblemDocument, grader: Grader, inputs: int = GENERATED_INPUTS) -> list[str]:
    """Everything found wrong with the problem, as sentences; empty when it verifies.

    ``inputs`` calls are made by the problem's own generator, with the seeds 0, 1, 2 and so on.
    """
    flaws: list[str] = []
    for name, code, limits in (
        ("reference", document.reference, document.judge_limits),
        ("brute", document.brute, SOLUTION_LIMITS),
    ):
        judgement = grader.judge(document.request("python", code, limits))
        failed = [result for result in judgement.results if result.verdict is not Verdict.ACCEPTED]
        flaws += [f"{name}: test {result.number}: {result.verdict.value} {result.message}" for result in failed]
        if not failed and judgement.verdict is not Verdict.ACCEPTED:
            flaws.append(f"{name}: {judgement.verdict.value} {judgement.message}")
    if not flaws:
        flaws += _disagreements(document, grader, inputs)
    shown = [flaw.strip() for flaw in flaws[:FLAWS_SHOWN]]
    return shown + ([f"and {len(flaws) - FLAWS_SHOWN} more"] if len(flaws) > FLAWS_SHOWN else [])


def survivors(document: ProblemDocument, grader: Grader) -> tuple[list[Mutant], int]:
    """The mutants of the reference that pass every test of the problem, and how many mutants there are.

    One that survives does the same as the reference on all inputs, or shows that a test is missing.
    """
    made = mutants(document.reference)
    passing = [
        mutant for mutant in made if grader.judge(document.request("python", mutant.source)).verdict is Verdict.ACCEPTED
    ]
    return passing, len(made)


def _disagreements(document: ProblemDocument, grader: Grader, inputs: int) -> list[str]:
    signature = document.signature
    seeds = [[seed] for seed in range(inputs)]
    generated = grader.call("python", document.generator, _GENERATE, seeds, SOLUTION_LIMITS)
    calls: list[list[Any]] = []
    for seed, run in enumerate(generated):
        wrong = run.message or run.verdict.value if run.verdict is not Verdict.ACCEPTED else None
        wrong = wrong or arguments_mismatch(run.value, signature)
        if wrong:
            return [f"generator: seed {seed}: {wrong}"]
        calls.append(run.value)
    if len(calls) < inputs:
        return [f"generator: only {len(calls)} of {inputs} seeds were run"]
    first = grader.call("python", document.reference, signature, calls, document.judge_limits)
    second = grader.call("python", document.brute, signature, calls, SOLUTION_LIMITS)
    flaws = []
    for seed in range(inputs):
        flaw = _disagreement(document.compare, signature, first[seed : seed + 1], second[seed : seed + 1])
        if flaw:
            flaws.append(f"seed {seed}: {flaw}")
    return flaws


def _disagreement(kind: str, signature: Signature, first: list[RunResult], second: list[RunResult]) -> str | None:
    for name, runs in (("reference", first), ("brute", second)):
        if not runs:
            return f"{name} was not run"
        if runs[0].verdict is not Verdict.ACCEPTED:
            return f"{name}: {runs[0].verdict.value} {runs[0].message}"
    returns: Type = signature.returns
    return compare(kind, first[0].value, second[0].value, returns)
