"""What happens to matches by the passing of time. Deadlines are rows, so they outlive the process that set them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

import structlog
from sqlalchemy import delete, select, update
from sqlalchemy.exc import SQLAlchemyError

from application.base import errors
from application.base.clock import Clock
from application.base.database import db, transaction
from application.matches import projections
from application.matches.journal import Timeline
from application.matches.models import Deadline, Match, Receipt
from application.matches.outside import Presence, Publisher
from application.matches.referee import Referee
from application.matches.rules import commands as c

RETRY_SECONDS = 5
LOOK_SECONDS = 1.0
"""How long the timekeeper waits at most before it looks again."""

RECEIPT_HOURS = 24

log = structlog.get_logger()


class Deadlines:
    """Sees to what is due. Any number of processes may do so at once: each match is handled by one of them."""

    def __init__(self, referee: Referee, publisher: Publisher, presence: Presence, clock: Clock) -> None:
        self._referee, self._publisher, self._presence, self._clock = referee, publisher, presence, clock

    def handle_due(self) -> bool:
        """See to everything that is due in one match; False when there is no such match.

        A match that another transaction has locked is left to that one, or to the next look.
        """
        at = self._clock()
        due = select(Deadline.match_id).where(Deadline.due_at <= at)
        free = select(Match).where(Match.id.in_(due)).limit(1).with_for_update(skip_locked=True)
        match_id, timeline = None, None
        try:
            with transaction() as session:
                match = session.scalar(free, execution_options={"populate_existing": True})
                if match is None:
                    return False
                match_id = match.id
                at = self._clock()  # the lock may have been waited for, and time in a journal never steps back
                while (deadline := _take_first(match_id, at)) is not None:
                    timeline = self._fall_due(match, *deadline, at, timeline) or timeline
        except Exception:
            if match_id is None:
                raise
            log.exception("deadline_failed", match_id=match_id)
            _put_off(match_id, at + timedelta(seconds=RETRY_SECONDS))
            return True
        if timeline:
            self._publisher.publish(timeline)
        return True

    def seconds_to_next(self) -> float | None:
        """How long until something is due (0 when it is already); None when nothing is."""
        next_due = db.session.scalar(select(Deadline.due_at).order_by(Deadline.due_at).limit(1))
        db.session.rollback()
        return None if next_due is None else max(0.0, (next_due - self._clock()).total_seconds())

    def forget_receipts(self) -> None:
        """Drop receipts that no client will ask for any more."""
        with transaction() as session:
            session.execute(delete(Receipt).where(Receipt.at < self._clock() - timedelta(hours=RECEIPT_HOURS)))

    def _fall_due(
        self, match: Match, kind: str, user_id: int | None, at: datetime, timeline: Timeline | None
    ) -> Timeline | None:
        before = timeline or self._referee.timeline(match)
        try:
            return self._referee.rule(match, self._command(kind, user_id, before), at, before)
        except (errors.NothingDue, errors.AlreadyGone, errors.MatchAlreadyFinished, errors.PlayerIsOut):
            return None

    def _command(self, kind: str, user_id: int | None, timeline: Timeline) -> c.Command:
        if kind == projections.COUNTDOWN:
            try:
                return self._referee.starting(timeline)
            except errors.NoProblemInPlay:
                return c.Abort()
        if kind == projections.ROUND_END:
            return c.EndRound()
        if kind == projections.GRACE:
            return c.ReviewAbsence()
        if user_id is None or self._presence.is_online(user_id):
            raise errors.NothingDue
        return c.MarkGone(user_id)


class Timekeeper:
    """Runs the work of time in a loop of its own, until it is stopped. ``regular`` is what is done besides what falls
    due: each piece of work with the seconds after which it is done again."""

    def __init__(self, deadlines: Deadlines, *regular: tuple[float, Callable[[], None]]) -> None:
        self._deadlines = deadlines
        self._regular = [_Regular(seconds, work) for seconds, work in regular]
        self._changed, self._stopped = Event(), False

    def wake(self) -> None:
        """Look again now: something may be due earlier than it seemed."""
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
                self._changed.wait(max(wait, 0.01))


@dataclass
class _Regular:
    seconds: float
    work: Callable[[], None]
    next_at: float = 0

    def do_if_due(self) -> None:
        """The loop is woken by whatever happens; this is not to be done as often."""
        if (now := time.monotonic()) >= self.next_at:
            self.next_at = now + self.seconds
            self.work()


def _take_first(match_id: int, at: datetime) -> tuple[str, int | None] | None:
    """Take the match's first due deadline out of the table: its kind and whom it is about."""
    first = (
        select(Deadline.id)
        .where(Deadline.match_id == match_id, Deadline.due_at <= at)
        .order_by(Deadline.due_at, Deadline.id)
        .limit(1)
        .scalar_subquery()
    )
    taken = db.session.execute(
        delete(Deadline).where(Deadline.id == first).returning(Deadline.kind, Deadline.user_id)
    ).first()
    return None if taken is None else (taken.kind, taken.user_id)


def _put_off(match_id: int, until: datetime) -> None:
    with transaction() as session:
        session.execute(
            update(Deadline).where(Deadline.match_id == match_id, Deadline.due_at < until).values(due_at=until)
        )
