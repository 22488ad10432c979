"""The way of a problem into play: kept first, then proven by running its reference, then played."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import structlog
from gevent.pool import Pool

from application.extensions import db
from application.judge.grader import Grader
from application.judge.verdicts import Verdict
from application.problems.document import ProblemDocument
from application.problems.service import Problems

log = structlog.get_logger()


def keep(problems: Problems, documents: Iterable[ProblemDocument]) -> int:
    """Keep what is new; how many that were. Nothing of it is in play yet."""
    return sum(problems.add(document) is not None for document in documents)


def prove_all(problems: Problems, grader: Grader, slots: int, progress: Callable[[str], None]) -> None:
    """Put every kept problem in play whose reference passes all its tests in the sandbox, ``slots`` at once."""
    waiting = {problem_id: problems.document(problem_id) for problem_id in problems.unproven()}
    db.session.rollback()

    def attempt(problem_id: int) -> tuple[int, str | None]:
        return problem_id, disproof(waiting[problem_id], grader)

    for number, (problem_id, flaw) in enumerate(Pool(slots).imap_unordered(attempt, waiting), start=1):
        if flaw is None:
            problems.enter_play(problem_id)
        else:
            log.error("problem_not_proven", slug=waiting[problem_id].slug, reason=flaw)
        progress(f"proving problems {number}/{len(waiting)}")


def disproof(document: ProblemDocument, grader: Grader) -> str | None:
    """Why the reference does not solve its own problem, or None when it does."""
    judgement = grader.judge(document.request("python", document.reference))
    if judgement.verdict is Verdict.ACCEPTED:
        return None
    failed = next((result.number for result in judgement.results if result.verdict is not Verdict.ACCEPTED), None)
    where = f" on test {failed}" if failed else ""
    return f"the reference gets {judgement.verdict.value}{where} {judgement.message}".strip()
