"""The rooms of the classic client: kept in PostgreSQL, so that they outlive restarts and all processes share them.

What may happen in a room is decided by ``classic/rules.py``; here each change is one transaction under the room's lock.
Who is here is known by connections that each process keeps seen; a disconnect is not leaving.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from application.accounts.errors import UserNotFound
from application.accounts.service import Users
from application.base.clock import Clock
from application.base.database import AdvisoryLock, db, transaction
from application.classic import errors
from application.classic import rules as rules
from application.classic.models import ClassicConnection, ClassicRoom
from application.classic.rules import Question, Room
from application.journal.engine import room_code
from application.journal.errors import MatchNotFound
from application.matches.errors import NotAPlayer
from application.matches.referee import MatchEngine, Referee

Json = dict[str, Any]

STALE_SECONDS = 15
"""A connection that its process has not seen for this long has ended with that process."""

KEPT_DAYS = 7
"""How long a game can be recorded, and a room be returned to."""


@dataclass(frozen=True)
class ClassicSeat:
    """A user's place in a room."""

    room: str
    user_id: int
    username: str


class ClassicRooms:
    """The rooms, and the games that were won in them."""

    def __init__(self, engine: MatchEngine, referee: Referee, users: Users, clock: Clock) -> None:
        self._engine, self._referee, self._users, self._clock = engine, referee, users, clock

    # --- taking a seat

    def join(self, sid: str, username: str, user_id: int) -> ClassicSeat:
        """The user asks for a game on this connection: the one they are in, or else with whoever waits, or else one
        that waits. Raises UserNotFound unless name and id are those of one user."""
        user = self._users.named(username)
        if user.id != user_id:
            raise UserNotFound
        with transaction() as session:
            session.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.JOINING)))
            at = self._clock()
            row = self._joined(user.id, at)
            _sit(sid, row.room, user.id, at)
            return ClassicSeat(row.room, user.id, user.username)

    def sit(self, sid: str, code: str, username: str, known_as: int | None) -> ClassicSeat:
        """The user opens the page of a room again, on this connection; raises MatchNotFound for whom it has no seat.

        ``known_as`` is whom the connection has named before: nobody moves over to another's seat.
        """
        user = self._users.named(username)
        if known_as not in (None, user.id):
            raise NotAPlayer
        with transaction():
            row = _locked(code)
            _keep(row, rules.seat(_room(row), user.id))
            _sit(sid, code, user.id, self._clock())
            return ClassicSeat(code, user.id, user.username)

    def leave(self, seat: ClassicSeat) -> None:
        """The user goes on purpose, on all connections."""
        with transaction() as session:
            row, at = _locked(seat.room), self._clock()
            _keep(row, rules.leave(_room(row), seat.user_id), at)
            of_user = (ClassicConnection.room == seat.room) & (ClassicConnection.user_id == seat.user_id)
            session.execute(update(ClassicConnection).where(of_user).values(ended=True, seen_at=at))

    # --- presence

    def end(self, sid: str) -> None:
        """The connection has ended."""
        with transaction():
            _end(sid, self._clock())

    def keep_seen(self, sids: Collection[str]) -> None:
        """These connections last; and rooms that nobody can need any more are forgotten."""
        at = self._clock()
        with transaction() as session:
            lasting = ClassicConnection.sid.in_(sids) & ~ClassicConnection.ended
            session.execute(update(ClassicConnection).where(lasting).values(seen_at=at))
            session.execute(delete(ClassicRoom).where(ClassicRoom.created_at < at - timedelta(days=KEPT_DAYS)))

    # --- what happens in a room

    def set_question(self, code: str, question: Question) -> None:
        """Propose the question; the first one set is what both play."""
        self._change(code, lambda room: rules.set_question(room, question))

    def press(self, code: str) -> None:
        """Somebody pressed the submission button."""
        self._change(code, rules.press)

    def announce_winner(self, seat: ClassicSeat, named: int) -> int:
        """The browser of this seat announces a winner, whose id comes back; raises NotAWin unless it is one."""
        with transaction():
            row = _locked(seat.room)
            room = rules.announce_winner(_room(row), seat.user_id, named)
            _keep(row, room, self._clock())
            return seat.user_id

    # --- reading

    def question(self, code: str) -> Question | None:
        """The question that is played."""
        return _room(_found(code)).question

    def opponent(self, seat: ClassicSeat) -> int | None:
        """Who plays against this seat, once there is somebody."""
        return _room(_found(seat.room)).opponent(seat.user_id)

    def shown(self, code: str) -> Json:
        """The room as its page waits for it: ``{<room>: {members, users, user_ids, winner_id, question_data}}``."""
        room = _room(_found(code))
        return {
            code: {
                "members": len(room.user_ids),
                "users": self._names(room),
                "user_ids": list(room.user_ids),
                "winner_id": room.winner_id,
                "question_data": asdict(room.question) if room.question else None,
            }
        }

    def standing(self, codes: Collection[str]) -> list[tuple[str, int, int | None]]:
        """Of each of these rooms that there is: its code, how many are in it, and who won."""
        found = select(ClassicRoom.room, ClassicRoom.guest_id, ClassicRoom.winner_id)
        rows = db.session.execute(found.where(ClassicRoom.room.in_(codes)))
        return [(row.room, 1 if row.guest_id is None else 2, row.winner_id) for row in rows]

    def names(self, code: str) -> dict[str, str]:
        """The room of each of its users, by name."""
        return dict.fromkeys(self._names(_room(_found(code))), code)

    # --- recording

    def record(self, caller_id: int, problem_id: int, user_ids: tuple[int, int], winner_id: int) -> int:
        """Write the last game that this winner was announced in, of these two, into the journal, once; its match's id.

        Raises NotAPlayer unless the caller is one of the two, WinnerNotAnnounced when there is no such game, and
        ProblemNotFound.
        """
        if caller_id not in user_ids:
            raise NotAPlayer
        with self._engine.act() as act:
            found = act.transaction.read(_LAST_WON, (list(user_ids), list(user_ids), winner_id))
            if not found:
                raise errors.WinnerNotAnnounced
            ((room, match_id, paired_at, announced_at),) = found
            if match_id is None:
                ended_at = announced_at or paired_at
                timeline = self._referee.record(act, user_ids, problem_id, winner_id, paired_at, ended_at)
                match_id = timeline.match_id
                act.transaction.write("UPDATE classic_rooms SET match_id = %s WHERE room = %s", (match_id, room))
            return int(match_id)

    # --- what they have in common

    def _change(self, code: str, change: Callable[[Room], Room]) -> None:
        with transaction():
            row = _locked(code)
            _keep(row, change(_room(row)))

    def _names(self, room: Room) -> list[str]:
        """The names of those in the room, in the order of their arrival."""
        names = self._users.names(room.user_ids)
        return [names[user_id] for user_id in room.user_ids if user_id in names]

    def _joined(self, user_id: int, at: datetime) -> ClassicRoom:
        """The room to sit in, which is opened or filled if need be."""
        grace, own = self._referee.rules.grace_seconds, None
        for row in _unfinished(user_id):
            room = _room(row)
            away = {other: _seconds_away(row.room, other, at) for other in room.user_ids if other != user_id}
            if not rules.leads_back(room, user_id, away, grace):
                if user_id not in room.left:
                    row.closed_at = at
            elif not room.waiting:
                return row
            else:
                own = row
        met = _waiting(user_id, at, self._referee.rules.absence_seconds)
        if met is None:
            return own or _opened(user_id, at)
        if own is not None:
            own.closed_at = at
        _keep(met, rules.fill(_room(met), user_id), at)
        return met


