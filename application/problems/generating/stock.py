"""How many generated problems lie ready, and when the next one is asked for."""

from __future__ import annotations

from itertools import takewhile

from sqlalchemy import func, select

from application.base.database import AdvisoryLock, db, transaction
from application.problems.catalogue.models import Problem, ProblemDraft
from application.problems.generating.drafts import OPEN, new_draft
from application.problems.generating.writing import Wish
from application.ratings.ranks import RANKS

FIRST_REST_SECONDS, MAX_REST_SECONDS = 60, 6 * 3600
"""After a draft for the stock has failed, no other is asked for during this time, which doubles with each further
one: a model that cannot do it, or cannot be reached, costs little."""

_LOOKED_AT = 12


class Stock:
    """Keeps a number of unplayed problems of each rank, one draft at a time in all processes together."""

    def __init__(self, size: int) -> None:
        """``size`` problems a rank; 0 asks for none."""
        self._size = size

    def fill(self) -> None:
        """Ask for one more problem, of the rank with the fewest, unless one is being made or was in vain of late."""
        if not self._size:
            return
        with transaction() as session:
            if not session.scalar(select(func.pg_try_advisory_xact_lock(AdvisoryLock.STOCKING))):
                return
            unasked = ProblemDraft.requested_by.is_(None)
            if session.scalar(select(ProblemDraft.id).where(unasked, ProblemDraft.state.in_(OPEN)).limit(1)):
                return
            if self._is_resting():
                return
            ready = (
                select(ProblemDraft.rank, func.count())
                .join(Problem, Problem.id == ProblemDraft.problem_id)
                .where(unasked, Problem.in_play, Problem.plays == 0)
                .group_by(ProblemDraft.rank)
            )
            counts: dict[str, int] = dict(session.execute(ready).all())
            least = min(RANKS, key=lambda rank: counts.get(rank.slug, 0))
            if counts.get(least.slug, 0) < self._size:
                new_draft("generated", Wish(least.slug))

    def _is_resting(self) -> bool:
        unasked = ProblemDraft.requested_by.is_(None)
        ended = (
            select(ProblemDraft.state, func.extract("epoch", func.now() - ProblemDraft.finished_at))
            .where(unasked, ProblemDraft.finished_at.is_not(None))
            .order_by(ProblemDraft.finished_at.desc())
            .limit(_LOOKED_AT)
        )
        latest = db.session.execute(ended).all()
        in_vain = sum(1 for _ in takewhile(lambda row: row[0] != "proven", latest))
        rest = min(MAX_REST_SECONDS, FIRST_REST_SECONDS * 2 ** (in_vain - 1))
        return in_vain > 0 and latest[0][1] < rest
