"""Whether a problem is what it says, proven by running its programs in the sandbox.

The bank, imports, teachers' problems and generated ones all go through ``prove``, which makes a document of a draft or
says at which stage it failed; ``verify`` proves a document again. Nothing an author claims is believed: answers are
what the reference computes where a second solution of another kind computes the same, and tests are what tells the
reference from mutants of it.
"""

from __future__ import annotations

import json

from application.judge.checkers import compare
from application.judge.grader import Grader
from application.judge.verdicts import Limits, Verdict
from application.problems.catalogue.document import (
    ExampleDocument,
    LimitsDocument,
    ProblemDocument,
    Proof,
    TestDocument,
)
from application.problems.catalogue.programs import defines
from application.problems.catalogue.source import Described, Draft
from application.problems.catalogue.topics import TOPICS, unknown_topic
from application.problems.proving import selection
from application.problems.proving.disproof import PATIENT, Disproved, Patience, Progress, key
from application.problems.proving.evidence import MIN_MUTANTS, Evidence, examine
from application.problems.proving.mutation import Mutant

__all__ = ["Disproved", "Patience", "Progress", "prove", "verify"]

MAX_EQUIVALENT = 0.4
"""The share of mutants that may do the same as the reference on all inputs: of more, the inputs show too little."""

PROVING = ("brute", "generator", "validator")
"""The programs that a proof needs beside the reference; only an import may come without them."""

MIN_SHOWN = 3
MIN_NEAR_MISSES = 2
IDEAS = ("gold", "platinum")
"""Ranks whose problems need an idea: for each there is a naive solution without it, which is too slow."""

LIMIT_FACTOR = 10
MIN_LIMIT_MS, MAX_LIMIT_MS = 1000, 10_000
"""A test may take ``LIMIT_FACTOR`` times what the slowest call takes the reference, and at least a second: starting and
a slower language cost a part of it."""

LARGE_TESTS = 3


def prove(
    draft: Draft,
    grader: Grader,
    *,
    imported: bool = False,
    progress: Progress = lambda _stage: None,
    patience: Patience = PATIENT,
) -> ProblemDocument:
    """The proven problem with its tests, limits and proof; raises Disproved, and RunnerFailed when nothing can be run.

    A draft that is ``imported`` may come without a second solution, a generator or a validator, and with few examples;
    its proof says what is missing.
    """
    if not imported:
        _complete(draft)
    evidence = examine(draft, grader, progress, patience, imported=imported)
    return _documented(draft, evidence, grader, imported, progress, patience)


def verify(
    document: ProblemDocument,
    grader: Grader,
    progress: Progress = lambda _stage: None,
    patience: Patience = PATIENT,
) -> Proof:
    """Prove a document anew, with the tests that it has; raises Disproved and RunnerFailed."""
    imported = bool(document.proof and document.proof.missing)
    evidence = examine(document.draft(), grader, progress, patience, imported=imported)
    answer = {key(call): value for call, value in zip(evidence.calls, evidence.expected, strict=True)}
    for number, test in enumerate(document.tests, start=1):
        flaw = compare(document.compare, answer[key(test.args)], test.expected, document.signature.returns)
        if flaw:
            raise Disproved("tests", f"test {number} expects another answer than the reference gives: {flaw}")
    tests = {
        index for index, call in enumerate(evidence.calls) if key(call) in {key(test.args) for test in document.tests}
    }
    missing = [evidence.made[mutant] for mutant, calls in evidence.kills.items() if not calls & tests]
    if missing:
        raise Disproved("tests", f"pass programs that are wrong: {_told(missing)}")
    return _timed(document, evidence, tests, grader, progress, patience)


def _complete(draft: Draft) -> None:
    for name in PROVING:
        if getattr(draft, name) is None:
            raise Disproved("draft", f"has no {name}")
    if len(draft.examples) < MIN_SHOWN:
        raise Disproved("draft", f"has {len(draft.examples)} examples; {MIN_SHOWN} are the least")
    if len(draft.near_misses) < MIN_NEAR_MISSES:
        there = {0: "no near misses", 1: "only 1 near miss"}[len(draft.near_misses)]
        raise Disproved("draft", f"has {there}: arguments that the statement only just does not allow")
    if not draft.topics:
        raise Disproved("draft", "has no topics")
    unknown = unknown_topic(draft.topics)
    if unknown:
        raise Disproved("draft", f"{unknown!r} is not a topic; topics are {', '.join(TOPICS)}")
    if not set(draft.topics) & set(TOPICS):
        raise Disproved("draft", f"has no topic of the first kind: {', '.join(TOPICS)}")
    if draft.rank in IDEAS and draft.naive is None:
        raise Disproved("draft", f"a {draft.rank} problem has a naive solution, and this has none")
    if draft.naive is not None and draft.generator and not defines(draft.generator, "generate_large"):
        raise Disproved("draft", "the generator does not define generate_large, of calls for which naive is too slow")


