"""Rooms and their journals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from application.base.database import Base


class Room(Base):
    """A room's address and where its journal stands; locking this row is what makes commands take turns.

    Rooms and matches are numbered together: the first match of a room has its room's number.
    """

    __tablename__ = "rooms"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(6), unique=True)
    version: Mapped[int] = mapped_column(server_default="0", default=0)
    created_at: Mapped[datetime]


class RoomEvent(Base):
    """One entry of a journal; ``version`` counts from 1 in each room, without holes."""

    __tablename__ = "room_events"

    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    payload: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Receipt(Base):
    """The answer that a command with a ``client_id`` got, to be given again when the command comes again."""

    __tablename__ = "receipts"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    client_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    request: Mapped[str] = mapped_column(String(40))
    answer: Mapped[dict[str, Any] | None]
    at: Mapped[datetime] = mapped_column(index=True)
