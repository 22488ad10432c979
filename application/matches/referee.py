"""Applies the rules to one match under its lock: loads it, asks ``game.match.decide``, writes down what follows."""

from __future__ import annotations

import secrets
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from application.accounts.service import Users
from application.base.database import db
from application.matches import journal, projections
from application.matches.encounters import rated_since
from application.matches.journal import Timeline
from application.matches.models import Match, MatchPlayer, MatchRound
from application.matches.rules import commands as c
from application.matches.rules import events as e
from application.matches.rules.match import decide
from application.problems.catalogue.service import Problems
from application.ratings.ranks import rank_named

Json = dict[str, Any]
ROOM_LENGTH = 6


@dataclass(frozen=True)
class MatchRules:
    """The durations of a match, in seconds, how the lobby widens, the topic that is preferred, if any, and what a rated
    match is: how long one must have lasted in which nothing was judged, and how many of the same two people count an
    hour (0: any number)."""

    countdown_seconds: int = 3
    round_seconds: int = 900
    grace_seconds: int = 45
    absence_seconds: int = 3
    lobby_widen_seconds: int = 5
    topic: str = ""
    rated_after_seconds: int = 30
    rated_per_hour: int = 2


class Referee:
    """Carries out commands. Every method runs within the caller's transaction and publishes nothing."""

    def __init__(self, users: Users, problems: Problems, rules: MatchRules) -> None:
        self._users, self._problems, self.rules = users, problems, rules

    def timeline(self, match: Match) -> Timeline:
        """The match's whole journal."""
        entries = journal.entries(match.id)
        judged = any(isinstance(entry.event, e.SubmissionJudged) for entry in entries)
        reports = journal.reports(match.id) if judged else {}
        return Timeline(match.id, match.room, entries, self._named_problems(entries), reports)

    def open(self, user_ids: Sequence[int], at: datetime, rounds: int = 1) -> Timeline:
        """Make a match for these users, rated unless there is a reason against it."""
        match = db.session.get_one(Match, self._new_room(at))
        opening = self._opening(match, user_ids, at, rounds)
        return self.rule(match, opening, at, Timeline(match.id, match.room, (), {}, {}))

    def record(
        self, user_ids: Sequence[int], problem_id: int, winner_id: int, started_at: datetime, finished_at: datetime
    ) -> Timeline:
        """Write down a match of one round that was played and decided elsewhere, from beginning to end.

        It is never live, so it is no hindrance that its players are in another match meanwhile. Raises ProblemNotFound.
        """
        problem = e.RoundProblem(problem_id, len(self._problems.document(problem_id).tests))
        match = db.session.get_one(Match, self._new_room(started_at))
        timeline = Timeline(match.id, match.room, (), {}, {})
        opening = replace(self._opening(match, user_ids, finished_at, rounds=1), countdown_seconds=0)
        for command, at in (
            (opening, started_at),
            (c.StartMatch((problem,)), started_at),
            (c.AnnounceWinner(winner_id), finished_at),
        ):
            timeline = self.rule(match, command, at, timeline, live=False)
        return timeline

    def rule(
        self,
        match: Match,
        command: c.Command,
        at: datetime,
        timeline: Timeline | None = None,
        reports: Mapping[int, Json] | None = None,
        live: bool = True,
    ) -> Timeline:
        """Carry the command out in the locked match; the journal after it. Raises what ``decide`` raises.

        ``timeline`` is the journal before, where the caller has read it already; ``reports`` what a judgement adds.
        ``live`` is as for ``projections.project``.
        """
        before = timeline or self.timeline(match)
        standings = self._users.lock_standings(before.user_ids)
        events = decide(before.state, command, at, standings)
        recorded = journal.append(match, events, at)
        for entry in recorded:
            projections.project(match, entry, self._users, self._problems, live)
        return before.extended(recorded, self._named_problems(recorded), reports or {})

    def starting(self, timeline: Timeline) -> c.StartMatch:
        """The command that starts the match, with its problems chosen; raises NoProblemInPlay."""
        found = timeline.state.found
        seats = found.players if found else ()
        ranks = [rank for seat in seats if (rank := rank_named(seat.rank.lower()))]
        lowest = min(ranks, key=lambda rank: rank.id)
        played = (
            select(MatchPlayer.user_id, MatchRound.problem_id, MatchRound.match_id)
            .join(MatchRound, MatchRound.match_id == MatchPlayer.match_id)
            .where(MatchPlayer.user_id.in_([seat.user_id for seat in seats]))
        )
        chosen = self._problems.choose(
            lowest, found.rounds if found else 1, played, self.rules.topic, [seat.user_id for seat in seats]
        )
        problems = [e.RoundProblem(problem_id, len(self._problems.document(problem_id).tests)) for problem_id in chosen]
        return c.StartMatch(tuple(problems))

    def _opening(self, match: Match, user_ids: Sequence[int], at: datetime, rounds: int) -> c.SeatPlayers:
        return c.SeatPlayers(
            session_id=match.id,
            room=match.room,
            players=self._users.seats(user_ids),
            unrated_because="same_opponents" if self._meet_too_often(user_ids, at) else None,
            rounds=rounds,
            countdown_seconds=self.rules.countdown_seconds,
            round_seconds=self.rules.round_seconds,
            grace_seconds=self.rules.grace_seconds,
            rated_after_seconds=self.rules.rated_after_seconds,
        )

    def _meet_too_often(self, user_ids: Sequence[int], at: datetime) -> bool:
        if not self.rules.rated_per_hour or len(user_ids) != 2:
            return False
        one, other = user_ids
        return rated_since(one, other, at - timedelta(hours=1)) >= self.rules.rated_per_hour

    def _named_problems(self, entries: Sequence[e.Recorded]) -> dict[int, Json]:
        named = [entry.event.problem_id for entry in entries if isinstance(entry.event, e.RoundStarted)]
        return self._problems.publics(named)

    def _new_room(self, at: datetime) -> int:
        """Make a match row with a room that no other match has; its id."""
        while True:
            row = insert(Match).values(room=room_code(), version=0, created_at=at)
            match_id: int | None = db.session.scalar(
                row.on_conflict_do_nothing(index_elements=["room"]).returning(Match.id)
            )
            if match_id is not None:
                return match_id


def room_code() -> str:
    """A new code for a room, by chance."""
    return "".join(secrets.choice(string.ascii_uppercase) for _ in range(ROOM_LENGTH))
