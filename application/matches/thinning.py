"""Old reports, of which only the verdicts are kept."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select, update

from application.base.clock import Clock
from application.base.database import db, transaction
from application.matches.models import Submission
from application.matches.reporting import thinned

BATCH = 500
"""How many submissions are looked at in one go."""


class Thinning:
    """Thins the reports of submissions that were judged ``days`` ago, the oldest first; none when that is 0."""

    def __init__(self, clock: Clock, days: int) -> None:
        self._clock, self._days, self._done = clock, days, 0

    def step(self) -> int:
        """Thin the next reports; returns how many."""
        if not self._days:
            return 0
        before, thin = self._clock() - timedelta(days=self._days), 0
        following = select(Submission.id, Submission.received_at, Submission.report).where(Submission.id > self._done)
        rows = db.session.execute(following.order_by(Submission.id).limit(BATCH)).all()
        with transaction() as session:
            for row in rows:
                if row.received_at >= before:
                    break
                if row.report is not None and not row.report.get("thinned"):
                    values = {"report": thinned(row.report)}
                    session.execute(update(Submission).where(Submission.id == row.id).values(values))
                    thin += 1
                self._done = row.id
        return thin
