"""A match at one moment, and how each event changes it: ``evolve`` one event, ``replay`` all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from application.matches.rules import events as e
from application.rooms.rules.events import MemberEntered, RoomEvent

ACCEPTED = "accepted"
JUDGE_ERROR = "judge_error"


class Phase(StrEnum):
    """Where a match is in its life."""

    WAITING = "waiting"
    COUNTDOWN = "countdown"
    PLAYING = "playing"
    FINISHED = "finished"


@dataclass(frozen=True)
class Player:
    """One player within the match. ``claim_at`` is set while they are gone; ``submissions``, ``best_passed`` and
    ``done`` are of the current round. Who came late plays ``from_round`` on."""

    seat: e.Seat
    claim_at: datetime | None = None
    left: bool = False
    resigned: bool = False
    submissions: int = 0
    best_passed: int = 0
    rounds_won: int = 0
    points: int = 0
    done: bool = False
    from_round: int = 1
    last_solved_at: datetime | None = None

    @property
    def gone(self) -> bool:
        """Whether the player is away."""
        return self.claim_at is not None


@dataclass(frozen=True)
class Submission:
    """A submission of the current round; ``verdict`` is None while it is being judged. ``length`` is in characters,
    where that counts."""

    id: int
    user_id: int
    received_at: datetime
    verdict: str | None = None
    passed: int = 0
    length: int | None = None


@dataclass(frozen=True)
class Round:
    """The current or last round. ``submissions`` are in the order of receipt."""

    number: int
    problem_id: int
    tests: int
    started_at: datetime
    ends_at: datetime
    submissions: tuple[Submission, ...] = ()


@dataclass(frozen=True)
class MatchState:
    """A match after event number ``version`` of its room. ``players`` are in the order of their seats, by user id.

    ``play_began_at`` is when the first round started; ``judged`` whether anything handed in has got its verdict.
    """

    version: int = 0
    phase: Phase = Phase.WAITING
    found: e.MatchFound | None = None
    problems: tuple[e.RoundProblem, ...] = ()
    players: tuple[Player, ...] = ()
    round: Round | None = None
    outcome: e.MatchFinished | None = None
    play_began_at: datetime | None = None
    judged: bool = False

    def may_play(self, user_id: int) -> bool:
        """Whether this is a player for whom the current round counts."""
        player = self.player(user_id)
        return bool(player and self.round and not player.resigned and player.from_round <= self.round.number)

    def player(self, user_id: int) -> Player | None:
        """The player with this user id, or None."""
        return next((player for player in self.players if player.seat.user_id == user_id), None)

    @property
    def active(self) -> tuple[Player, ...]:
        """The players who still take part."""
        return tuple(player for player in self.players if not player.resigned)


def replay(recorded: Iterable[e.Recorded], state: MatchState | None = None) -> MatchState:
    """The state after all these events, from the beginning or from ``state``."""
    state = state or MatchState()
    for entry in recorded:
        state = evolve(state, entry.event, entry.at)
    return state


def opened(entry: e.Recorded) -> MatchState:
    """The match right after the event that it begins with, of whatever number."""
    return evolve(MatchState(entry.version - 1), entry.event, entry.at)


def evolve(state: MatchState, event: e.RoomsEvent, at: datetime) -> MatchState:
    """The state after one more event. Whether the event may happen was decided before; here it simply did. What happens
    to the room changes nothing in its match, but that who enters is here."""
    state = replace(state, version=state.version + 1)
    if isinstance(event, RoomEvent):
        player = state.player(event.member.user_id) if isinstance(event, MemberEntered) else None
        return _with_player(state, replace(player, claim_at=None, left=False)) if player else state
    match event:
        case e.MatchFound():
            players = tuple(Player(seat) for seat in event.players)
            return MatchState(state.version, Phase.COUNTDOWN, found=event, players=players)
        case e.PlayerSeated():
            players = (*state.players, Player(event.player, from_round=event.from_round))
            return replace(state, players=tuple(sorted(players, key=lambda player: player.seat.user_id)))
        case e.MatchStarted():
            return replace(state, phase=Phase.PLAYING, problems=event.problems)
        case e.RoundStarted():
            fresh = tuple(replace(player, submissions=0, best_passed=0, done=False) for player in state.players)
            opened = Round(event.number, event.problem_id, event.tests, at, event.ends_at)
            return replace(state, round=opened, players=fresh, play_began_at=state.play_began_at or at)
        case e.SubmissionReceived():
            state = _with_submission(state, Submission(event.submission_id, event.user_id, at))
            player = _seated(state, event.user_id)
            return _with_player(state, replace(player, submissions=player.submissions + 1))
        case e.SubmissionJudged():
            state = _judged(state, event)
            state = replace(state, judged=state.judged or event.verdict != JUDGE_ERROR)
            player = _seated(state, event.user_id)
            return _with_player(state, replace(player, best_passed=max(player.best_passed, event.passed)))
        case e.PlayerDone():
            return _with_player(state, replace(_seated(state, event.user_id), done=True))
        case e.PlayerGone():
            player = _seated(state, event.user_id)
            return _with_player(state, replace(player, claim_at=event.claim_at, left=event.left))
        case e.PlayerBack():
            return _with_player(state, replace(_seated(state, event.user_id), claim_at=None, left=False))
        case e.PlayerResigned():
            return _with_player(state, replace(_seated(state, event.user_id), resigned=True))
        case e.RoundFinished():
            for standing in event.standings:
                player = _seated(state, standing.user_id)
                solved_at = standing.at if standing.solved else player.last_solved_at
                scored = replace(player, points=player.points + standing.points, last_solved_at=solved_at)
                state = _with_player(state, scored)
            if event.winner_id is None:
                return state
            player = _seated(state, event.winner_id)
            return _with_player(state, replace(player, rounds_won=player.rounds_won + 1))
        case e.MatchFinished():
            return replace(state, phase=Phase.FINISHED, outcome=event)
        case _:
            assert_never(event)


def _seated(state: MatchState, user_id: int) -> Player:
    return next(player for player in state.players if player.seat.user_id == user_id)


def _with_player(state: MatchState, changed: Player) -> MatchState:
    players = tuple(changed if player.seat.user_id == changed.seat.user_id else player for player in state.players)
    return replace(state, players=players)


def _judged(state: MatchState, event: e.SubmissionJudged) -> MatchState:
    submissions = state.round.submissions if state.round else ()
    known = next(submission for submission in submissions if submission.id == event.submission_id)
    return _with_submission(state, replace(known, verdict=event.verdict, passed=event.passed, length=event.length))


def _with_submission(state: MatchState, changed: Submission) -> MatchState:
    """Put the submission in the place that its receipt gave it: the end when new, where it was when known."""
    assert state.round is not None, "submissions are received in rounds"
    known = {submission.id: submission for submission in state.round.submissions}
    known[changed.id] = changed
    return replace(state, round=replace(state.round, submissions=tuple(known.values())))
