"""The calls that a draft is tried with: its author's, the smallest, random and large ones, all of them allowed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from application.judge.grader import Grader
from application.judge.signature import arguments_mismatch, parse_signature
from application.judge.verdicts import Verdict
from application.problems.catalogue import programs
from application.problems.catalogue.source import Draft
from application.problems.proving import smallest
from application.problems.proving.batches import answers
from application.problems.proving.disproof import Disproved, Patience, distinct, key, require_answer, shown

RANDOM_INPUTS = 500
SMALL_INPUTS = 300
LARGE_INPUTS = 6
MIN_DIFFERENT = 30
"""How many different calls a generator must make of ``RANDOM_INPUTS`` seeds, and how many of them must be none of the
smallest calls, which are tried anyway."""

_GENERATE_LARGE = parse_signature("generate_large", [("seed", "int")], "list<int>")


@dataclass(frozen=True)
class Inputs:
    """All calls, each once: the examples, the author's inputs, then small, random and large ones. ``small`` and
    ``random`` count how many of these kinds there are; ``smallest`` has the places of the small ones that their author
    did not give, ``made`` and ``large`` those of the random and the large ones."""

    calls: list[list[Any]]
    given: int
    small: int
    random: int
    smallest: list[int]
    made: list[int]
    large: list[int]

    @property
    def answerable(self) -> list[int]:
        """The places of the calls that a slow solution can answer: all but the large ones."""
        large = set(self.large)
        return [place for place in range(len(self.calls)) if place not in large]


def collect(draft: Draft, grader: Grader, patience: Patience) -> Inputs:
    """The draft's calls; raises Disproved when its generator or validator is not what it should be."""
    given = distinct([*(example.args for example in draft.examples), *draft.inputs])
    tried = smallest.calls(draft.signature)
    small = _small(draft, grader, tried, patience)
    random = _random(draft, grader, {key(call) for call in tried}, patience)
    large = _large(draft, grader, patience)
    calls = distinct([*given, *small, *random, *large])
    places = {key(call): place for place, call in enumerate(calls)}
    inputs = Inputs(
        calls,
        len(given),
        len(small),
        len(random),
        [place for place in (places[key(call)] for call in small) if place >= len(given)],
        [places[key(call)] for call in random],
        sorted({places[key(call)] for call in large}),
    )
    _allowed(draft, grader, inputs, patience)
    return inputs


def _small(draft: Draft, grader: Grader, tried: list[list[Any]], patience: Patience) -> list[list[Any]]:
    """The smallest calls that the validator allows, evenly taken where there are many."""
    if draft.validator is None:
        return []
    said = answers(grader, draft.validator, "valid", tried, patience.batch_ms)
    for call, answer in zip(tried, said, strict=True):
        if answer.flaw.startswith(Verdict.TIME_LIMIT.value):
            require_answer("validator", shown(call), answer)
    allowed = [call for call, answer in zip(tried, said, strict=True) if answer.value is True]
    step = max(1, math.ceil(len(allowed) / SMALL_INPUTS))
    return allowed[:60] + allowed[60::step] if len(allowed) > SMALL_INPUTS else allowed


def _random(draft: Draft, grader: Grader, smallest_keys: set[str], patience: Patience) -> list[list[Any]]:
    if draft.generator is None:
        return []
    made = _generated(draft, grader, list(range(RANDOM_INPUTS)), patience)
    again = _generated(draft, grader, list(reversed(range(20))), patience)
    if again[::-1] != made[:20]:
        raise Disproved("determinism", "the generator makes another call of the same seed")
    different = distinct(made)
    if len(different) < MIN_DIFFERENT:
        calls = f"{len(different)} different call{'' if len(different) == 1 else 's'}"
        reason = f"the generator makes only {calls} of {RANDOM_INPUTS} seeds; {MIN_DIFFERENT} are the least"
        raise Disproved("tests", reason)
    beyond = sum(key(call) not in smallest_keys for call in different)
    if beyond < MIN_DIFFERENT:
        reason = f"the generator makes only {beyond} calls that are larger than the smallest, which are tried anyway"
        raise Disproved("tests", f"{reason}; {MIN_DIFFERENT} are the least")
    return different


def _generated(draft: Draft, grader: Grader, seeds: list[int], patience: Patience) -> list[list[Any]]:
    assert draft.generator
    made = answers(grader, draft.generator, "generate", [[seed] for seed in seeds], patience.batch_ms)
    for seed, answer in zip(seeds, made, strict=True):
        if answer.flaw.startswith(Verdict.OUTPUT_LIMIT.value):
            raise Disproved("generator", "makes calls that are too large, or prints; generate_large is for large calls")
        require_answer("generator", f"seed {seed}", answer)
    for seed, answer in zip(seeds, made, strict=True):
        flaw = arguments_mismatch(answer.value, draft.signature)
        if flaw:
            raise Disproved("generator", f"seed {seed}: {flaw}")
    return [answer.value for answer in made]


def _large(draft: Draft, grader: Grader, patience: Patience) -> list[list[Any]]:
    """Calls that take a slow solution long; none where the generator makes none."""
    if draft.generator is None or not programs.defines(draft.generator, "generate_large"):
        return []
    seeds = [[seed] for seed in range(LARGE_INPUTS)]
    stop = {Verdict.TIME_LIMIT}
    for (seed,), run in zip(
        seeds, runs := grader.call("python", draft.generator, _GENERATE_LARGE, seeds, patience.call, stop), strict=False
    ):
        if run.verdict is Verdict.TIME_LIMIT:
            raise Disproved("time", f"the generator does not end, with seed {seed} of generate_large")
        ended = None if run.verdict is Verdict.ACCEPTED else f"{run.verdict.value} {run.message}".strip()
        flaw = ended or arguments_mismatch(run.value, draft.signature)
        if flaw:
            raise Disproved("generator", f"seed {seed} of generate_large: {flaw}")
    return [run.value for run in runs]


def _allowed(draft: Draft, grader: Grader, inputs: Inputs, patience: Patience) -> None:
    """Every call is one that the validator allows, and no near miss is."""
    if draft.validator is None:
        return
    for place, allowed in enumerate(_judged(draft, grader, inputs.calls, patience)):
        if not allowed:
            raise Disproved("validator", f"refuses {_origin(draft, inputs, place)}: {shown(inputs.calls[place])}")
    for call, allowed in zip(draft.near_misses, _judged(draft, grader, draft.near_misses, patience), strict=True):
        if allowed:
            raise Disproved("validator", f"allows what the statement does not: {shown(call)}")


def _judged(draft: Draft, grader: Grader, calls: list[list[Any]], patience: Patience) -> list[bool]:
    assert draft.validator
    said = answers(grader, draft.validator, "valid", calls, patience.batch_ms)
    for call, answer in zip(calls, said, strict=True):
        require_answer("validator", shown(call), answer)
    for call, answer in zip(calls, said, strict=True):
        if not isinstance(answer.value, bool):
            raise Disproved("validator", f"answers {shown(answer.value)}, neither true nor false, to {shown(call)}")
    return [answer.value for answer in said]


def _origin(draft: Draft, inputs: Inputs, place: int) -> str:
    if place < len(draft.examples):
        return f"example {place + 1}"
    if place < inputs.given:
        index = next(index for index, args in enumerate(draft.inputs) if key(args) == key(inputs.calls[place]))
        return f"inputs[{index}]"
    return "what the generator makes"
