"""The tables of the classic client's rooms."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from application.base.database import Base


class ClassicRoom(Base):
    """A room of the classic client, as ``classic/rules.py`` has it. Its frames are handled one after the other, by
    locking this row. ``match_id`` is the match that its game was recorded as."""

    __tablename__ = "classic_rooms"
    __table_args__ = (Index("ix_classic_rooms_waiting", "created_at", postgresql_where=text("guest_id IS NULL")),)

    room: Mapped[str] = mapped_column(String(6), primary_key=True)
    host_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    guest_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    left_ids: Mapped[list[Any]]
    question: Mapped[dict[str, Any] | None]
    pressed: Mapped[bool] = mapped_column(default=False)
    winner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    match_id: Mapped[int | None] = mapped_column(ForeignKey("matches.id"))
    created_at: Mapped[datetime]
    paired_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class ClassicConnection(Base):
    """A connection that sits in a classic room for a user. ``seen_at`` is renewed while it lasts, so that one whose
    process died does not count for long; when it has ended it is when the user was here last."""

    __tablename__ = "classic_connections"
    __table_args__ = (Index("ix_classic_connections_seat", "room", "user_id"),)

    sid: Mapped[str] = mapped_column(String(40), primary_key=True)
    room: Mapped[str] = mapped_column(ForeignKey("classic_rooms.room", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    seen_at: Mapped[datetime]
    ended: Mapped[bool] = mapped_column(default=False)
