"""Submissions on their way through the judge: handed to it once, written down once, whatever process dies meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from sqlalchemy import select, update

from application import errors
from application.clock import Clock
from application.extensions import db, transaction
from application.game import commands as c
from application.judge.queue import JudgeQueue
from application.judge.verdicts import Judgement, TestResult, Verdict
from application.matches import journal
from application.matches.models import Submission
from application.matches.outside import Publisher
from application.matches.referee import Referee
from application.matches.roster import Roster
from application.measures import JUDGING, VERDICTS
from application.problems.service import Problems

Json = dict[str, Any]

TAKEN_AT_ONCE = 100
"""How many submissions that are nobody's one process takes on at a time."""


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
    ) -> None:
        """``queue`` is None where judging is off."""
        self._referee, self._problems, self._queue, self._roster = referee, problems, queue, roster
        self._publisher, self._clock, self._wake = publisher, clock, wake

    def require(self) -> None:
        """Raises JudgeUnavailable where judging is off."""
        if self._queue is None:
            raise errors.JudgeUnavailable

    def send(self, submission_id: int) -> None:
        """Hand a submission of this process to the judge, unless it has it already."""
        if self._queue is None or submission_id in self._queue:
            return
        row = db.session.get_one(Submission, submission_id)
        request, match_id = self._problems.document(row.problem_id).request(row.language, row.code), row.match_id
        db.session.rollback()
        self._queue.put(submission_id, request, match_id)

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

    def record(self, submission_id: int, judgement: Judgement) -> None:
        """Write down the judge's answer. The first one counts; for a match that is over it is only kept."""
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
                timeline = self._referee.rule(match, command, at, reports={submission_id: report})
            except (errors.MatchAlreadyFinished, errors.UnknownSubmission):
                timeline = None
            language, waited = row.language, (at - row.received_at).total_seconds()
        VERDICTS.labels(judgement.verdict.value, language).inc()
        JUDGING.observe(waited)
        if timeline:
            self._publisher.publish(timeline)
            self._wake()


def report_of(judgement: Judgement) -> Json:
    """The judgement as its author may read it: visible tests in full, of hidden ones only whether they passed."""
    results = [_result_report(result) for result in judgement.results]
    consoles = [result.console for result in judgement.results if result.console]
    return {
        "results": results,
        "console": "".join(consoles),
        "message": judgement.message,
        "time_ms": judgement.time_ms,
        "memory_kib": judgement.memory_kib,
    }


def _result_report(result: TestResult) -> Json:
    passed = result.verdict is Verdict.ACCEPTED
    if result.hidden:
        return {"number": result.number, "hidden": True, "passed": passed}
    return {**asdict(result), "passed": passed}
