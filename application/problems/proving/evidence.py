"""What is found out about a draft: its programs, put to every kind of input."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import gevent

from application.judge.checkers import compare
from application.judge.grader import Grader
from application.judge.signature import Type, mismatch
from application.problems.catalogue.source import Draft
from application.problems.proving.batches import Answer, answers
from application.problems.proving.disproof import Disproved, Patience, Progress, distinct, key, require_answer, shown
from application.problems.proving.inputs import Inputs, collect
from application.problems.proving.mutation import Mutant, mutants
from application.problems.proving.unsettled import unsettled

__all__ = ["Disproved", "Evidence", "Patience", "Progress", "distinct", "examine", "key"]

MIN_MUTANTS = 20
MAX_SAME = 0.9
"""The share of the generator's calls that may have one and the same answer."""
NAIVE_CALLS = 60
"""How many calls, the examples and then the smallest, show that a naive solution is right, only slow."""

_ANY_ORDER = re.compile(
    r"\bany\b[^.]*\border\b|\border\b[^.]*\b(?:not|never|no) matter|\border\b[^.]*\b(?:free|irrelevant)\b",
    re.IGNORECASE,
)
"""How a statement says that answers may come in any order."""


@dataclass
class Evidence:
    """What was found out about a draft: the calls that were tried, what the reference answers, and which of them tell
    which mutant apart. Calls are counted from 0, in the order of ``inputs``."""

    inputs: Inputs
    expected: list[Any]
    made: list[Mutant] = field(default_factory=list)
    kills: dict[int, set[int]] = field(default_factory=dict)

    @property
    def calls(self) -> list[list[Any]]:
        """All calls."""
        return self.inputs.calls

    @property
    def large(self) -> list[int]:
        """The places of those for which a naive solution is too slow."""
        return self.inputs.large


def examine(
    draft: Draft, grader: Grader, progress: Progress, patience: Patience, *, imported: bool = False
) -> Evidence:
    """Put the draft's programs to all inputs; raises Disproved at the first thing that does not hold. The reference of
    one that is ``imported`` may change its arguments."""
    _comparable(draft)
    progress("inputs")
    inputs = collect(draft, grader, patience)
    progress("solutions")
    found = _all_answered("reference", draft.reference, draft, grader, inputs.calls, patience)
    _of_its_type(draft, inputs, found, imported)
    evidence = Evidence(inputs, [answer.value for answer in found])
    _settled(draft, grader, evidence, patience)
    _claims(draft, evidence.expected)
    _varied(evidence)
    _agreement(draft, grader, evidence, patience)
    progress("mutants")
    _mutate(draft, grader, evidence, patience)
    return evidence


def _comparable(draft: Draft) -> None:
    """The way in which answers are compared is one for what the function returns."""
    returns = draft.signature.returns
    tolerant = draft.compare.startswith("float")
    if _has(returns, "float") and not tolerant:
        raise Disproved("comparison", "returns floats, which only float(1e-N) can compare")
    if tolerant and not _has(returns, "float"):
        raise Disproved("comparison", "returns no floats, so float(1e-N) has nothing to compare; mark it exact")
    if draft.compare == "unordered" and not _has(returns, "list"):
        raise Disproved("comparison", "returns no list, so there is no order; mark it exact")
    if draft.compare == "unordered" and not _ANY_ORDER.search(draft.description):
        raise Disproved("comparison", "is unordered, but the statement does not say that any order is right")


def _of_its_type(draft: Draft, inputs: Inputs, found: list[Answer], imported: bool) -> None:
    for call, answer in zip(inputs.calls, found, strict=True):
        flaw = mismatch(answer.value, draft.signature.returns)
        if flaw:
            raise Disproved("reference", f"{flaw}, of {shown(call)}")
        if answer.changed and not imported:
            raise Disproved("reference", f"changes its arguments, with {shown(call)}")


def _settled(draft: Draft, grader: Grader, evidence: Evidence, patience: Patience) -> None:
    """The reference answers the same in another process, in another order, and where the order of sets is another."""

    def differing(source: str, step: int) -> list[Any] | None:
        again = _all_answered("reference", source, draft, grader, evidence.calls[::step], patience)[::step]
        for call, one, other in zip(evidence.calls, evidence.expected, again, strict=True):
            if compare(draft.compare, other.value, one, draft.signature.returns):
                return call
        return None

    call = differing(unsettled(draft.reference), -1)
    if call is None:
        return
    by_chance = differing(draft.reference, 1)
    if by_chance:
        raise Disproved("determinism", f"the reference gives two answers to the same call: {shown(by_chance)}")
    unsettled_too = differing(unsettled(draft.reference), 1)
    if unsettled_too:
        reason = "the reference depends on the order of a set, on hash or on id, which differ from run to run, with"
        raise Disproved("determinism", f"{reason} {shown(unsettled_too)}")
    reason = "the reference keeps something from one call for the next, which changes its answer to"
    raise Disproved("determinism", f"{reason} {shown(call)}")


def _claims(draft: Draft, expected: list[Any]) -> None:
    for number, example in enumerate(draft.examples, start=1):
        if example.claims:
            flaw = compare(draft.compare, example.expected, expected[number - 1], draft.signature.returns)
            if flaw:
                claim, computed = shown(example.expected), shown(expected[number - 1])
                reason = (
                    f"example {number} contradicts the reference: it says {claim}, the reference computes {computed}"
                )
                raise Disproved("examples", reason)


