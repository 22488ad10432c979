"""What happens to matches by the passing of time. Deadlines are rows, so they outlive the process that set them."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError

from application.base.clock import Clock
from application.base.database import db
from application.journal.transaction import transaction
from application.matches import errors, projections
from application.matches.referee import MatchAct, MatchEngine, Referee
from application.matches.roster import Roster
from application.matches.rules import commands as c
from application.matches.timeline import Timeline
from application.problems.errors import NoProblemInPlay, ProblemNotFound
from application.realtime.contribution import Regular

ROOMS_AT_ONCE = 50
"""How many rooms in which something is due are looked up at a time; each is a transaction of its own."""

RETRY_SECONDS = 5
LOOK_SECONDS = 1.0
"""How long the timekeeper waits at most before it looks again."""

RECEIPT_HOURS = 24

log = structlog.get_logger()


class Deadlines:
    """Sees to what is due. Any number of processes may do so at once: each match is handled by one of them."""

    def __init__(self, engine: MatchEngine, referee: Referee, roster: Roster, clock: Clock) -> None:
        self._engine, self._referee, self._roster, self._clock = engine, referee, roster, clock

    def handle_due(self) -> bool:
        """See to what is due, in some rooms; whether there was anything to see to.

        A room that another transaction has locked is left to that one, or to the next look.
        """
        with transaction(self._engine.connect) as asked:
            rooms = asked.last(_DUE, (self._clock(), ROOMS_AT_ONCE))
        done = [self._see_to(match_id, room, starts) for match_id, room, starts in rooms]
        return any(done)

    def seconds_to_next(self) -> float | None:
        """How long until something is due (0 when it is already); None when nothing is."""
        with transaction(self._engine.connect) as asked:
            ((next_due,),) = asked.last("SELECT min(due_at) FROM deadlines")
        return None if next_due is None else max(0.0, (next_due - self._clock()).total_seconds())

    def seconds_until(self, due_at: datetime) -> float:
        """How long it is until then."""
        return (due_at - self._clock()).total_seconds()

    def forget_receipts(self) -> None:
        """Drop receipts that no client will ask for any more."""
        with transaction(self._engine.connect) as asked:
            asked.write("DELETE FROM receipts WHERE at < %s", (self._clock() - timedelta(hours=RECEIPT_HOURS),))

    def _see_to(self, match_id: int, room: str, starts: bool) -> bool:
        try:
            # Chosen before the room is locked, for it takes a while; of no use when it was started meanwhile.
            start = self._start(room) if starts else None
            with self._engine.act() as act:
                timeline = act.try_lock(room)
                if timeline is None:
                    return False
                due = act.transaction.read(_TAKE, (match_id, act.at, starts))
                for kind, user_id in due:
                    timeline = self._fall_due(act, timeline, kind, user_id, start)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            log.exception("deadline_failed", match_id=match_id)
            self._put_off(match_id)
            return True
        return bool(due)

    def _start(self, room: str) -> c.Command:
        try:
            return self._referee.starting(self._engine.read(room))
        except (NoProblemInPlay, ProblemNotFound):
            return c.Abort()
        finally:
            db.session.rollback()

    def _fall_due(
        self, act: MatchAct, timeline: Timeline, kind: str, user_id: int | None, start: c.Command | None
    ) -> Timeline:
        try:
            return act.carry_out(timeline, self._command(act, kind, user_id, start))
        except (errors.NothingDue, errors.AlreadyGone, errors.MatchAlreadyFinished, errors.PlayerIsOut):
            return timeline

    def _command(self, act: MatchAct, kind: str, user_id: int | None, start: c.Command | None) -> c.Command:
        if kind == projections.COUNTDOWN and start is not None:
            return start
        if kind == projections.ROUND_END:
            return c.EndRound()
        if kind == projections.GRACE:
            return c.ReviewAbsence()
        if user_id is None or self._roster.is_online(user_id, act.transaction):
            raise errors.NothingDue
        return c.MarkGone(user_id)

    def _put_off(self, match_id: int) -> None:
        until = self._clock() + timedelta(seconds=RETRY_SECONDS)
        with transaction(self._engine.connect) as asked:
            asked.write(
                "UPDATE deadlines SET due_at = %s WHERE match_id = %s AND due_at < %s", (until, match_id, until)
            )


class Timekeeper:
    """Runs the work of time in a loop of its own, until it is stopped."""

    def __init__(self, deadlines: Deadlines) -> None:
        self._deadlines = deadlines
        self._regular: list[_Regular] = []
        self._changed, self._stopped = Event(), False
        self._next_look = math.inf

    def also(self, regular: Iterable[Regular]) -> None:
        """What is done besides what falls due."""
        self._regular += [_Regular(seconds, work) for seconds, work in regular]

    def wake(self, due_at: datetime) -> None:
        """Something falls due then, perhaps earlier than it seemed."""
        if time.monotonic() + self._deadlines.seconds_until(due_at) < self._next_look:
            self._changed.set()

    def stop(self) -> None:
        """End the loop after what it is doing."""
        self._stopped = True
        self._changed.set()

    def run(self) -> None:
        """The loop; needs an application context. A database that is away is waited for."""
        while not self._stopped:
            self._changed.clear()
            wait = LOOK_SECONDS
            try:
                while not self._stopped and self._deadlines.handle_due():
                    pass
                for regular in self._regular:
                    regular.do_if_due()
                wait = min(wait, self._deadlines.seconds_to_next() or wait)
            except SQLAlchemyError as error:
                log.warning("database_away", error=str(error).splitlines()[0])
            except Exception:
                log.exception("timekeeper_failed")
            finally:
                db.session.remove()
            if not self._stopped:
                self._next_look = time.monotonic() + wait
                self._changed.wait(max(wait, 0.01))
            self._next_look = math.inf


@dataclass
class _Regular:
    seconds: float
    work: Callable[[], object]
    next_at: float = 0

    def do_if_due(self) -> None:
        """The loop is woken by whatever happens; this is not to be done as often."""
        if (now := time.monotonic()) >= self.next_at:
            self.next_at = now + self.seconds
            try:
                self.work()
            except SQLAlchemyError:
                raise
            except Exception:  # the work of others goes on
                log.exception("regular_work_failed")
                db.session.rollback()


_DUE = """
    SELECT d.match_id, m.room, bool_or(d.kind = 'countdown') FROM deadlines d JOIN matches m ON m.id = d.match_id
    WHERE d.due_at <= %s GROUP BY d.match_id, m.room ORDER BY min(d.due_at) LIMIT %s"""
_TAKE = """
    WITH taken AS (
        DELETE FROM deadlines WHERE match_id = %s AND due_at <= %s AND (kind <> 'countdown' OR %s)
        RETURNING id, kind, user_id, due_at)
    SELECT kind, user_id FROM taken ORDER BY due_at, id"""
