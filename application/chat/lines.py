"""What was said, as it is read back: one message, a page of them, those before one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import aliased

from application.accounts.models import User
from application.base.database import db
from application.base.timestamp import iso
from application.chat.models import ChatBlock, ChatMessage

Json = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A message with the names of its people: in a ``channel`` of a ``room``, or to one person."""

    message_id: int
    room: str | None
    channel: str | None
    user_id: int
    username: str
    to_id: int | None
    to: str | None
    text: str
    at: datetime
    hidden: bool = False

    def shown(self) -> Json:
        """It as clients are told of it: as ``message`` or as ``told``."""
        if self.room is None:
            where: Json = {"from": self.username, "to": self.to}
        else:
            where = {"room": self.room, "channel": self.channel, "user_id": self.user_id, "username": self.username}
        return {"message_id": self.message_id, **where, "text": self.text, "at": iso(self.at)}


def find(message_id: int) -> Line | None:
    """The message of this number, hidden or not."""
    return next(iter(_newest(1, ChatMessage.id == message_id)), None)


def page(room: str, channels: Collection[str], reader: int, before: int | None, limit: int) -> list[Line]:
    """The last ``limit`` messages of these channels that the reader is to see, the oldest first; those before message
    ``before``, where it is given."""
    blocked = select(ChatBlock.blocked_id).where(ChatBlock.user_id == reader)
    shown = (ChatMessage.room == room, ~ChatMessage.hidden, ChatMessage.user_id.not_in(blocked))
    return _newest(limit, *shown, ChatMessage.channel.in_(channels), *_before(before))


def between(one: int, other: int, before: int | None, limit: int) -> list[Line]:
    """The last ``limit`` messages of two people to each other, the oldest first."""
    return _newest(limit, _pair(one, other), ~ChatMessage.hidden, *_before(before))


def leading_to(line: Line, limit: int) -> list[Line]:
    """The messages before this one in the same place, hidden or not, the oldest first."""
    channel = (ChatMessage.room == line.room) & (ChatMessage.channel == line.channel)
    place = channel if line.to_id is None else _pair(line.user_id, line.to_id)
    return _newest(limit, place, *_before(line.message_id))


def _pair(one: int, other: int) -> ColumnElement[bool]:
    there = (ChatMessage.user_id == one) & (ChatMessage.to_id == other)
    back = (ChatMessage.user_id == other) & (ChatMessage.to_id == one)
    return or_(there, back)


def _before(message_id: int | None) -> Sequence[ColumnElement[bool]]:
    return () if message_id is None else (ChatMessage.id < message_id,)


def _newest(limit: int, *conditions: ColumnElement[bool]) -> list[Line]:
    author, other = aliased(User), aliased(User)
    asked = (
        select(ChatMessage, author.username, other.username)
        .join(author, author.id == ChatMessage.user_id)
        .outerjoin(other, other.id == ChatMessage.to_id)
        .where(*conditions)
        .order_by(ChatMessage.id.desc())
        .limit(limit)
    )
    return [
        Line(row.id, row.room, row.channel, row.user_id, by, row.to_id, to, row.text, row.at, row.hidden)
        for row, by, to in reversed(db.session.execute(asked).all())
    ]
