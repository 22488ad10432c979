"""Who plays whom, with what: the commands that open and start matches."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from application.journal.engine import Act, Engine
from application.matches.encounters import rated_since
from application.matches.models import MatchPlayer, MatchRound
from application.matches.rules import commands as c
from application.matches.rules import events as e
from application.matches.timeline import Timeline
from application.problems.catalogue.service import Problems
from application.ratings.ranks import rank_named, rank_of
from application.ratings.standings import Person, people
from application.rooms.rules.settings import ProblemWishes

Json = dict[str, Any]

MatchAct = Act[Timeline, c.RoomsCommand, e.Recorded]
MatchEngine = Engine[Timeline, c.RoomsCommand, e.Recorded]
"""The engine of the rooms in which matches are played."""


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
    """Opens and starts matches, each within the caller's act."""

    def __init__(self, problems: Problems, rules: MatchRules) -> None:
        self._problems, self.rules = problems, rules

    def open(self, act: MatchAct, groups: Sequence[Sequence[int]], rounds: int = 1) -> list[Timeline]:
        """A match in a new room for each group of users, rated unless there is a reason against it."""
        everybody = {user_id for group in groups for user_id in group}
        who, often = people(act.transaction, everybody), self._often(act, everybody, act.at)
        return [
            act.carry_out(journal, self._opening(journal.room_id, journal.room, group, who, often, rounds))
            for journal, group in zip(act.new_rooms(len(groups)), groups, strict=True)
        ]

    def open_again(self, act: MatchAct, journal: Timeline, user_ids: Sequence[int], rounds: int = 1) -> Timeline:
        """The next match in a locked room whose last one is over."""
        who, often = people(act.transaction, user_ids), self._often(act, user_ids, act.at)
        ((match_id,),) = act.transaction.read("SELECT nextval('matches_id_seq')")
        return act.carry_out(journal, self._opening(match_id, journal.room, user_ids, who, often, rounds))

    def open_in(
        self, act: MatchAct, journal: Timeline, user_ids: Sequence[int], unrated_because: e.UnratedBecause
    ) -> Timeline:
        """The next match in a locked room that people opened, under its settings. The room is locked, and whoever is
        seated is in no other match."""
        who, place = people(act.transaction, user_ids), journal.place
        ((match_id,),) = act.transaction.read("SELECT nextval('matches_id_seq')")
        opening = replace(
            self._opening(match_id, journal.room, user_ids, who, (), place.settings.rounds),
            unrated_because=unrated_because,
            countdown_seconds=place.settings.countdown_seconds,
            round_seconds=place.settings.round_seconds,
            scoring="points",
            settings=place.settings,
            host_id=place.host_id,
            members=place.members,
            removed=place.removed,
            invited_id=place.invited_id,
        )
        return act.carry_out(journal, opening)

    def seat(self, act: MatchAct, user_id: int) -> e.Seat:
        """The user as a match seats them now."""
        return _seats([user_id], people(act.transaction, [user_id]))[0]

    def record(
        self,
        act: MatchAct,
        user_ids: Sequence[int],
        problem_id: int,
        winner_id: int,
        started_at: datetime,
        finished_at: datetime,
    ) -> Timeline:
        """Write down a match of one round that was played and decided elsewhere, from beginning to end.

        It is never live, so it is no hindrance that its players are in another match meanwhile. Raises ProblemNotFound.
        """
        problem = e.RoundProblem(problem_id, len(self._problems.document(problem_id).tests))
        who, often = people(act.transaction, user_ids), self._often(act, user_ids, finished_at)
        (timeline,) = act.new_rooms(1)
        opening = self._opening(timeline.room_id, timeline.room, user_ids, who, often, rounds=1)
        for command, at in (
            (replace(opening, countdown_seconds=0), started_at),
            (c.StartMatch((problem,)), started_at),
            (c.AnnounceWinner(winner_id), finished_at),
        ):
            timeline = act.carry_out(timeline, command, at=at, live=False)
        return timeline

    def starting(self, timeline: Timeline) -> c.StartMatch:
        """The command that starts the match, with its problems chosen; raises NoProblemInPlay or ProblemNotFound."""
        found = timeline.state.found
        assert found is not None, "a match is found before it starts"
        wishes = found.rules.problems
        chosen = wishes.ids or self._choose(found, wishes)
        problems = [e.RoundProblem(problem_id, len(self._problems.document(problem_id).tests)) for problem_id in chosen]
        return c.StartMatch(tuple(problems))

    def _choose(self, found: e.MatchFound, wishes: ProblemWishes) -> list[int]:
        people = [seat for seat in found.players if not seat.bot]  # to a bot all problems are the same
        user_ids = [seat.user_id for seat in people]
        ranks = [rank for seat in people if (rank := rank_named(seat.rank.lower()))]
        played = (
            select(MatchPlayer.user_id, MatchRound.problem_id, MatchRound.match_id)
            .join(MatchRound, MatchRound.match_id == MatchPlayer.match_id)
            .where(MatchPlayer.user_id.in_(user_ids))
        )
        return self._problems.choose(
            rank_named(wishes.rank or "") or min(ranks, key=lambda rank: rank.id),
            found.rounds,
            played,
            wishes.topic or self.rules.topic,
            user_ids,
            strict=bool(wishes.topic or wishes.rank),
        )

    def _opening(
        self,
        match_id: int,
        room: str,
        user_ids: Sequence[int],
        who: dict[int, Person],
        often: Collection[tuple[int, int]],
        rounds: int,
    ) -> c.SeatPlayers:
        return c.SeatPlayers(
            session_id=match_id,
            room=room,
            players=_seats(user_ids, who),
            unrated_because="same_opponents" if tuple(sorted(user_ids)) in often else None,
            rounds=rounds,
            countdown_seconds=self.rules.countdown_seconds,
            round_seconds=self.rules.round_seconds,
            grace_seconds=self.rules.grace_seconds,
            rated_after_seconds=self.rules.rated_after_seconds,
        )

    def _often(self, act: MatchAct, user_ids: Collection[int], at: datetime) -> set[tuple[int, int]]:
        """Those of them, two by two, who have met so often lately that their next match is not rated."""
        if not self.rules.rated_per_hour:
            return set()
        met = rated_since(act.transaction, user_ids, at - timedelta(hours=1))
        return {two for two, times in met.items() if times >= self.rules.rated_per_hour}


def _seats(user_ids: Sequence[int], who: dict[int, Person]) -> tuple[e.Seat, ...]:
    return tuple(
        e.Seat(person.user_id, person.username, person.avatar, rank_of(person.xp).name, person.bot)
        for person in (who[user_id] for user_id in user_ids)
    )
