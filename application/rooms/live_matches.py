"""The matches that are going on and may be watched."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from application.base.database import db
from application.base.timestamp import iso
from application.matches.reading import MatchReader
from application.rooms.models import OpenRoom
from application.rooms.rules.settings import RoomSettings
from application.rooms.watching import Watching

Json = dict[str, Any]


class LiveMatches:
    """Lists what can be looked on at, for anybody."""

    def __init__(self, reader: MatchReader, watching: Watching) -> None:
        self._reader, self._watching = reader, watching

    def page(self, limit: int, offset: int) -> tuple[list[Json], int]:
        """``limit`` of the matches, newest first, from place ``offset`` on, and how many there are."""
        kept_apart = select(OpenRoom.room_id).where(
            OpenRoom.live, OpenRoom.settings["spectators"].as_string() != "anyone"
        )
        matches, total = self._reader.going_on(kept_apart, limit, offset)
        opened = select(OpenRoom.room_id, OpenRoom.settings).where(
            OpenRoom.room_id.in_([match.room_id for match in matches])
        )
        settings = {row[0]: row[1] for row in db.session.execute(opened)}
        db.session.rollback()  # gives the connection back, for what is asked of who watches
        watchers = self._watching.count([match.room for match in matches]) if matches else {}
        in_duels = RoomSettings().json()
        return [
            {
                "id": match.id,
                "room": match.room,
                "mode": settings.get(match.room_id, in_duels)["mode"],
                "players": match.users,
                "round": match.round,
                "of": settings.get(match.room_id, in_duels)["rounds"],
                "started_at": iso(match.started_at) if match.started_at else None,
                "watchers": watchers.get(match.room, 0),
            }
            for match in matches
        ], total
