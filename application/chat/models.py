"""What was said, and who is not to be heard."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from application.base.database import Base

MAX_REASON = 1000


class ChatMessage(Base):
    """A message in a channel of a room, or to one person.

    ``room`` is a room's code without being its foreign key: that would lock the room's row, and a verdict would wait.
    """

    __tablename__ = "chat_messages"
    __table_args__ = (
        CheckConstraint("(room IS NULL) = (channel IS NULL) AND (room IS NULL) <> (to_id IS NULL)", name="somewhere"),
        CheckConstraint("channel IN ('room', 'watchers')", name="channel"),
        Index("ix_chat_messages_room", "room", "id", postgresql_where=text("room IS NOT NULL")),
        Index("ix_chat_messages_pair", "user_id", "to_id", "id", postgresql_where=text("to_id IS NOT NULL")),
        Index("ix_chat_messages_author", "user_id", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room: Mapped[str | None] = mapped_column(String(6))
    channel: Mapped[str | None] = mapped_column(String(10))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    text: Mapped[str] = mapped_column(String(280))
    at: Mapped[datetime]
    hidden: Mapped[bool] = mapped_column(server_default=false(), default=False)


class ChatMute(Base):
    """Somebody who may say nothing in a room until then."""

    __tablename__ = "chat_mutes"

    room: Mapped[str] = mapped_column(String(6), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    until: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class ChatBlock(Base):
    """Somebody who does not want to hear of somebody."""

    __tablename__ = "chat_blocks"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    blocked_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    at: Mapped[datetime]


class ChatReport(Base):
    """A message that somebody reported, once; ``lines`` are those before it as they were then."""

    __tablename__ = "chat_reports"
    __table_args__ = (UniqueConstraint("message_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("chat_messages.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(String(MAX_REASON))
    lines: Mapped[list[Any]]
    at: Mapped[datetime]
