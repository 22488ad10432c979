"""The facts that a match consists of, each in the past tense.

A match is the list of these in order; its state, its views and its replay are made from nothing else. ``encode`` and
``decode`` give the form in which the journal keeps them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from pydantic import TypeAdapter

from application.rooms.rules.events import Member, RoomEvent
from application.rooms.rules.settings import RoomSettings

Reason = Literal["solved", "resigned", "abandoned", "time_up", "aborted"]
Result = Literal["won", "lost", "draw"]
UnratedBecause = Literal["too_short", "same_opponents", "room", "practice", "bot"]
"""``too_short``: it ended before it was played in earnest; ``same_opponents``: these two have met too often lately;
``room``: people made the room, and who plays in it; ``practice``: it was played alone; ``bot``: it was played against a
bot."""

Scoring = Literal["rounds", "points"]
"""``rounds``: a round counts for who solves it, as in lobby duels; ``points``: for everybody, by how many they beat."""


@dataclass(frozen=True)
class Seat:
    """A player as the match knows them; rank and avatar are those at the time of pairing."""

    user_id: int
    username: str
    avatar: str | None
    rank: str
    bot: bool = False


@dataclass(frozen=True)
class RoundProblem:
    """The problem of one round, by id, and how many tests it has."""

    problem_id: int
    tests: int


@dataclass(frozen=True)
class PlayerResult:
    """What the match did to one player; XP, rank, wins and losses are complete, so nobody has to compute them."""

    user_id: int
    username: str
    result: Result
    xp_before: int
    xp_after: int
    rank_before: str
    rank_after: str
    wins: int
    losses: int
    place: int | None = None
    points: int | None = None


@dataclass(frozen=True)
class RoundStanding:
    """How one player did in one round. ``at`` is when what counts was received, ``length`` how many characters it has
    where that counts; ``points`` is how many players they beat."""

    user_id: int
    place: int
    points: int
    solved: bool
    passed: int
    total: int
    at: datetime | None
    length: int | None


@dataclass(frozen=True)
class MatchFound:
    """Players are to meet; a countdown runs until ``countdown_ends_at``. Durations are in seconds.

    ``rated_after_seconds``: a match that ends before its first round has lasted so long, and before anything that was
    handed in has been judged, is not rated. Where people opened the room, ``settings``, ``host_id``, ``members`` and
    ``removed`` say how it stands, so that the match can be read from here on; ``settings`` is None in lobby duels.
    """

    session_id: int
    room: str
    players: tuple[Seat, ...]
    rated: bool
    rounds: int
    round_seconds: int
    grace_seconds: int
    countdown_ends_at: datetime
    unrated_because: UnratedBecause | None = None
    rated_after_seconds: int = 0
    countdown_seconds: int = 3
    scoring: Scoring = "rounds"
    settings: RoomSettings | None = None
    host_id: int | None = None
    members: tuple[Member, ...] = ()
    removed: tuple[int, ...] = ()
    invited_id: int | None = None

    @cached_property
    def rules(self) -> RoomSettings:
        """The settings that the match is played under."""
        return self.settings or RoomSettings(
            rounds=self.rounds, round_seconds=self.round_seconds, countdown_seconds=self.countdown_seconds
        )


@dataclass(frozen=True)
class PlayerSeated:
    """Somebody who came late plays from round ``from_round`` on."""

    player: Seat
    from_round: int


@dataclass(frozen=True)
class MatchStarted:
    """The countdown ended and the problems of all rounds were chosen; no player is told which."""

    problems: tuple[RoundProblem, ...]


@dataclass(frozen=True)
class RoundStarted:
    """Round ``number`` (from 1) runs until ``ends_at``."""

    number: int
    problem_id: int
    tests: int
    ends_at: datetime


@dataclass(frozen=True)
class SubmissionReceived:
    """Code arrived; its place in the journal is its place in the order of receipt."""

    user_id: int
    submission_id: int
    language: str


@dataclass(frozen=True)
class SubmissionJudged:
    """The judge answered: so many of the tests passed. ``length`` is the code's, in characters, where that counts."""

    user_id: int
    submission_id: int
    verdict: str
    passed: int
    total: int
    length: int | None = None


@dataclass(frozen=True)
class PlayerDone:
    """A player hands in nothing more in this round."""

    user_id: int


@dataclass(frozen=True)
class PlayerGone:
    """A player is away; from ``claim_at`` on the others may claim. ``left`` says they went on purpose."""

    user_id: int
    claim_at: datetime
    left: bool


@dataclass(frozen=True)
class PlayerBack:
    """A player who was away is here again."""

    user_id: int


@dataclass(frozen=True)
class PlayerResigned:
    """A player gave up and takes no further part."""

    user_id: int


@dataclass(frozen=True)
class RoundFinished:
    """A round was decided: won, or (None) not solved by anybody."""

    number: int
    winner_id: int | None
    standings: tuple[RoundStanding, ...] = ()


@dataclass(frozen=True)
class MatchFinished:
    """The match is over; this is the one account of how, for everybody. Only what is ``rated`` changes standings."""

    reason: Reason
    winner_id: int | None
    session_id: int
    players: tuple[PlayerResult, ...]
    rated: bool = True
    unrated_because: UnratedBecause | None = None


Event = (
    MatchFound
    | PlayerSeated
    | MatchStarted
    | RoundStarted
    | SubmissionReceived
    | SubmissionJudged
    | PlayerDone
    | PlayerGone
    | PlayerBack
    | PlayerResigned
    | RoundFinished
    | MatchFinished
)

RoomsEvent = Event | RoomEvent
"""Whatever stands in the journal of a room."""


@dataclass(frozen=True)
class Recorded:
    """An event with its number in the room (from 1, without holes) and the time it was recorded."""

    version: int
    at: datetime
    event: RoomsEvent


def name_of(event: RoomsEvent | type[RoomsEvent]) -> str:
    """The event's name on the wire and in the journal, such as ``match_found``."""
    return _NAMES[event if isinstance(event, type) else type(event)]


def encode(event: RoomsEvent) -> dict[str, Any]:
    """The event's fields as JSON values; times are ISO 8601 in UTC."""
    encoded: dict[str, Any] = _ADAPTERS[name_of(event)].dump_python(event, mode="json")
    return encoded


def encode_text(event: RoomsEvent) -> str:
    """The same as the text of a JSON object."""
    return _ADAPTERS[name_of(event)].dump_json(event).decode()


def decode(name: str, payload: dict[str, Any]) -> RoomsEvent:
    """The event that ``encode`` was given; raises KeyError for a name that no event has."""
    event: RoomsEvent = _ADAPTERS[name].validate_python(payload)
    return event


_NAMES: dict[type[RoomsEvent], str] = {
    kind: re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower() for kind in (*Event.__args__, *RoomEvent.__args__)
}
_ADAPTERS: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(kind) for kind, name in _NAMES.items()}
EVENT_NAMES = tuple(_ADAPTERS)
