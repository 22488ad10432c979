"""Saying something, and having it heard no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from application.accounts.service import Users
from application.base.clock import Clock
from application.base.database import AdvisoryLock, db
from application.base.database import transaction as session
from application.base.errors import CodemazeError, InvalidRequest, RateLimited
from application.base.measures import MESSAGES
from application.base.rates import Rate
from application.base.timestamp import iso
from application.chat import errors, lines, rules
from application.chat.company import Company
from application.chat.delivery import HIDDEN, SAID, Delivery
from application.chat.lines import Line
from application.chat.models import MAX_REASON, ChatBlock, ChatMessage, ChatMute, ChatReport
from application.journal.receipts import once
from application.journal.transaction import Connect, Transaction, transaction
from application.rooms.errors import NotTheHost

Json = dict[str, Any]

LAST = 50
"""Messages that somebody is given who enters a room."""

LINES_BEFORE = 10
"""Messages that a report has, besides the one that it is about."""


class Chat:
    """The chat of this server."""

    def __init__(
        self,
        company: Company,
        users: Users,
        delivery: Delivery,
        connect: Connect,
        clock: Clock,
        *,
        on: bool,
        rate: Rate,
        report_rate: Rate,
    ) -> None:
        """``on``: whether anything may be said; ``rate``: how often one user may; ``report_rate``: may report."""
        self._company, self._users, self.delivery = company, users, delivery
        self._connect, self._clock, self._on = connect, clock, on
        self._rate, self._report_rate = rate, report_rate

    # --- saying

    def say(
        self, user_id: int, room: str, text: str, channel: rules.Channel = "room", client_id: str | None = None
    ) -> Json:
        """Say something in a room: ``{message_id}``.

        Raises ChatOff, InvalidRequest, RateLimited, WrongChannel, Muted, MatchNotFound or NotAPlayer.
        """
        text = self._sayable(user_id, text)
        rules.require_writable(self._company.standing(room, user_id), channel)
        at = self._clock()

        def write(asked: Transaction) -> Line:
            values = {"user": user_id, "room": room, "at": at, "since": at - _REPEAT, "lines": rules.REPEAT_LINES}
            name, until, said = asked.read(_SPEAKER, values)[0]
            if until is not None:
                raise errors.Muted(retry_after=max(1, round((until - at).total_seconds())))
            _refuse_repeated(text, said)
            new = asked.read(_SAY, (room, channel, user_id, None, text, at))[0][0]
            return Line(new, room, channel, user_id, name, None, None, text, at)

        return self._keep(user_id, client_id, "say", write)

    def tell(self, user_id: int, username: str, text: str, client_id: str | None = None) -> Json:
        """Say something to one person: ``{message_id}``.

        Raises ChatOff, InvalidRequest, RateLimited, UserNotFound or Blocked.
        """
        text = self._sayable(user_id, text)
        to_id = self._other(user_id, username)
        at = self._clock()

        def write(asked: Transaction) -> Line:
            values = {"user": user_id, "to": to_id, "since": at - _REPEAT, "lines": rules.REPEAT_LINES}
            name, to, blocked, said = asked.read(_TELLER, values)[0]
            if blocked:
                raise errors.Blocked
            _refuse_repeated(text, said)
            new = asked.read(_SAY, (None, None, user_id, to_id, text, at))[0][0]
            return Line(new, None, None, user_id, name, to_id, to, text, at)

        return self._keep(user_id, client_id, "tell", write)

    def _sayable(self, user_id: int, text: str) -> str:
        if not self._on:
            raise errors.ChatOff
        text = _cleaned("text", text, rules.MAX_TEXT)
        self._rate.spend(str(user_id))
        return text

    def _keep(self, user_id: int, client_id: str | None, request: str, write: Callable[[Transaction], Line]) -> Json:
        said: list[Line] = []
        with transaction(self._connect) as asked:
            # What one person says is written down in turn, or they could say the same twice at once.
            asked.write("SELECT pg_advisory_xact_lock(%s, %s)", (AdvisoryLock.SAYING, user_id))

            def carry_out() -> Json:
                said.append(write(asked))
                return {"message_id": said[0].message_id}

            answer = once(asked, user_id, client_id, request, self._clock(), carry_out)
        for line in said:
            MESSAGES.labels(line.channel or "private").inc()
            self.delivery.publish(SAID, line)
        return answer

    # --- reading

    def last(self, room: str, user_id: int) -> list[Json]:
        """What was said last in the room and the user may read, the oldest first; raises as ``page`` does."""
        return self.page(user_id, room, None, LAST)

    def page(self, user_id: int, room: str, before: int | None, limit: int) -> list[Json]:
        """``limit`` messages before message ``before``, the oldest first; raises MatchNotFound or NotAPlayer."""
        channels = rules.readable(self._company.standing(room, user_id))
        return [line.shown() for line in lines.page(room, channels, user_id, before, limit)]

    def private(self, user_id: int, username: str, before: int | None, limit: int) -> list[Json]:
        """What the user and somebody else have told each other, the oldest first; raises UserNotFound."""
        other = self._users.named(username).id
        return [line.shown() for line in lines.between(user_id, other, before, limit)]

    # --- being heard no more

    def unsay(self, user_id: int, message_id: int) -> Json:
        """Hide a message of one's own, of a room that one hosts, or, as a teacher, any. It may be hidden already.

        Raises MessageNotFound or NotYourMessage.
        """
        line = self._readable(user_id, message_id)
        if user_id != line.user_id and not self._teaches(user_id):
            hosts = line.room is not None and self._company.standing(line.room, user_id).is_host
            if not hosts:
                raise errors.NotYourMessage
        shown = (ChatMessage.id == message_id, ~ChatMessage.hidden)
        with session():
            changed = db.session.execute(
                update(ChatMessage).where(*shown).values(hidden=True).returning(ChatMessage.id)
            )
            hidden = changed.scalar() is not None
        if hidden:
            self.delivery.publish(HIDDEN, line)
        return {}

    def mute(self, by_id: int, room: str, user_id: int, seconds: int) -> Json:
        """Have a user say nothing in the room for a time, 0: no longer: ``{until}``.

        Raises NotTheHost, UserNotFound, MatchNotFound or NotAPlayer.
        """
        if self._teaches(by_id):
            self._company.seated(room)
        elif not self._company.standing(room, by_id).is_host:
            raise NotTheHost
        self._users.get(user_id)
        until = self._clock() + timedelta(seconds=seconds)
        muted = insert(ChatMute).values(room=room, user_id=user_id, until=until, by_id=by_id)
        with session():
            db.session.execute(
                muted.on_conflict_do_update(index_elements=["room", "user_id"], set_={"until": until, "by_id": by_id})
            )
        return {"until": iso(until) if seconds else None}

    def block(self, user_id: int, username: str) -> Json:
        """Show the user nothing more of what somebody says; raises UserNotFound or InvalidRequest."""
        blocked = {"user_id": user_id, "blocked_id": self._other(user_id, username), "at": self._clock()}
        with session():
            db.session.execute(insert(ChatBlock).values(blocked).on_conflict_do_nothing())
        return {}

    def unblock(self, user_id: int, username: str) -> Json:
        """Show the user again what somebody says; raises UserNotFound or InvalidRequest."""
        other = self._other(user_id, username)
        with session():
            db.session.execute(delete(ChatBlock).where(ChatBlock.user_id == user_id, ChatBlock.blocked_id == other))
        return {}

    # --- reports

    def report(self, user_id: int, message_id: int, reason: str) -> Json:
        """Report a message, with those before it, to the teachers: ``{report_id}``, that of the first time.

        Raises RateLimited, InvalidRequest or MessageNotFound.
        """
        reason = _cleaned("reason", reason, MAX_REASON)
        self._report_rate.spend(str(user_id))
        line = self._readable(user_id, message_id)
        before = [_evidence(one) for one in lines.leading_to(line, LINES_BEFORE)]
        report = {"message_id": message_id, "user_id": user_id, "reason": reason, "lines": before, "at": self._clock()}
        own = select(ChatReport.id).where(ChatReport.message_id == message_id, ChatReport.user_id == user_id)
        with session():
            db.session.execute(insert(ChatReport).values(report).on_conflict_do_nothing())
            return {"report_id": db.session.scalar(own)}

    def reports(self, limit: int, offset: int) -> tuple[list[Json], int]:
        """``limit`` reports, the newest first, from place ``offset`` on, and how many there are."""
        total = db.session.scalar(select(func.count()).select_from(ChatReport)) or 0
        asked = select(ChatReport).order_by(ChatReport.id.desc()).limit(limit).offset(offset)
        found = db.session.scalars(asked).all()
        names = self._users.names([row.user_id for row in found])
        return [
            {
                "report_id": row.id,
                "user_id": row.user_id,
                "username": names[row.user_id],
                "reason": row.reason,
                "at": iso(row.at),
                "message": _evidence(line),
                "lines": row.lines,
            }
            for row in found
            if (line := lines.find(row.message_id)) is not None
        ], total

    # --- what they have in common

    def _readable(self, user_id: int, message_id: int) -> Line:
        """The message, hidden or not, if the user may have read it; raises MessageNotFound."""
        line = lines.find(message_id)
        if line is None:
            raise errors.MessageNotFound
        if user_id in (line.user_id, line.to_id) or self._teaches(user_id):
            return line
        try:
            if line.room is not None and line.channel in rules.readable(self._company.standing(line.room, user_id)):
                return line
        except CodemazeError:
            pass
        raise errors.MessageNotFound

    def _teaches(self, user_id: int) -> bool:
        """Whether the user is a teacher; gives the database connection back, for what is asked of the company next."""
        teaches = self._users.is_teacher(user_id)
        db.session.rollback()
        return teaches

    def _other(self, user_id: int, username: str) -> int:
        """The id of somebody else; gives the database connection back. Raises UserNotFound or InvalidRequest."""
        other = self._users.named(username).id
        db.session.rollback()
        if other == user_id:
            raise InvalidRequest(fields={"username": "is your own"})
        return other


def _cleaned(field: str, text: str, most: int) -> str:
    cleaned = rules.clean(text)
    if not 1 <= len(cleaned) <= most:
        raise InvalidRequest(fields={field: f"must have 1 to {most} characters that can be seen"})
    return cleaned


def _refuse_repeated(text: str, said: list[str] | None) -> None:
    if rules.repeats(text, said or ()):
        raise RateLimited("You have said that a moment ago.", retry_after=rules.REPEAT_SECONDS)


def _evidence(line: Line) -> Json:
    return line.shown() | {"user_id": line.user_id, "hidden": line.hidden}


_REPEAT = timedelta(seconds=rules.REPEAT_SECONDS)
_LATELY = """
    (SELECT array_agg(text) FROM (
        SELECT text FROM chat_messages WHERE user_id = %(user)s AND at > %(since)s AND {place}
        ORDER BY id DESC LIMIT %(lines)s) AS lately)"""
_SPEAKER = f"""
    SELECT username, (SELECT until FROM chat_mutes WHERE room = %(room)s AND user_id = %(user)s AND until > %(at)s),
        {_LATELY.format(place="room = %(room)s")}
    FROM users WHERE id = %(user)s"""
_TELLER = f"""
    SELECT one.username, other.username, EXISTS (SELECT FROM chat_blocks
            WHERE (user_id, blocked_id) IN ((%(user)s, %(to)s), (%(to)s, %(user)s))),
        {_LATELY.format(place="to_id = %(to)s")}
    FROM users AS one, users AS other WHERE one.id = %(user)s AND other.id = %(to)s"""
_SAY = """
    INSERT INTO chat_messages (room, channel, user_id, to_id, text, at) VALUES (%s, %s, %s, %s, %s, %s) RETURNING id"""
