"""What is found out about a draft before tests are made of it: its programs, put to every kind of input."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import gevent

from application.judge.checkers import compare
from application.judge.grader import Grader
from application.judge.signature import Type, arguments_mismatch, mismatch, parse_signature
from application.judge.verdicts import Limits, RunResult, Verdict
from application.problems import smallest
from application.problems.batches import Answer, answers
from application.problems.draft import Draft
from application.problems.mutation import Mutant, mutants

RANDOM_INPUTS = 500
SMALL_INPUTS = 300
LARGE_INPUTS = 6
MUTANTS_LEAST = 20
DIFFERENT_LEAST = 30
"""How many different calls a generator must make of ``RANDOM_INPUTS`` seeds."""

BATCH_MS = 10_000
MUTANT_BATCH_MS = 500
"""CPU time for some hundreds of calls: a mutant that takes longer is one that does not end."""

SOLUTION_LIMITS = Limits(time_ms=10_000, memory_mib=512)
"""What generator and brute force may use for one call; only the reference is held to a problem's limits."""

_GENERATE_LARGE = parse_signature("generate_large", [("seed", "int")], "list<int>")
_SHOWN = 300

Progress = Callable[[str], None]
"""Told of each stage as it begins."""


class Disproved(Exception):
    """A problem is not what it says. ``stage`` is where that was seen, ``reason`` is a sentence for its author."""

    def __init__(self, stage: str, reason: str) -> None:
        super().__init__(f"{stage}: {reason}")
        self.stage, self.reason = stage, reason


@dataclass
class Evidence:
    """What was found out about a draft: the calls that were tried, what the reference answers, and which of them tell
    which mutant apart. Calls are counted from 0: the examples, the author's inputs, small ones, random ones, large."""

    calls: list[list[Any]]
    expected: list[Any]
    small: int
    random: int
    large: list[int]
    made: list[Mutant] = field(default_factory=list)
    kills: dict[int, set[int]] = field(default_factory=dict)


def examine(draft: Draft, grader: Grader, progress: Progress) -> Evidence:
    """Put the draft's programs to all inputs; raises Disproved at the first thing that does not hold."""
    if draft.compare == "exact" and _has_float(draft.signature.returns):
        raise Disproved("comparison", "returns floats, which only float(1e-N) can compare")
    progress("inputs")
    given = distinct([*(example.args for example in draft.examples), *draft.inputs])
    small = _small(draft, grader)
    random = _random(draft, grader)
    large = _large(draft, grader)
    calls = distinct([*given, *small, *random, *large])
    _allowed(draft, grader, calls)
    large_keys = {key(call) for call in large}
    large_at = [index for index, call in enumerate(calls) if key(call) in large_keys]
    progress("solutions")
    expected = _expected(draft, grader, calls)
    evidence = Evidence(calls, expected, len(small), len(random), large_at)
    _claims(draft, expected)
    _agreement(draft, grader, evidence)
    progress("mutants")
    _mutate(draft, grader, evidence)
    return evidence


def _small(draft: Draft, grader: Grader) -> list[list[Any]]:
    """The smallest calls that the validator allows, evenly taken where there are many."""
    if draft.validator is None:
        return []
    tried = smallest.calls(draft.signature)
    said = answers(grader, draft.validator, "valid", tried, BATCH_MS)
    allowed = [call for call, answer in zip(tried, said, strict=True) if answer.value is True]
    step = max(1, math.ceil(len(allowed) / SMALL_INPUTS))
    return allowed[:60] + allowed[60::step] if len(allowed) > SMALL_INPUTS else allowed


def _random(draft: Draft, grader: Grader) -> list[list[Any]]:
    if draft.generator is None:
        return []
    made = _generated(draft, grader, list(range(RANDOM_INPUTS)))
    again = _generated(draft, grader, list(range(20)))
    if again != made[:20]:
        raise Disproved("determinism", "the generator makes another call of the same seed")
    different = distinct(made)
    if len(different) < DIFFERENT_LEAST:
        reason = f"the generator makes only {len(different)} different calls of {RANDOM_INPUTS} seeds"
        raise Disproved("tests", f"{reason}; {DIFFERENT_LEAST} are the least")
    return different


def _generated(draft: Draft, grader: Grader, seeds: list[int]) -> list[list[Any]]:
    assert draft.generator
    made = answers(grader, draft.generator, "generate", [[seed] for seed in seeds], BATCH_MS)
    for seed, answer in zip(seeds, made, strict=True):
        _answered("generator", f"seed {seed}", answer)
        flaw = arguments_mismatch(answer.value, draft.signature)
        if flaw:
            raise Disproved("generator", f"seed {seed}: {flaw}")
    return [answer.value for answer in made]


def _large(draft: Draft, grader: Grader) -> list[list[Any]]:
    """Calls that take a slow solution long; none where the generator makes none."""
    if draft.generator is None or "def generate_large(" not in draft.generator:
        return []
    runs = grader.call(
        "python", draft.generator, _GENERATE_LARGE, [[seed] for seed in range(LARGE_INPUTS)], SOLUTION_LIMITS
    )
    for seed, run in enumerate(runs):
        flaw = _ended(run) or arguments_mismatch(run.value, draft.signature)
        if flaw:
            raise Disproved("generator", f"large, seed {seed}: {flaw}")
    return [run.value for run in runs]


