"""What the operator can do with matches: list them, read them, end them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from application.accounts.models import User
from application.base.database import db
from application.base.timestamp import iso
from application.journal.errors import MatchNotFound
from application.journal.models import Room
from application.matches.models import Match, MatchPlayer
from application.matches.referee import MatchEngine
from application.matches.rules import commands as c
from application.matches.rules.events import encode, name_of
from application.matches.rules.state import MatchState, evolve

Json = dict[str, Any]


class Operating:
    """What ``flask matches`` does."""

    def __init__(self, engine: MatchEngine) -> None:
        self._engine = engine

    def list(self, live: bool, limit: int) -> list[Json]:
        """``limit`` matches, the newest first: ``{id, room, version, players, started_at, finished_at, reason}``."""
        matches = select(Match).order_by(Match.id.desc()).limit(limit)
        if live:
            matches = matches.where(Match.finished_at.is_(None))
        return [self._row(match) for match in db.session.scalars(matches)]

    def replay(self, room: str) -> Iterator[tuple[Json, MatchState]]:
        """Each event of a match, ``{version, at, event, ...}``, with the state after it; raises MatchNotFound."""
        timeline = self._engine.read_after(self._match(room).room, 0)
        state = MatchState()
        for entry in timeline.entries:
            state = evolve(state, entry.event, entry.at)
            shown = {"version": entry.version, "at": iso(entry.at), "event": name_of(entry.event)}
            yield {**shown, **encode(entry.event)}, state

    def abort(self, room: str) -> Json:
        """End a match without a winner; raises MatchNotFound or MatchAlreadyFinished. The players receive the event
        within a second."""
        code = self._match(room).room
        db.session.rollback()
        with self._engine.act() as act:
            act.carry_out(act.lock(code), c.Abort())
        return self._row(self._match(room))

    def _match(self, room: str) -> Match:
        last = select(Match).where(Match.room == room.upper()).order_by(Match.first_version.desc()).limit(1)
        match = db.session.scalar(last, execution_options={"populate_existing": True})
        if match is None:
            raise MatchNotFound
        return match

    def _row(self, match: Match) -> Json:
        players = (
            select(User.username)
            .join(MatchPlayer, MatchPlayer.user_id == User.id)
            .where(MatchPlayer.match_id == match.id)
            .order_by(User.id)
        )
        return {
            "id": match.id,
            "room": match.room,
            "version": db.session.scalar(select(Room.version).where(Room.id == match.room_id)),
            "players": list(db.session.scalars(players)),
            "started_at": iso(match.started_at) if match.started_at else None,
            "finished_at": iso(match.finished_at) if match.finished_at else None,
            "reason": (match.outcome or {}).get("reason"),
        }
