"""The way of a problem into play: kept first, then proven by running its reference, then played."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

import structlog
from gevent.pool import Pool

from application.base.database import db
from application.judge.grader import Grader
from application.judge.verdicts import Verdict
from application.problems.catalogue.document import ProblemDocument
from application.problems.catalogue.service import Problems

log = structlog.get_logger()


def keep(problems: Problems, documents: Iterable[ProblemDocument]) -> int:
    """Keep what is new; how many that were. Nothing of it is in play yet."""
    return sum(problems.add(document) is not None for document in documents)


def prove_all(
    problems: Problems,
    grader: Grader,
    slots: int,
    progress: Callable[[str], None] = lambda _line: None,
    *,
    of_each_rank: int | None = None,
) -> None:
    """Put every kept problem in play whose reference passes all its tests in the sandbox, ``slots`` at once.

    With ``of_each_rank`` no more than it takes for each rank to have so many in play.
    """
    waiting = {problem_id: problems.document(problem_id) for problem_id in problems.unproven()}
    if of_each_rank is not None:
        there = problems.count_by_rank()
        waiting = dict(_first(waiting, {rank: of_each_rank - count for rank, count in there.items()}, of_each_rank))
    db.session.rollback()

    def attempt(problem_id: int) -> tuple[int, str | None]:
        return problem_id, disproof(waiting[problem_id], grader)

    for number, (problem_id, flaw) in enumerate(Pool(slots).imap_unordered(attempt, waiting), start=1):
        if flaw is None:
            problems.enter_play(problem_id)
        else:
            log.error("problem_not_proven", slug=waiting[problem_id].slug, reason=flaw)
        progress(f"proving problems {number}/{len(waiting)}")


def _first(
    waiting: Mapping[int, ProblemDocument], wanted: Mapping[str, int], otherwise: int
) -> Iterator[tuple[int, ProblemDocument]]:
    taken: Counter[str] = Counter()
    for problem_id, document in waiting.items():
        if taken[document.rank] < wanted.get(document.rank, otherwise):
            taken[document.rank] += 1
            yield problem_id, document


def disproof(document: ProblemDocument, grader: Grader) -> str | None:
    """Why the reference does not solve its own problem, or None when it does."""
    judgement = grader.judge(document.request("python", document.reference))
    if judgement.verdict is Verdict.ACCEPTED:
        return None
    failed = next((result.number for result in judgement.results if result.verdict is not Verdict.ACCEPTED), None)
    where = f" on test {failed}" if failed else ""
    return f"the reference gets {judgement.verdict.value}{where} {judgement.message}".strip()