def _allowed(draft: Draft, grader: Grader, calls: list[list[Any]]) -> None:
    """Every call is one that the validator allows, and no near miss is."""
    if draft.validator is None:
        return
    for call, answer in zip(calls, answers(grader, draft.validator, "valid", calls, BATCH_MS), strict=True):
        _answered("validator", _shown(call), answer)
        if answer.value is not True:
            raise Disproved("validator", f"refuses a call that is among the inputs: {_shown(call)}")
    misses = answers(grader, draft.validator, "valid", draft.near_misses, BATCH_MS)
    for call, answer in zip(draft.near_misses, misses, strict=True):
        _answered("validator", _shown(call), answer)
        if answer.value is not False:
            raise Disproved("validator", f"allows what the statement does not: {_shown(call)}")


def _expected(draft: Draft, grader: Grader, calls: list[list[Any]]) -> list[Any]:
    """What the reference answers, twice the same."""
    first = _all_answered("reference", draft.reference, draft, grader, calls)
    for call, value in zip(calls, first, strict=True):
        flaw = mismatch(value, draft.signature.returns)
        if flaw:
            raise Disproved("reference", f"{flaw}, of {_shown(call)}")
    again = _all_answered("reference", draft.reference, draft, grader, calls)
    for call, one, other in zip(calls, first, again, strict=True):
        if compare(draft.compare, other, one, draft.signature.returns):
            raise Disproved("determinism", f"the reference gives two answers to the same call: {_shown(call)}")
    return first


def _claims(draft: Draft, expected: list[Any]) -> None:
    for number, example in enumerate(draft.examples, start=1):
        if example.claims:
            flaw = compare(draft.compare, example.expected, expected[number - 1], draft.signature.returns)
            if flaw:
                raise Disproved("examples", f"example {number} contradicts the reference: {flaw}")


def _agreement(draft: Draft, grader: Grader, evidence: Evidence) -> None:
    """The brute force gives the same answers, on all calls but the large ones."""
    if draft.brute is None:
        return
    tried = [index for index in range(len(evidence.calls)) if index not in set(evidence.large)]
    found = _all_answered("brute", draft.brute, draft, grader, [evidence.calls[index] for index in tried])
    returns = draft.signature.returns
    for index, value in zip(tried, found, strict=True):
        call, expected = evidence.calls[index], evidence.expected[index]
        flaw = compare(draft.compare, value, expected, returns)
        if not flaw:
            continue
        for kind, why in (("unordered", "order"), ("float(1e-6)", "rounding")):
            if mismatch(value, returns) is None and not compare(kind, value, expected, returns):
                reason = f"reference and brute differ in {why} alone, which {draft.compare} does not allow"
                raise Disproved("comparison", f"{reason}: {_shown(call)}")
        raise Disproved("agreement", f"reference and brute differ: {flaw}, of {_shown(call)}")


def _mutants(draft: Draft) -> list[Mutant]:
    """Those of the reference; a short one has few, and then those of the brute force are as good."""
    made = _made_of(draft.reference)
    if len(made) < MUTANTS_LEAST and draft.brute is not None:
        made += _made_of(draft.brute)
    return made


def _made_of(source: str) -> list[Mutant]:
    """The mutants, with a turn for others after each. Another thread would not do: in CPython 3.11 two threads that
    work on syntax trees at the same time end in a SystemError."""
    made = []
    for mutant in mutants(source):
        made.append(mutant)
        gevent.sleep(0)
    return made


def _mutate(draft: Draft, grader: Grader, evidence: Evidence) -> None:
    evidence.made = _mutants(draft)
    large = set(evidence.large)
    tried = [index for index in range(len(evidence.calls)) if index not in large]
    calls = [evidence.calls[index] for index in tried]
    for number, mutant in enumerate(evidence.made):
        said = answers(grader, mutant.source, draft.function, calls, MUTANT_BATCH_MS)
        calls_that_differ = {
            index
            for index, answer in zip(tried, said, strict=True)
            if answer.known
            and (answer.flaw or compare(draft.compare, answer.value, evidence.expected[index], draft.signature.returns))
        }
        if calls_that_differ:
            evidence.kills[number] = calls_that_differ


def _all_answered(name: str, code: str, draft: Draft, grader: Grader, calls: list[list[Any]]) -> list[Any]:
    found = answers(grader, code, draft.function, calls, BATCH_MS)
    for call, answer in zip(calls, found, strict=True):
        _answered(name, _shown(call), answer)
    return [answer.value for answer in found]


def _answered(name: str, of: str, answer: Answer) -> None:
    if answer.flaw.startswith(Verdict.TIME_LIMIT.value):
        raise Disproved("time", f"the {name} does not end, with {of}")
    if answer.flaw:
        raise Disproved(name, f"{answer.flaw}, with {of}")


def _ended(run: RunResult) -> str | None:
    return None if run.verdict is Verdict.ACCEPTED else f"{run.verdict.value} {run.message}".strip()


def _has_float(type_: Type) -> bool:
    return type_.kind == "float" or (type_.of is not None and _has_float(type_.of))


def key(call: Sequence[Any]) -> str:
    """A call as text; equal calls have the same."""
    return json.dumps(call, sort_keys=True)


def distinct(calls: Sequence[list[Any]]) -> list[list[Any]]:
    """The calls, each once, in the order of their first places."""
    return list({key(call): call for call in calls}.values())


def _shown(call: list[Any]) -> str:
    text = json.dumps(call, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