def _locked(code: str) -> ClassicRoom:
    """The room, locked until the transaction ends; raises MatchNotFound."""
    row = db.session.get(ClassicRoom, code, with_for_update=True, populate_existing=True)
    if row is None:
        raise MatchNotFound
    return row


def _found(code: str) -> ClassicRoom:
    row = db.session.get(ClassicRoom, code, populate_existing=True)
    if row is None:
        raise MatchNotFound
    return row


def _unfinished(user_id: int) -> Sequence[ClassicRoom]:
    """The user's rooms in which somebody can still win, newest first, locked."""
    of_user = or_(ClassicRoom.host_id == user_id, ClassicRoom.guest_id == user_id)
    unfinished = select(ClassicRoom).where(of_user, ClassicRoom.closed_at.is_(None), ClassicRoom.winner_id.is_(None))
    ordered = unfinished.order_by(ClassicRoom.created_at.desc(), ClassicRoom.room).with_for_update()
    return db.session.scalars(ordered, execution_options=_FRESH).all()


def _waiting(user_id: int, at: datetime, absence_seconds: float) -> ClassicRoom | None:
    """The room that has waited longest for somebody to meet its host, locked.

    A host who is away for longer than it takes to reload a page may have gone for good, so nobody is seated with them.
    """
    here = exists().where(
        ClassicConnection.room == ClassicRoom.room,
        ClassicConnection.user_id == ClassicRoom.host_id,
        or_(
            ClassicConnection.seen_at >= at - timedelta(seconds=absence_seconds),
            and_(~ClassicConnection.ended, ClassicConnection.seen_at >= at - timedelta(seconds=STALE_SECONDS)),
        ),
    )
    free = select(ClassicRoom).where(
        ClassicRoom.guest_id.is_(None), ClassicRoom.closed_at.is_(None), ClassicRoom.host_id != user_id, here
    )
    first = free.order_by(ClassicRoom.created_at, ClassicRoom.room).limit(1).with_for_update(of=ClassicRoom)
    return db.session.scalar(first, execution_options=_FRESH)


