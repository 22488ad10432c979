"""Rooms as they are read by who is not in them: invitations, the list of those that are open, an operator's look."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select

from application.accounts.models import User
from application.base.database import db
from application.base.timestamp import iso
from application.journal.errors import MatchNotFound
from application.journal.models import Room
from application.rooms.models import OpenRoom, RoomMember
from application.rooms.rules.settings import shown

Json = dict[str, Any]


def listed(limit: int, offset: int) -> tuple[list[Json], int]:
    """``limit`` rooms that anybody may find and enter, newest first, from place ``offset`` on, and how many there
    are."""
    open_to_all = (
        _shown()
        .where(OpenRoom.listed, OpenRoom.closed_at.is_(None))
        .where(_players() < OpenRoom.settings["capacity"].as_integer())
        .where(~OpenRoom.live | OpenRoom.settings["late_entry"].as_boolean())
    )
    total = db.session.scalar(select(func.count()).select_from(open_to_all.subquery())) or 0
    rows = db.session.execute(open_to_all.order_by(OpenRoom.room_id.desc()).limit(limit).offset(offset))
    return [_invitation(*row) for row in rows], total


def invitation(code: str) -> Json:
    """What an invitation to the room shows; raises MatchNotFound, also of a room that nobody opened."""
    row = db.session.execute(_shown().where(Room.code == code)).first()
    if row is None:
        raise MatchNotFound("There is no such room.")
    return _invitation(*row)


def all_open(limit: int) -> list[Json]:
    """The rooms that are open, the one in which something happened last first."""
    rows = db.session.execute(
        _shown().where(OpenRoom.closed_at.is_(None)).order_by(OpenRoom.changed_at.desc()).limit(limit)
    )
    return [_invitation(*row) for row in rows]


def count_open() -> int:
    """How many rooms are open."""
    return db.session.scalar(select(func.count()).select_from(OpenRoom).where(OpenRoom.closed_at.is_(None))) or 0


def _players() -> Any:
    return (
        select(func.count())
        .where(RoomMember.room_id == OpenRoom.room_id, RoomMember.role == "player")
        .correlate(OpenRoom)
        .scalar_subquery()
    )


def _shown() -> Select[Any]:
    return (
        select(Room.code, OpenRoom, User, _players())
        .join(Room, Room.id == OpenRoom.room_id)
        .outerjoin(User, User.id == OpenRoom.host_id)
    )


def _invitation(code: str, room: OpenRoom, host: User | None, players: int) -> Json:
    return {
        "room": code,
        "settings": shown(room.settings),
        "host": host and {"user_id": host.id, "username": host.username, "avatar": host.avatar},
        "players": players,
        "live": room.live,
        "closed": room.closed_at is not None,
        "changed_at": iso(room.changed_at),
    }