def _varied(evidence: Evidence) -> None:
    """Not every answer is the same, nor nearly every one to what the generator makes."""
    if not evidence.inputs.made:
        return
    said = [json.dumps(answer, sort_keys=True) for answer in evidence.expected]
    if len(set(said)) == 1:
        raise Disproved("tests", f"the reference gives the same answer, {shown(evidence.expected[0])}, to every call")
    ((answer, count),) = Counter(said[place] for place in evidence.inputs.made).most_common(1)
    if count > MAX_SAME * len(evidence.inputs.made):
        share = round(100 * count / len(evidence.inputs.made))
        raise Disproved("tests", f"the answer to {share} % of the generator's calls is the same: {answer[:100]}")


def _agreement(draft: Draft, grader: Grader, evidence: Evidence, patience: Patience) -> None:
    """The brute force gives the same answers, on all calls but the large ones, and so does the naive solution, on the
    examples and the smallest: of its author's inputs there may be some that it is too slow for."""
    inputs, tried = evidence.inputs, evidence.inputs.answerable
    if draft.brute is not None:
        inner = _has_inner_lists(draft)
        for place, value in _solved("brute", draft.brute, draft, grader, evidence, tried, patience):
            call, expected = evidence.calls[place], evidence.expected[place]
            flaw = compare(draft.compare, value, expected, draft.signature.returns)
            if flaw:
                raise _difference(draft, flaw, call, value, expected)
            inner = inner and _same_inner_lists(value, expected)
        if inner and any(one != sorted(one, key=str) for answer in evidence.expected for one in answer):
            reason = "is unordered, but the lists within its answers have an order that both solutions keep"
            raise Disproved("comparison", f"{reason}; as it is, any order of them is right, too")
    if draft.naive is not None:
        examples = range(len(distinct([example.args for example in draft.examples])))
        first = [*examples, *inputs.smallest][:NAIVE_CALLS]
        for place, value in _solved("naive", draft.naive, draft, grader, evidence, first, patience):
            flaw = compare(draft.compare, value, evidence.expected[place], draft.signature.returns)
            if flaw:
                raise Disproved("naive", f"differs from the reference: {flaw}, of {shown(evidence.calls[place])}")


def _solved(
    name: str, code: str, draft: Draft, grader: Grader, evidence: Evidence, tried: list[int], patience: Patience
) -> list[tuple[int, Any]]:
    found = _all_answered(name, code, draft, grader, [evidence.calls[place] for place in tried], patience)
    return [(place, answer.value) for place, answer in zip(tried, found, strict=True)]


def _difference(draft: Draft, flaw: str, call: list[Any], value: Any, expected: Any) -> Disproved:
    returns = draft.signature.returns
    if mismatch(value, returns) is None:
        alone = f"reference and brute force differ in {{}} alone, which {draft.compare} does not allow"
        if _has(returns, "list") and not compare("unordered", value, expected, returns):
            mend = "mark it unordered if any order is right, else say which is"
            return Disproved("comparison", f"{alone.format('order')}; {mend}: {shown(call)}")
        if _has(returns, "float") and not compare("float(1e-6)", value, expected, returns):
            return Disproved("comparison", f"{alone.format('rounding')}: {shown(call)}")
    return Disproved("agreement", f"reference and brute force differ: {flaw}, of {shown(call)}")


def _has_inner_lists(draft: Draft) -> bool:
    returns = draft.signature.returns
    return draft.compare == "unordered" and returns.kind == "list" and returns.element.kind == "list"


def _same_inner_lists(value: list[Any], expected: list[Any]) -> bool:
    return Counter(map(str, value)) == Counter(map(str, expected))


def _mutants(draft: Draft) -> list[Mutant]:
    """Those of the reference; a short one has few, and then those of the brute force are as good."""
    made = _made_of(draft.reference)
    if len(made) < MIN_MUTANTS and draft.brute is not None:
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


def _mutate(draft: Draft, grader: Grader, evidence: Evidence, patience: Patience) -> None:
    evidence.made = _mutants(draft)
    tried = evidence.inputs.answerable
    calls = [evidence.calls[place] for place in tried]
    for number, mutant in enumerate(evidence.made):
        said = answers(grader, mutant.source, draft.function, calls, patience.mutant_batch_ms)
        calls_that_differ = {
            place
            for place, answer in zip(tried, said, strict=True)
            if answer.known
            and (answer.flaw or compare(draft.compare, answer.value, evidence.expected[place], draft.signature.returns))
        }
        if calls_that_differ:
            evidence.kills[number] = calls_that_differ


def _all_answered(
    name: str, code: str, draft: Draft, grader: Grader, calls: list[list[Any]], patience: Patience
) -> list[Answer]:
    found = answers(grader, code, draft.function, calls, patience.batch_ms)
    for call, answer in zip(calls, found, strict=True):
        require_answer(name, shown(call), answer)
    return found


def _has(type_: Type, kind: str) -> bool:
    return type_.kind == kind or (type_.of is not None and _has(type_.of, kind))
