"""Matches as whoever runs the server sees and ends them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from application.accounts.models import User
from application.base.clock import Clock
from application.base.database import db, transaction
from application.base.errors import MatchNotFound
from application.base.timestamp import iso
from application.matches import journal
from application.matches.models import Match, MatchPlayer
from application.matches.outside import Publisher
from application.matches.referee import Referee
from application.matches.rules import commands as c
from application.matches.rules.events import encode, name_of
from application.matches.rules.state import MatchState, evolve

Json = dict[str, Any]


class Operating:
    """What ``flask matches`` does."""

    def __init__(self, referee: Referee, publisher: Publisher, clock: Clock) -> None:
        self._referee, self._publisher, self._clock = referee, publisher, clock

    def list(self, live: bool, limit: int) -> list[Json]:
        """``limit`` matches, the newest first: ``{id, room, version, players, started_at, finished_at, reason}``."""
        matches = select(Match).order_by(Match.id.desc()).limit(limit)
        if live:
            matches = matches.where(Match.finished_at.is_(None))
        return [self._row(match) for match in db.session.scalars(matches)]

    def replay(self, room: str) -> Iterator[tuple[Json, MatchState]]:
        """Each event of a match, ``{version, at, event, ...}``, with the state after it; raises MatchNotFound."""
        state = MatchState()
        for entry in journal.entries(self._match(room).id):
            state = evolve(state, entry.event, entry.at)
            shown = {"version": entry.version, "at": iso(entry.at), "event": name_of(entry.event)}
            yield {**shown, **encode(entry.event)}, state

    def abort(self, room: str) -> Json:
        """End a match without a winner; raises MatchNotFound or MatchAlreadyFinished. Its players are told by their
        servers within a second."""
        self._match(room)
        with transaction():
            match = journal.lock(room)
            timeline = self._referee.rule(match, c.Abort(), self._clock())
        self._publisher.publish(timeline)
        return self._row(self._match(room))

    def _match(self, room: str) -> Match:
        match = db.session.scalar(select(Match).where(Match.room == room.upper()))
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
            "version": match.version,
            "players": list(db.session.scalars(players)),
            "started_at": iso(match.started_at) if match.started_at else None,
            "finished_at": iso(match.finished_at) if match.finished_at else None,
            "reason": (match.outcome or {}).get("reason"),
        }
