"""What bots do in matches. It is planned when a round has begun, kept in the database, and done by whichever process
comes first: through the judge, as what any player hands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

import structlog
from sqlalchemy import delete, text

from application.base.clock import Clock
from application.base.database import transaction as in_session
from application.base.errors import CodemazeError
from application.bots.mistakes import mistakes
from application.bots.models import BotAttempt
from application.bots.pace import pace, usual_seconds
from application.bots.squad import WRITES
from application.journal.transaction import transaction
from application.judge.parts import Grading
from application.judge.turns import Asker
from application.matches.errors import SubmissionPending
from application.matches.judging import Judging, Pending
from application.matches.referee import MatchAct, MatchEngine
from application.matches.rules import commands as c
from application.matches.timeline import Timeline
from application.problems.catalogue.records import Record
from application.problems.catalogue.service import Problems

AT_ONCE = 50
"""How many rounds are planned, and attempts made, at a time."""

FINISH_SECONDS = 5.0
"""So long after its solution a bot says that it is done, for where one may go on after that."""

Records = Callable[[Sequence[int]], Mapping[int, Record]]
Spawn = Callable[[Callable[[], None]], object]

log = structlog.get_logger()


class Begun(NamedTuple):
    """A round in which a bot plays."""

    match_id: int
    user_id: int
    number: int
    problem_id: int
    started_at: datetime


@dataclass(frozen=True)
class Due:
    """An attempt whose time has come."""

    match_id: int
    room: str
    user_id: int
    round: int
    number: int

    @property
    def key(self) -> tuple[int, int, int, int]:
        """What it is found by."""
        return self.match_id, self.user_id, self.round, self.number


class Bots:
    """Plays for the bots."""

    def __init__(
        self,
        engine: MatchEngine,
        problems: Problems,
        judging: Judging,
        grading: Grading,
        records: Records,
        clock: Clock,
        pace_percent: int,
        spawn: Spawn,
    ) -> None:
        """``spawn`` does something while others go on: making up mistakes takes runs in the sandbox."""
        self._engine, self._problems, self._judging, self._grading = engine, problems, judging, grading
        self._records, self._clock, self._percent, self._spawn = records, clock, pace_percent, spawn
        self._planning: set[tuple[int, int, int]] = set()

    # --- planning

    def plan_rounds(self) -> None:
        """Begin to plan the rounds that bots play in and nobody has planned."""
        if self._grading.grader is None:
            return
        with transaction(self._engine.connect) as asked:
            found = [Begun(*row) for row in asked.last(_UNPLANNED, (AT_ONCE,))]
        for begun in found:
            if begun[:3] not in self._planning:
                self._planning.add(begun[:3])
                self._spawn(lambda begun=begun: self._plan_once(begun))  # type: ignore[misc]

    def plan(self, begun: Begun) -> None:
        """Keep what the bot is to do in this round. Where another process did so meanwhile, that counts."""
        grader = self._grading.grader
        assert grader is not None, "no match is played where judging is off"
        document = self._problems.document(begun.problem_id)
        usual = usual_seconds(self._records([begun.problem_id])[begun.problem_id], document.rank)
        when = pace(begun.match_id, begun.number, usual, self._percent)
        chance, asker = Random(f"mistakes of {begun.match_id}, {begun.number}"), Asker(begun.user_id, "")
        wrong = list(mistakes(document, len(when.wrong), grader, self._grading.trial_slots, asker, chance))
        steps: list[tuple[str, str | None, float]] = [
            ("wrong", code, seconds) for code, seconds in zip(wrong, when.wrong, strict=False)
        ]
        steps.append(("solution", document.reference, when.solved))
        steps.append(("finish", None, when.solved + FINISH_SECONDS))
        values: list[object] = []
        for number, (kind, code, seconds) in enumerate(steps, 1):
            due_at = begun.started_at + timedelta(seconds=seconds)
            values += (*begun[:3], number, kind, code, due_at)
        with transaction(self._engine.connect) as written:
            written.write(_PLAN + ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(steps)) + _UNLESS_PLANNED, values)

    def _plan_once(self, begun: Begun) -> None:
        try:
            self.plan(begun)
        except Exception:
            log.exception("bot_not_planned", match_id=begun.match_id)  # it is tried again
        finally:
            self._planning.discard(begun[:3])

    # --- playing

    def hand_in_due(self) -> None:
        """Do what is due."""
        with transaction(self._engine.connect) as asked:
            found = [Due(*row) for row in asked.last(_DUE, (self._clock(), AT_ONCE))]
        for due in found:
            self._do(due)

    def forget(self) -> None:
        """Drop what was planned for matches that are over."""
        with in_session() as session:
            session.execute(delete(BotAttempt).where(BotAttempt.match_id.not_in(text(_LIVE))))

    def _do(self, due: Due) -> None:
        submission_id, handed_in = self._judging.new_id(), None
        try:
            with self._engine.act() as act:
                journal = act.try_lock(due.room)
                taken = act.transaction.read(_TAKE, (act.at, *due.key)) if journal else []
                if journal is None or not taken:
                    return  # another process is doing it, or has done it
                running = journal.state.round
                if journal.match_id != due.match_id or running is None or running.number != due.round:
                    return  # its time has passed
                ((kind, code),) = taken
                if kind == "finish":
                    act.carry_out(journal, c.FinishRound(due.user_id))
                else:
                    handed_in = self._hand_in(act, journal, due.user_id, submission_id, code)
        except SubmissionPending:
            return  # one after the other: it is looked at again when there is a verdict
        except CodemazeError:  # the match or the round is over, or it does not allow the language
            with transaction(self._engine.connect) as asked:
                asked.last(_TAKE, (self._clock(), *due.key))
            return
        if handed_in:
            self._judging.send(handed_in)

    def _hand_in(self, act: MatchAct, journal: Timeline, user_id: int, submission_id: int, code: str) -> Pending:
        running = journal.state.round
        assert running is not None, "code is received in rounds"
        act.carry_out(journal, c.SubmitCode(user_id, submission_id, WRITES))
        pending = Pending(
            submission_id, journal.match_id, journal.room, user_id, running.problem_id, WRITES, code, act.at
        )
        self._judging.keep(act.transaction, pending)
        return pending


_UNPLANNED = """
    SELECT p.match_id, p.user_id, r.number, r.problem_id, r.started_at
    FROM users u JOIN match_players p ON p.user_id = u.id AND p.live JOIN match_rounds r ON r.match_id = p.match_id
    WHERE u.bot AND r.number = (SELECT max(number) FROM match_rounds last WHERE last.match_id = p.match_id)
    AND NOT EXISTS (
        SELECT 1 FROM bot_attempts a WHERE a.match_id = p.match_id AND a.user_id = p.user_id AND a.round = r.number)
    ORDER BY r.started_at LIMIT %s"""
_PLAN = "INSERT INTO bot_attempts (match_id, user_id, round, number, kind, code, due_at) VALUES "
_UNLESS_PLANNED = " ON CONFLICT DO NOTHING"
# Of each bot only what comes next, so that nothing overtakes it.
_DUE = """
    SELECT match_id, room, user_id, round, number FROM (
        SELECT DISTINCT ON (a.match_id, a.user_id) a.match_id, m.room, a.user_id, a.round, a.number, a.due_at
        FROM bot_attempts a JOIN matches m ON m.id = a.match_id
        WHERE a.done_at IS NULL AND a.due_at <= %s ORDER BY a.match_id, a.user_id, a.round, a.number) next
    ORDER BY due_at LIMIT %s"""
_TAKE = """
    UPDATE bot_attempts SET done_at = %s
    WHERE match_id = %s AND user_id = %s AND round = %s AND number = %s AND done_at IS NULL RETURNING kind, code"""
_LIVE = "(SELECT id FROM matches WHERE finished_at IS NULL)"
