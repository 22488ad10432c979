"""Submissions on their way through the judge: handed to it once, written down once, whatever process dies meanwhile."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import InterfaceError, OperationalError

from application.base import errors
from application.base.clock import Clock
from application.base.database import db, transaction
from application.base.measures import JUDGING, VERDICTS
from application.judge.queue import JudgeQueue
from application.judge.verdicts import Judgement, Verdict
from application.matches import journal
from application.matches.models import Submission
from application.matches.outside import Publisher
from application.matches.referee import Referee
from application.matches.reporting import report_of, told
from application.matches.roster import Roster
from application.matches.rules import commands as c
from application.problems.catalogue.service import Problems

TAKEN_AT_ONCE = 100
"""How many submissions that are nobody's one process takes on at a time."""

RECORD_ATTEMPTS = 3
"""How often a judgement that the database will not take is made anew before its submission is let go."""

_log = structlog.get_logger()


class Judging:
    """Hands submissions to this process's queue and takes its judgements. A submission belongs to one process until
    that is dead; then whichever comes first takes it on."""

    def __init__(
        self,
        referee: Referee,
        problems: Problems,
        queue: JudgeQueue | None,
        roster: Roster,
        publisher: Publisher,
        clock: Clock,
        wake: Callable[[], None],
        patience_seconds: float,
    ) -> None:
        """``queue`` is None where judging is off; ``patience_seconds`` is how long a submission may be without its
        verdict before it is let go, so that none can hold up a match for ever."""
        self._referee, self._problems, self._queue, self._roster = referee, problems, queue, roster
        self._publisher, self._clock, self._wake = publisher, clock, wake
        self._patience, self._started = timedelta(seconds=patience_seconds), clock()
        self._failures: Counter[int] = Counter()

    def require(self) -> None:
        """Raises JudgeUnavailable where judging is off."""
        if self._queue is None:
            raise errors.JudgeUnavailable

    def send(self, submission_id: int) -> None:
        """Hand a submission of this process to the judge, unless it has it already."""
        if self._queue is None or submission_id in self._queue:
            return
        row = db.session.get_one(Submission, submission_id)
        request = self._problems.document(row.problem_id).request(row.language, row.code)
        user_id, match_id = row.user_id, row.match_id
        db.session.rollback()
        self._queue.put(submission_id, request, user_id, match_id)

    def send_pending(self) -> None:
        """Hand over every submission without a verdict that is this process's, or nobody's any more."""
        if self._queue is None:
            return
        me = self._roster.process_id
        pending = select(Submission.id).where(Submission.verdict.is_(None))
        nobodys = pending.where(Submission.process_id.is_(None)).order_by(Submission.id).limit(TAKEN_AT_ONCE)
        if db.session.scalars(nobodys).first() is not None:
            with transaction() as session:
                taken = nobodys.with_for_update(skip_locked=True)
                session.execute(update(Submission).where(Submission.id.in_(taken)).values(process_id=me))
        mine = list(db.session.scalars(pending.where(Submission.process_id == me)))
        db.session.rollback()
        for submission_id in mine:
            self.send(submission_id)

    def let_go_of_overdue(self) -> None:
        """Have every submission that has waited too long for its verdict count as not received.

        What is found at a start may have waited for nothing but this start, and is given as much time again.
        """
        too_long_ago = self._clock() - self._patience
        if self._started > too_long_ago:
            return
        overdue = select(Submission.id).where(Submission.verdict.is_(None))
        found = list(db.session.scalars(overdue.where(Submission.received_at < too_long_ago).limit(TAKEN_AT_ONCE)))
        db.session.rollback()
        for submission_id in found:
            self._let_go(submission_id, "It was not judged in time.")

    def record(self, submission_id: int, judgement: Judgement) -> None:
        """Write down the judge's answer. The first one counts; for a match that is over it is only kept.

        What the database refuses, though it is there, is judged anew, and in the end let go. Raises what it raised.
        """
        try:
            self._record(submission_id, judgement)
        except (errors.CodemazeError, OperationalError, InterfaceError):
            raise  # there is no such submission, or the database is away, and the submission stays pending
        except Exception:
            self._failures[submission_id] += 1
            if self._failures[submission_id] < RECORD_ATTEMPTS:
                raise
            _log.exception("verdict_not_recorded", submission_id=submission_id)
            self._let_go(submission_id, "Its verdict could not be written down.")
        self._failures.pop(submission_id, None)

    def _let_go(self, submission_id: int, why: str) -> None:
        """The judge's fault, whatever it was: nothing that came of the program is kept."""
        problem_id = db.session.scalars(select(Submission.problem_id).where(Submission.id == submission_id)).one()
        tests = len(self._problems.document(problem_id).tests)
        db.session.rollback()
        self._record(submission_id, Judgement(Verdict.JUDGE_ERROR, 0, tests, message=why))

    def _record(self, submission_id: int, judgement: Judgement) -> None:
        if judgement.verdict is Verdict.JUDGE_ERROR:  # it counts as not received, with all that was found out about it
            judgement = replace(judgement, passed=0, results=())
        timeline = None
        with transaction() as session:
            match_id = session.scalar(select(Submission.match_id).where(Submission.id == submission_id))
            if match_id is None:
                raise errors.UnknownSubmission
            match, at = journal.lock_by_id(match_id), self._clock()
            row = session.get_one(Submission, submission_id, populate_existing=True)
            if row.verdict is not None:
                return
            row.verdict, row.passed, row.total = judgement.verdict.value, judgement.passed, judgement.total
            report = report_of(judgement)
            row.judged_at, row.report = at, report
            command = c.RecordJudgement(submission_id, judgement.verdict.value, judgement.passed, judgement.total)
            try:
                timeline = self._referee.rule(match, command, at, reports={submission_id: told(report)})
            except (errors.MatchAlreadyFinished, errors.UnknownSubmission):
                timeline = None
            language, waited = row.language, (at - row.received_at).total_seconds()
        VERDICTS.labels(judgement.verdict.value, language).inc()
        JUDGING.observe(waited)
        if timeline:
            self._publisher.publish(timeline)
            self._wake()