def _documented(
    draft: Draft, evidence: Evidence, grader: Grader, imported: bool, progress: Progress, patience: Patience
) -> ProblemDocument:
    progress("tests")
    shown = list(range(len(draft.examples)))
    given = list(range(len(shown), evidence.inputs.given))
    wanted = [*(given if imported else []), *evidence.large[:LARGE_TESTS]]
    hidden = sorted({*wanted, *selection.choose(evidence.kills, shown, wanted, _filling(evidence))})
    left = len(evidence.kills) - selection.killed(evidence.kills, {*shown, *hidden})
    if not imported:
        _strong(evidence, hidden, left)
    tests = [
        TestDocument(args=evidence.calls[index], expected=evidence.expected[index], hidden=index in hidden)
        for index in [*shown, *hidden]
    ]
    document = ProblemDocument(
        **{name: getattr(draft, name) for name in Described.model_fields},
        limits=LimitsDocument(time_ms=MAX_LIMIT_MS),
        examples=[
            ExampleDocument(test=index, explanation=example.explanation) for index, example in enumerate(draft.examples)
        ],
        tests=tests,
    )
    proof = _timed(document, evidence, {*shown, *hidden}, grader, progress, patience)
    limit = min(MAX_LIMIT_MS, max(MIN_LIMIT_MS, LIMIT_FACTOR * proof.reference_ms))
    return document.model_copy(update={"limits": LimitsDocument(time_ms=limit), "proof": proof})


def _strong(evidence: Evidence, hidden: list[int], left: int) -> None:
    made, equivalent = len(evidence.made), len(evidence.made) - len(evidence.kills)
    if made < MIN_MUTANTS:
        raise Disproved("mutants", f"only {made} mutants can be made of the solutions; {MIN_MUTANTS} are the least")
    if equivalent > MAX_EQUIVALENT * made:
        same = _told([mutant for number, mutant in enumerate(evidence.made) if number not in evidence.kills])
        raise Disproved("tests", f"no input tells {equivalent} of {made} mutants from the reference: {same}")
    if left:
        raise Disproved("tests", f"{selection.MAX_HIDDEN} tests leave {left} of {made} mutants alive")
    if len(hidden) < selection.MIN_HIDDEN:
        raise Disproved("tests", f"only {len(hidden)} hidden tests can be made; {selection.MIN_HIDDEN} are the least")


def _filling(evidence: Evidence) -> list[int]:
    """Calls for tests that no mutant needs: of every fifth the longest, so that sizes and answers vary."""
    rest = evidence.inputs.answerable
    rest.sort(key=lambda index: -len(key(evidence.calls[index])))
    seen: set[str] = set()
    fresh = []
    for index in rest[::5]:
        answer = json.dumps(evidence.expected[index])
        if answer not in seen:
            seen.add(answer)
            fresh.append(index)
    return fresh + [index for index in rest if index not in set(fresh)]


def _timed(
    document: ProblemDocument,
    evidence: Evidence,
    tests: set[int],
    grader: Grader,
    progress: Progress,
    patience: Patience,
) -> Proof:
    """How long the solutions take, test by test, as a submission is judged."""
    progress("time")
    judged = grader.judge(document.request("python", document.reference))
    if judged.verdict is not Verdict.ACCEPTED:
        failed = next((result for result in judged.results if result.verdict is not Verdict.ACCEPTED), None)
        where = f"test {failed.number}: " if failed else ""
        if judged.verdict is Verdict.WRONG_ANSWER:
            reason = f"{where}the reference gives another answer when it is called in a process of its own"
            raise Disproved("determinism", reason)
        raise Disproved("reference", f"{where}{judged.verdict.value} {judged.message}".strip())
    naive = brute = None
    if document.naive is not None:
        naive = _too_slow(document, grader, max(MIN_LIMIT_MS, LIMIT_FACTOR * judged.slowest_ms))
    if document.brute is not None:
        small = [evidence.calls[index] for index in sorted(tests - set(evidence.large))]
        runs = grader.call("python", document.brute, document.signature, small, patience.call)
        brute = max((run.time_ms for run in runs), default=0)
    return Proof(
        small=evidence.inputs.small,
        random=evidence.inputs.random,
        large=len(evidence.large),
        mutants=len(evidence.made),
        killed=selection.killed(evidence.kills, tests),
        equivalent=len(evidence.made) - len(evidence.kills),
        reference_ms=judged.slowest_ms,
        brute_ms=brute,
        naive_ms=naive,
        missing=[name for name in PROVING if getattr(document, name) is None],
    )


def _too_slow(document: ProblemDocument, grader: Grader, limit_ms: int) -> int:
    """The least that is known of the naive solution's slowest test, in milliseconds: it must run out of time."""
    assert document.naive
    judged = grader.judge(document.request("python", document.naive, Limits(min(limit_ms, MAX_LIMIT_MS), 512)))
    wrong = [result for result in judged.results if result.verdict not in (Verdict.ACCEPTED, Verdict.TIME_LIMIT)]
    if wrong:
        raise Disproved("naive", f"test {wrong[0].number}: {wrong[0].verdict.value} {wrong[0].message}".strip())
    if judged.verdict is not Verdict.TIME_LIMIT:
        raise Disproved(
            "time", f"the naive solution passes: its slowest test takes {judged.slowest_ms} of {limit_ms} ms"
        )
    return judged.slowest_ms


def _told(mutants_: list[Mutant]) -> str:
    told = [f"line {mutant.line}, {mutant.change}" for mutant in mutants_[:3]]
    return "; ".join(told) + (f"; and {len(mutants_) - 3} more" if len(mutants_) > 3 else "")
