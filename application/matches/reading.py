"""Matches as they are read: resuming one, looking back at one, listing a player's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import aliased

from application.accounts.models import User
from application.base.database import db
from application.base.timestamp import iso
from application.journal.errors import MatchNotFound
from application.journal.transaction import transaction
from application.matches.company import Company
from application.matches.encounters import was_rated
from application.matches.errors import NotAPlayer
from application.matches.models import Match, MatchPlayer, MatchRound, Submission
from application.matches.referee import MatchEngine
from application.matches.timeline import Timeline, is_company, require_player
from application.matches.written import kept_code
from application.problems.catalogue.service import Problems

Json = dict[str, Any]

MAX_CATCH_UP = 500
"""A reader who has missed more events than this is given a view instead."""


UNTOLD_SECONDS = 600
"""For how long after its end who missed the end of a match is told of it when they come back."""

_IN_SHORT = ("id", "slug", "title", "topics", "rank")


@dataclass(frozen=True)
class HandedIn:
    """A submission; ``time_ms`` is what its tests took, where that is known."""

    id: int
    user_id: int
    problem_id: int
    language: str
    code: str
    verdict: str | None
    passed: int | None
    total: int | None
    time_ms: int | None


@dataclass(frozen=True)
class GoingOn:
    """A match that is not over, for anybody: ``round`` is the number of the current round, None before the start."""

    id: int
    room_id: int
    room: str
    users: list[Json]
    round: int | None
    started_at: datetime | None


class MatchReader:
    """Reads matches for their players."""

    def __init__(self, engine: MatchEngine, problems: Problems, company: Company) -> None:
        self._engine, self._problems, self._company = engine, problems, company

    def timeline(self, reader: int, *, room: str | None = None, match_id: int | None = None) -> Timeline:
        """The journal of a room as it is now, or of one match from beginning to end; raises MatchNotFound, or
        NotAPlayer when the reader is not in it: of a room who is a member, plays or looks on, of a match who played."""
        if room is None:
            timeline = self._match(match_id)
            require_player(timeline, reader)
            return timeline
        timeline = self._engine.read(room)
        if not is_company(timeline, reader) and not self._company.watches(timeline.room_id, reader):
            raise NotAPlayer
        return timeline

    def read(self, room: str) -> Timeline:
        """The journal of a room as it is now, for no particular reader; raises MatchNotFound."""
        return self._engine.read(room)

    def version(self, room: str) -> int:
        """The number of the last event in the room; raises MatchNotFound."""
        return self._engine.read(room).version

    def read_after(self, room: str, after: int) -> Timeline:
        """The same, with all that came after event number ``after``, of whatever match."""
        return self._engine.read_after(room, after)

    def moving(self, rooms: Sequence[str]) -> list[tuple[int, str, int, list[int]]]:
        """Id, room, version and players of every match that goes on, and of the last one in each of these rooms, which
        has no players any more when it is over."""
        with transaction(self._engine.connect) as asked:
            rows = asked.last(_MOVING, (list(rooms),))
        return [(match_id, room, version, list(users or ())) for match_id, room, version, users in rows]

    def catch_up(self, timeline: Timeline, reader: int, after: int | None, now: datetime) -> Json:
        """``{room, version, now, events}`` with what came after event ``after``, or ``{room, version, now, view}``."""
        answer: Json = {"room": timeline.room, "version": timeline.version, "now": iso(now)}
        if after is None or not 0 <= timeline.version - after <= MAX_CATCH_UP:
            watchers = self._company.watchers(timeline.room_id)
            return answer | {"view": timeline.view(reader, kept_code(timeline.match_id, reader), now, watchers)}
        if after + 1 < timeline.first:  # they have missed the end of a match before
            timeline = self._engine.read_after(timeline.room, after)
        return answer | {"events": named_events(timeline, reader, after)}

    def untold(self, user_id: int, now: datetime) -> Json | None:
        """``{room, session_id, outcome}`` of the user's last match, if it ended lately while they were away and they
        have not been told; from now on they have."""
        with transaction(self._engine.connect) as asked:
            found = asked.last(_UNTOLD, (user_id, user_id, now - timedelta(seconds=UNTOLD_SECONDS)))
        return dict(zip(("room", "session_id", "outcome"), found[0], strict=True)) if found else None

    def has_had(self, user_id: int, problem_id: int) -> bool:
        """Whether the user has had the problem in a match that is over or still going on."""
        played = exists().where(MatchRound.match_id == MatchPlayer.match_id, MatchRound.problem_id == problem_id)
        return bool(db.session.scalar(select(exists().where(MatchPlayer.user_id == user_id, played))))

    def experience(self, user_ids: Sequence[int]) -> dict[int, tuple[datetime, int]]:
        """For each user: when they registered, and how many different people they had rated matches with."""
        own, other = aliased(MatchPlayer), aliased(MatchPlayer)
        opponents = (
            select(func.count(other.user_id.distinct()))
            .select_from(own)
            .join(other, (other.match_id == own.match_id) & (other.user_id != own.user_id))
            .join(Match, Match.id == own.match_id)
            .where(own.user_id == User.id, Match.finished_at.is_not(None), was_rated())
            .scalar_subquery()
        )
        rows = db.session.execute(select(User.id, User.created_at, opponents).where(User.id.in_(user_ids)))
        return {user_id: (since, count) for user_id, since, count in rows}

    def history(self, user_id: int, limit: int, offset: int) -> tuple[list[Json], int]:
        """``limit`` of the user's matches, newest first, from place ``offset`` on, and how many there are."""
        own = select(Match).join(MatchPlayer, MatchPlayer.match_id == Match.id).where(MatchPlayer.user_id == user_id)
        total = db.session.scalar(select(func.count()).select_from(own.subquery())) or 0
        matches = db.session.scalars(own.order_by(Match.id.desc()).limit(limit).offset(offset)).all()
        return self._sessions(matches), total

    def recent(self, user_id: int, limit: int, *, ended: bool) -> list[Json]:
        """The user's newest matches, where ``ended`` only those that are over: who plays where is nobody else's
        business. In short: of a problem only what it is called."""
        own = select(Match).join(MatchPlayer, MatchPlayer.match_id == Match.id).where(MatchPlayer.user_id == user_id)
        if ended:
            own = own.where(Match.finished_at.is_not(None))
        sessions = self._sessions(db.session.scalars(own.order_by(Match.id.desc()).limit(limit)).all())
        return [
            session | {"problem": [{name: problem[name] for name in _IN_SHORT} for problem in session["problem"]]}
            for session in sessions
        ]

    def going_on(self, but: Select[int], limit: int, offset: int) -> tuple[list[GoingOn], int]:
        """``limit`` matches that are not over, newest first, from place ``offset`` on, and how many there are; those in
        rooms whose ids ``but`` finds are left out."""
        live = select(Match).where(Match.finished_at.is_(None), Match.room_id.not_in(but))
        total = db.session.scalar(select(func.count()).select_from(live.subquery())) or 0
        matches = db.session.scalars(live.order_by(Match.id.desc()).limit(limit).offset(offset)).all()
        ids = [match.id for match in matches]
        users = self._users(ids)
        rounds = select(MatchRound.match_id, func.max(MatchRound.number)).where(MatchRound.match_id.in_(ids))
        number = {row[0]: row[1] for row in db.session.execute(rounds.group_by(MatchRound.match_id))}
        return [
            GoingOn(match.id, match.room_id, match.room, users[match.id], number.get(match.id), match.started_at)
            for match in matches
        ], total

    def session(self, reader: int, match_id: int) -> Json:
        """One match of the reader's; raises MatchNotFound or NotAPlayer."""
        timeline = self.timeline(reader, match_id=match_id)
        return self._sessions([db.session.get_one(Match, timeline.match_id)])[0]

    def solutions(self, reader: int, match_id: int) -> list[Json]:
        """What was handed in during one match, oldest first: by the reader, or by all where the match is over and
        played under settings that show code then, but never a bot's; raises MatchNotFound or NotAPlayer."""
        timeline = self.timeline(reader, match_id=match_id)
        found = timeline.state.found
        shown = select(Submission).where(Submission.match_id == match_id, ~_OF_A_BOT)
        if not timeline.is_over or found is None or found.rules.show_code == "never":
            shown = shown.where(Submission.user_id == reader)
        return [
            {
                "user_id": row.user_id,
                "language": row.language,
                "code": row.code,
                "verdict": row.verdict,
                "passed": row.passed,
                "total": row.total,
                "received_at": iso(row.received_at),
            }
            for row in db.session.scalars(shown.order_by(Submission.received_at, Submission.id))
        ]

    def handed_in(self, match_id: int) -> list[HandedIn]:
        """All that people handed in in a match, in the order of its rounds, for no particular reader."""
        of_match = select(Submission).join(
            MatchRound,
            (MatchRound.match_id == Submission.match_id) & (MatchRound.problem_id == Submission.problem_id),
        )
        rows = db.session.scalars(
            of_match.where(Submission.match_id == match_id, ~_OF_A_BOT).order_by(MatchRound.number)
        )
        return [
            HandedIn(
                row.id,
                row.user_id,
                row.problem_id,
                row.language,
                row.code,
                row.verdict,
                row.passed,
                row.total,
                (row.report or {}).get("time_ms"),
            )
            for row in rows
        ]

    def _match(self, match_id: int | None) -> Timeline:
        match = db.session.get(Match, match_id)
        if match is None:
            raise MatchNotFound
        room, first = match.room, match.first_version
        timeline = self._engine.read(room)
        if timeline.match_id == match_id:
            return timeline.chapter(first)
        return self._engine.read_after(room, first - 1).chapter(first)

    def _sessions(self, matches: Sequence[Match]) -> list[Json]:
        ids = [match.id for match in matches]
        problems: dict[int, list[Json]] = defaultdict(list)
        rounds = select(MatchRound).where(MatchRound.match_id.in_(ids)).order_by(MatchRound.number)
        for played in db.session.scalars(rounds):
            problems[played.match_id].append(self._problems.public(played.problem_id))
        users = self._users(ids)
        return [
            {
                "id": match.id,
                "room": match.room,
                "problem": problems[match.id],
                "users": users[match.id],
                "winner": [user for user in users[match.id] if user["id"] == match.winner_id],
                "outcome": match.outcome,
                "started_at": iso(match.started_at) if match.started_at else None,
                "finished_at": iso(match.finished_at) if match.finished_at else None,
            }
            for match in matches
        ]

    def _users(self, match_ids: Sequence[int]) -> defaultdict[int, list[Json]]:
        """The players of these matches, in short."""
        users: defaultdict[int, list[Json]] = defaultdict(list)
        seated = select(MatchPlayer.match_id, User).join(User, User.id == MatchPlayer.user_id)
        for match_id, user in db.session.execute(seated.where(MatchPlayer.match_id.in_(match_ids)).order_by(User.id)):
            shown = {"id": user.id, "username": user.username, "avatar": user.avatar, "xp": user.xp, "bot": user.bot}
            users[match_id].append(shown)
        return users


