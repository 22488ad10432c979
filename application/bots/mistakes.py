"""Programs that are almost right, for bots to be wrong with."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import gevent

from application.bots.squad import WRITES
from application.judge.grader import Grader
from application.judge.slots import Slots
from application.judge.turns import Asker
from application.judge.verdicts import Verdict
from application.problems.catalogue.document import ProblemDocument
from application.problems.proving.mutation import mutants

TRIED_EACH = 4
"""So many programs are tried for each that is wanted. Most differ from the solution on some test."""


def mistakes(
    document: ProblemDocument, count: int, grader: Grader, slots: Slots, asker: Asker, chance: Random
) -> Iterator[str]:
    """Up to ``count`` programs made of the reference that are judged, and do not pass all tests."""
    if not count:
        return
    made: list[str] = gevent.get_hub().threadpool.apply(_sources, (document.reference,))
    for source in chance.sample(made, min(len(made), TRIED_EACH * count)):
        with slots.held(asker, document.judge_limits.memory_mib):
            verdict = grader.judge(document.request(WRITES, source)).verdict
        if verdict not in (Verdict.ACCEPTED, Verdict.JUDGE_ERROR):
            yield source
            count -= 1
            if not count:
                return


def _sources(reference: str) -> list[str]:
    return [mutant.source for mutant in mutants(reference)]
