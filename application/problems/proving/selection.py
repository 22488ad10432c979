"""Which calls make good tests: those that tell the reference from programs that are almost right. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

MIN_HIDDEN, MAX_HIDDEN = 15, 30


def choose(
    kills: Mapping[int, Set[int]], shown: Sequence[int], wanted: Sequence[int], filling: Sequence[int]
) -> list[int]:
    """The hidden tests, as numbers of calls, of which there are at most ``MAX_HIDDEN`` beside those ``wanted``.

    ``kills`` has, for each mutant that any call tells apart, the calls that do. ``shown`` are the examples, which are
    tests anyway. Calls are added greedily, each the one that kills most of what is left (the usual approximation of a
    smallest cover), then those that the others make superfluous are taken out again; ``filling`` are what a set of
    fewer than ``MIN_HIDDEN`` is filled up with, the best first.
    """
    fixed = [*shown, *wanted]
    left = [calls for calls in kills.values() if not calls & set(fixed)]
    chosen: list[int] = []
    while left and len(chosen) + len(wanted) < MAX_HIDDEN:
        counts: dict[int, int] = {}
        for calls in left:
            for call in calls:
                counts[call] = counts.get(call, 0) + 1
        best = min(counts, key=lambda call: (-counts[call], call))
        chosen.append(best)
        left = [calls for calls in left if best not in calls]
    for call in list(chosen):
        others = {*fixed, *chosen} - {call}
        if all(calls & others for calls in kills.values() if call in calls):
            chosen.remove(call)
    for call in filling:
        if len(chosen) + len(wanted) >= MIN_HIDDEN:
            break
        if call not in chosen and call not in fixed:
            chosen.append(call)
    return chosen


def killed(kills: Mapping[int, Set[int]], tests: Set[int]) -> int:
    """How many mutants these tests tell from the reference."""
    return sum(bool(calls & tests) for calls in kills.values())
