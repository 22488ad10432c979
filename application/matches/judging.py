"""Submissions on their way through the judge: handed to it once, written down once, whatever process dies meanwhile."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from application.base.clock import Clock
from application.base.errors import CodemazeError
from application.base.measures import JUDGING, VERDICTS
from application.journal.transaction import Transaction, transaction
from application.judge.errors import JudgeUnavailable
from application.judge.queue import JudgeQueue
from application.judge.verdicts import Judgement, Verdict
from application.matches import errors
from application.matches.referee import MatchAct, MatchEngine
from application.matches.reporting import report_of, told
from application.matches.roster import Roster
from application.matches.rules import commands as c
from application.matches.rules.modes import MODES
from application.matches.rules.modes.shortest import length
from application.matches.timeline import Timeline
from application.problems.catalogue.service import Problems

TAKEN_AT_ONCE = 100
"""How many submissions without a living process one process takes over at a time."""

IDS_AT_ONCE = 50
"""How many submission ids a process reserves in the database at a time."""

RECORD_ATTEMPTS = 3
"""How often a submission is judged again when the database refuses the judgement. After that it is given up."""

_log = structlog.get_logger()


@dataclass(frozen=True)
class Pending:
    """A submission without a verdict."""

    id: int
    match_id: int
    room: str
    user_id: int
    problem_id: int
    language: str
    code: str
    received_at: datetime


class Judging:
    """Hands submissions to this process's queue and takes its judgements. A submission belongs to one process until
    that is dead; then whichever comes first takes it on."""

    def __init__(
        self,
        engine: MatchEngine,
        problems: Problems,
        queue: JudgeQueue | None,
        roster: Roster,
        clock: Clock,
        patience_seconds: float,
    ) -> None:
        """``queue`` is None where judging is off. A submission without a verdict after ``patience_seconds`` is given
        up, so that it cannot hold up a match for ever."""
        self._engine, self._problems, self._queue, self._roster = engine, problems, queue, roster
        self._clock = clock
        self._patience, self._started = timedelta(seconds=patience_seconds), clock()
        self._failures: Counter[int] = Counter()
        self._ids: list[int] = []
        self._numbering = Lock()

    def require(self) -> None:
        """Raises JudgeUnavailable where judging is off."""
        if self._queue is None:
            raise JudgeUnavailable

    def new_id(self) -> int:
        """The id of a new submission. Some are never used."""
        with self._numbering:
            if not self._ids:
                with transaction(self._engine.connect) as asked:
                    self._ids = [row[0] for row in reversed(asked.last(_IDS, (IDS_AT_ONCE,)))]
            return self._ids.pop()

    def keep(self, written: Transaction, submission: Pending) -> None:
        """Store the submission; this process has it judged."""
        s, process_id = submission, self._roster.process_id
        values = (s.id, s.match_id, s.user_id, s.problem_id, s.language, s.code, s.received_at, process_id)
        written.write(_KEEP, values)

    def send(self, submission: Pending) -> None:
        """Hand a submission of this process to the judge, unless the judge has it already."""
        if self._queue is None or submission.id in self._queue:
            return
        request = self._problems.document(submission.problem_id).request(submission.language, submission.code)
        self._queue.put(submission.id, request, submission.user_id, submission.match_id)

    def send_pending(self) -> None:
        """Hand the judge every submission without a verdict that belongs to this process or to one that is dead."""
        if self._queue is None:
            return
        me = self._roster.process_id
        with transaction(self._engine.connect) as asked:
            asked.write(_TAKE, (me, TAKEN_AT_ONCE))
            mine = [row[0] for row in asked.last(_MINE, (me,))]
        missing = [submission_id for submission_id in mine if submission_id not in self._queue]
        if missing:
            with transaction(self._engine.connect) as asked:
                pending = [Pending(*row) for row in asked.last(_PENDING, (missing,))]
            for submission in pending:
                self.send(submission)

    def let_go_of_overdue(self) -> None:
        """Give up every submission that has waited too long for its verdict: it counts as not received.

        One found at a start may only have waited for this start, so it is given the same time again.
        """
        too_long_ago = self._clock() - self._patience
        if self._started > too_long_ago:
            return
        with transaction(self._engine.connect) as asked:
            found = asked.last(_OVERDUE, (too_long_ago, TAKEN_AT_ONCE))
        for (submission_id,) in found:
            self._let_go(submission_id, "It was not judged in time.")

    def record(self, submission_id: int, judgement: Judgement) -> None:
        """Store the judge's answer. Only the first one counts. For a match that is over it is stored, but changes
        nothing.

        When the database is there but refuses the answer, the submission is judged again, and in the end given up.
        Raises what the database raised.
        """
        try:
            self._record(submission_id, judgement)
        except (CodemazeError, OperationalError, InterfaceError):
            raise  # there is no such submission, or the database is away, and the submission stays pending
        except Exception:
            self._failures[submission_id] += 1
            if self._failures[submission_id] < RECORD_ATTEMPTS:
                raise
            _log.exception("verdict_not_recorded", submission_id=submission_id)
            self._let_go(submission_id, "Its verdict could not be written down.")
        self._failures.pop(submission_id, None)

    def _let_go(self, submission_id: int, why: str) -> None:
        """The judgement that blames the judge, without anything that the program produced."""
        with transaction(self._engine.connect) as asked:
            ((problem_id,),) = asked.last("SELECT problem_id FROM submissions WHERE id = %s", (submission_id,))
        tests = len(self._problems.document(problem_id).tests)
        self._record(submission_id, Judgement(Verdict.JUDGE_ERROR, 0, tests, message=why))

    def _record(self, submission_id: int, judgement: Judgement) -> None:
        if judgement.verdict is Verdict.JUDGE_ERROR:  # it counts as not received, with all that was found out about it
            judgement = replace(judgement, passed=0, results=())
        verdict, report = judgement.verdict.value, report_of(judgement)
        with self._engine.act() as act:
            rooms = act.transaction.read(_ROOM, (submission_id,))
            if not rooms:
                raise errors.UnknownSubmission
            timeline = act.lock(rooms[0][0])
            ((known, match_id, language, received_at),) = act.transaction.read(_STAND, (submission_id,))
            if known is not None:
                return
            values = (verdict, judgement.passed, judgement.total, json.dumps(report), act.at, submission_id)
            act.transaction.write(_JUDGED, values)
            size = self._length(act, timeline, submission_id)
            command = c.RecordJudgement(submission_id, verdict, judgement.passed, judgement.total, size)
            if match_id == timeline.match_id:
                try:
                    act.carry_out(timeline, command, {submission_id: told(report)})
                except (errors.MatchAlreadyFinished, errors.UnknownSubmission):
                    pass
            waited = (act.at - received_at).total_seconds()
        VERDICTS.labels(verdict, language).inc()
        JUDGING.observe(waited)

    def _length(self, act: MatchAct, timeline: Timeline, submission_id: int) -> int | None:
        """How long the code is, where the match is played for that."""
        found = timeline.state.found
        if found is None or not MODES[found.rules.mode].counts_length:
            return None
        ((code,),) = act.transaction.read("SELECT code FROM submissions WHERE id = %s", (submission_id,))
        return length(code)


_IDS = "SELECT nextval(pg_get_serial_sequence('submissions', 'id')) FROM generate_series(1, %s)"
_KEEP = """
    INSERT INTO submissions (id, match_id, user_id, problem_id, language, code, received_at, process_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"""
# What a process had sent to the database when it was killed is still carried out after that, and even after its burial.
_TAKE = """
    UPDATE submissions SET process_id = %s WHERE id IN (
        SELECT id FROM submissions WHERE verdict IS NULL
        AND (process_id IS NULL OR process_id NOT IN (SELECT id FROM server_processes)) ORDER BY id LIMIT %s
        FOR UPDATE SKIP LOCKED)"""
_MINE = "SELECT id FROM submissions WHERE verdict IS NULL AND process_id = %s ORDER BY id"
_PENDING = """
    SELECT s.id, s.match_id, m.room, s.user_id, s.problem_id, s.language, s.code, s.received_at
    FROM submissions s JOIN matches m ON m.id = s.match_id WHERE s.id = ANY(%s) ORDER BY s.id"""
_OVERDUE = "SELECT id FROM submissions WHERE verdict IS NULL AND received_at < %s LIMIT %s"
_ROOM = "SELECT m.room FROM submissions s JOIN matches m ON m.id = s.match_id WHERE s.id = %s"
_STAND = "SELECT verdict, match_id, language, received_at FROM submissions WHERE id = %s"
_JUDGED = """
    UPDATE submissions SET verdict = %s, passed = %s, total = %s, report = %s, judged_at = %s WHERE id = %s"""
