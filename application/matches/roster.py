"""Who is connected, over all server processes, and which of the processes are alive.

Each process keeps a row for itself, which it renews every second, and one for each user who has a connection to it. A
process that no longer renews its row is buried by the others: its users count as gone from there, and the submissions
it was to have judged are taken over.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Protocol, cast

from sqlalchemy import ColumnElement, Table, delete, exists, func, literal, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from application.base.database import db, transaction
from application.matches.models import Attendance, Deadline, LobbyEntry, MatchPlayer, ServerProcess, Submission
from application.matches.projections import ABSENCE

DEAD_SECONDS = 8
"""A process that has not renewed its row for this long is dead, or cut off from the database."""

_ATTENDANCE_LOCK = 0x636D_7573
"""First key of the PostgreSQL advisory locks under which a user's attendance is written."""


class LocalPresence(Protocol):
    """The connections of this process. One that has left the room of its user's match does not count."""

    def is_online(self, user_id: int) -> bool:
        """Whether the user has a connection here."""
        ...

    def user_ids(self) -> list[int]:
        """Everybody who has."""
        ...

    def silent_user_ids(self) -> set[int]:
        """Those of them of whom nothing has been heard for too long."""
        ...


class Roster:
    """This process's part in the roster, and a view of the whole."""

    def __init__(self, local: LocalPresence, alone: bool) -> None:
        """``alone``: there is no second process, so at a start any other row is of one that has ended."""
        self._local, self._alone = local, alone
        self._process_id: int | None = None
        self._unsettled: set[int] = set()
        self._beating_since: float | None = None

    @property
    def process_id(self) -> int:
        """The number of this process in the database, where it is entered when first asked for."""
        if self._process_id is None:
            with db.engine.begin() as connection:
                row = insert(_PROCESSES).values(seen_at=func.now()).returning(_PROCESSES.c.id)
                self._process_id = int(connection.execute(row).scalar_one())
        return self._process_id

    def is_online(self, user_id: int) -> bool:
        """Whether the user has a connection to any process."""
        return self._local.is_online(user_id) or bool(
            db.session.scalar(select(exists().where(Attendance.user_id == user_id)))
        )

    def silent_user_ids(self) -> set[int]:
        """Who has connections to this process, but none that something is heard of, or has just lost them, which is not
        yet written down."""
        leaving = {user_id for user_id in self._unsettled if not self._local.is_online(user_id)}
        return self._local.silent_user_ids() | leaving

    def settle(self, user_id: int) -> None:
        """Write down, within the caller's transaction, whether the user is connected here. What cannot be written is
        tried again with each ``beat``."""
        self._unsettled.add(user_id)
        process_id = self.process_id
        # Of a connection that ends and one that opens at once, the later one to come here sees what is true.
        db.session.execute(select(func.pg_advisory_xact_lock(_ATTENDANCE_LOCK, user_id)))
        row = {"process_id": process_id, "user_id": user_id}
        if self._local.is_online(user_id):
            # None where this process was buried too early; it then writes down everybody with its next beat.
            me = select(_PROCESSES.c.id, literal(user_id)).where(_PROCESSES.c.id == process_id)
            here = insert(_ATTENDANCES).from_select(["process_id", "user_id"], me)
            db.session.execute(here.on_conflict_do_nothing())
        else:
            db.session.execute(delete(_ATTENDANCES).filter_by(**row))

    def settled(self, user_id: int) -> None:
        """The caller's transaction was committed."""
        self._unsettled.discard(user_id)

    def beat(self) -> None:
        """Show that this process is alive, write down what could not be written before, and bury the dead."""
        try:
            with transaction() as session:
                seen = update(_PROCESSES).where(_PROCESSES.c.id == self.process_id).values(seen_at=func.now())
                if session.execute(seen).rowcount == 0:  # type: ignore[attr-defined]
                    self._enter_again()
            for user_id in list(self._unsettled):
                with transaction():
                    self.settle(user_id)
                self.settled(user_id)
        except SQLAlchemyError:
            self._beating_since = None
            raise
        now = time.monotonic()
        self._beating_since = self._beating_since or now
        # After an outage of the database everybody's row is old, until each has had its chance to renew it.
        if now - self._beating_since > DEAD_SECONDS:
            self._bury(_PROCESSES.c.seen_at < func.now() - timedelta(seconds=DEAD_SECONDS))

    def start(self) -> None:
        """This process begins. Where there is one at a time, whatever its predecessor left is nobody's now."""
        self.beat()
        if self._alone:
            self._bury(true())

    def leave(self) -> None:
        """This process ends."""
        with transaction() as session:
            session.execute(delete(_PROCESSES).where(_PROCESSES.c.id == self.process_id))
            session.execute(_RELEASE)

    def _enter_again(self) -> None:
        """The others have buried this process, too early."""
        row = {"id": self.process_id, "seen_at": func.now()}
        db.session.execute(insert(_PROCESSES).values(row))
        self._unsettled.update(self._local.user_ids())

    def _bury(self, which: ColumnElement[bool]) -> None:
        dead = select(_PROCESSES.c.id).where(_PROCESSES.c.id != self.process_id, which)
        if db.session.scalar(select(dead.exists())):
            with transaction() as session:
                session.execute(delete(_PROCESSES).where(_PROCESSES.c.id.in_(dead.with_for_update(skip_locked=True))))
                session.execute(_RELEASE)
        db.session.rollback()


def note_absences(at: datetime, seconds: float) -> None:
    """Within the caller's transaction: who plays or waits without a connection gets ``seconds`` from now to have one.

    After that a player is gone. Who is known to be gone, or has such a deadline already, is left alone.
    """
    nowhere = ~exists().where(Attendance.user_id == MatchPlayer.user_id)
    noted = exists().where(
        Deadline.match_id == MatchPlayer.match_id, Deadline.user_id == MatchPlayer.user_id, Deadline.kind == ABSENCE
    )
    absent = select(
        MatchPlayer.match_id, literal(ABSENCE), MatchPlayer.user_id, literal(at + timedelta(seconds=seconds))
    ).where(MatchPlayer.live, ~MatchPlayer.gone, nowhere, ~noted)
    db.session.execute(insert(_DEADLINES).from_select(["match_id", "kind", "user_id", "due_at"], absent))
    db.session.execute(
        update(_LOBBY)
        .where(_LOBBY.c.absent_since.is_(None), ~exists().where(Attendance.user_id == _LOBBY.c.user_id))
        .values(absent_since=at)
    )


_PROCESSES, _ATTENDANCES = cast(Table, ServerProcess.__table__), cast(Table, Attendance.__table__)
_DEADLINES, _LOBBY = cast(Table, Deadline.__table__), cast(Table, LobbyEntry.__table__)
_RELEASE = (
    update(cast(Table, Submission.__table__))
    .where(Submission.verdict.is_(None), Submission.process_id.not_in(select(_PROCESSES.c.id)))
    .values(process_id=None)
)
"""Submissions of processes that are no more are nobody's."""