def _opened(user_id: int, at: datetime) -> ClassicRoom:
    """A new room that waits, with a code that no other room has."""
    while True:
        row = {"room": room_code(), "host_id": user_id, "left_ids": [], "pressed": False, "created_at": at}
        new = insert(ClassicRoom).values(row).on_conflict_do_nothing().returning(ClassicRoom.room)
        code = db.session.scalar(new)
        if code is not None:
            return db.session.get_one(ClassicRoom, code)


def _seconds_away(code: str, user_id: int, at: datetime) -> float:
    """How long the user has had no connection in this room; 0 when there is one."""
    seen = select(ClassicConnection.seen_at, ClassicConnection.ended).where(
        ClassicConnection.room == code, ClassicConnection.user_id == user_id
    )
    last = datetime.min.replace(tzinfo=at.tzinfo)
    for seen_at, ended in db.session.execute(seen):
        if not ended and seen_at >= at - timedelta(seconds=STALE_SECONDS):
            return 0
        last = max(last, seen_at)
    return (at - last).total_seconds()


def _sit(sid: str, code: str, user_id: int, at: datetime) -> None:
    """The connection sits here from now on, and nowhere else."""
    _end(sid, at)
    row = {"sid": sid, "room": code, "user_id": user_id, "seen_at": at, "ended": False}
    again = insert(ClassicConnection).values(row)
    db.session.execute(
        again.on_conflict_do_update(index_elements=["sid", "room", "user_id"], set_={"seen_at": at, "ended": False})
    )


def _end(sid: str, at: datetime) -> None:
    lasting = (ClassicConnection.sid == sid) & ~ClassicConnection.ended
    db.session.execute(update(ClassicConnection).where(lasting).values(ended=True, seen_at=at))


def _room(row: ClassicRoom) -> Room:
    return Room(
        user_ids=tuple(user_id for user_id in (row.host_id, row.guest_id) if user_id is not None),
        left=frozenset(row.left_ids),
        question=Question(**row.question) if row.question else None,
        pressed=row.pressed,
        winner_id=row.winner_id,
        closed=row.closed_at is not None,
    )


def _keep(row: ClassicRoom, room: Room, at: datetime | None = None) -> None:
    """Write down how the room is now. ``at`` is when it was filled, won or closed, where that may have happened."""
    before = _room(row)
    if room == before:
        return
    row.left_ids, row.pressed = sorted(room.left), room.pressed
    row.question = asdict(room.question) if room.question else None
    if len(room.user_ids) > len(before.user_ids):
        row.guest_id, row.paired_at = room.user_ids[-1], at
    if room.winner_id is not None and before.winner_id is None:
        row.winner_id, row.announced_at = room.winner_id, at
    if room.closed and not before.closed:
        row.closed_at = at


_FRESH = {"populate_existing": True}
_LAST_WON = """
    SELECT room, match_id, paired_at, announced_at FROM classic_rooms
    WHERE host_id = ANY(%s) AND guest_id = ANY(%s) AND winner_id = %s
    ORDER BY announced_at DESC, room LIMIT 1 FOR UPDATE"""
