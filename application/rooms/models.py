"""The tables that are made from the journals of rooms that people opened, and who looks on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from application.base.database import Base


class OpenRoom(Base):
    """A room that somebody opened. ``live`` while a match is going on in it; ``changed_at`` is the time of its last
    event that was the room's own, or the beginning or end of a match."""

    __tablename__ = "open_rooms"
    __table_args__ = (
        Index("ix_open_rooms_changed", "changed_at", postgresql_where=text("closed_at IS NULL")),
        Index("ix_open_rooms_listed", "room_id", postgresql_where=text("listed AND closed_at IS NULL")),
    )

    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), primary_key=True)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    settings: Mapped[dict[str, Any]]
    listed: Mapped[bool]
    live: Mapped[bool]
    changed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class RoomMember(Base):
    """A member of such a room. ``absent_since`` is set while they have no connection."""

    __tablename__ = "room_members"

    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(10))
    absent_since: Mapped[datetime | None]


class RoomChallenge(Base):
    """Somebody is waited for in a room, until ``expires_at``; when and why that ended: accepted, declined, expired or
    withdrawn."""

    __tablename__ = "challenges"
    __table_args__ = (Index("ix_challenges_waiting", "from_id", postgresql_where=text("ended_at IS NULL")),)

    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(index=True)
    reason: Mapped[str | None] = mapped_column(String(10))


class RoomWatcher(Base):
    """Somebody who looks on in a room without being a member, be it a lobby duel's. ``seen_at`` is when they were last
    seen to be connected."""

    __tablename__ = "room_watchers"

    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    seen_at: Mapped[datetime]