def named_events(timeline: Timeline, reader: int, after: int) -> list[Json]:
    """The envelopes after event ``after``, each with its name as ``event``, as a list of JSON values."""
    return [{"event": name, **envelope} for name, envelope in timeline.envelopes(reader, after)]


def count_live() -> int:
    """How many matches are going on."""
    return db.session.scalar(select(func.count()).select_from(Match).where(Match.finished_at.is_(None))) or 0


# What bots hand in is the reference of the problem, which others are going to play.
_OF_A_BOT = exists().where(User.id == Submission.user_id, User.bot)
_UNTOLD = """
    UPDATE match_players p SET told = true FROM matches m WHERE p.user_id = %s AND NOT p.told AND m.id = p.match_id
    AND m.id = (SELECT max(match_id) FROM match_players WHERE user_id = %s) AND m.finished_at > %s
    RETURNING m.room, m.id, m.outcome"""
_MOVING = """
    SELECT coalesce(max(m.id), 0), r.code, r.version, array_agg(p.user_id) FILTER (WHERE p.live) FROM rooms r
    LEFT JOIN matches m ON m.room_id = r.id LEFT JOIN match_players p ON p.match_id = m.id AND p.live
    WHERE r.code = ANY(%s)
    OR r.id IN (SELECT live.room_id FROM matches live JOIN match_players l ON l.match_id = live.id WHERE l.live)
    GROUP BY r.id"""
