"""What can be asked of a match. A command is a wish; ``match.decide`` says which events it causes, if any."""

from __future__ import annotations

from dataclasses import dataclass

from application.matches.rules.events import RoundProblem, Scoring, Seat, UnratedBecause
from application.ratings.ranks import Standing as Standing
from application.rooms.rules.commands import RoomCommand
from application.rooms.rules.events import Member
from application.rooms.rules.settings import RoomSettings


@dataclass(frozen=True)
class SeatPlayers:
    """Open the match for these players, rated unless there is a reason against it. Durations are in seconds."""

    session_id: int
    room: str
    players: tuple[Seat, ...]
    unrated_because: UnratedBecause | None
    rounds: int
    countdown_seconds: int
    round_seconds: int
    grace_seconds: int
    rated_after_seconds: int
    scoring: Scoring = "rounds"
    settings: RoomSettings | None = None
    host_id: int | None = None
    members: tuple[Member, ...] = ()
    removed: tuple[int, ...] = ()
    invited_id: int | None = None


@dataclass(frozen=True)
class SeatLate:
    """Let somebody play who came when the match was going on, from the next round on."""

    player: Seat


@dataclass(frozen=True)
class StartMatch:
    """The countdown is over: play these problems, one a round."""

    problems: tuple[RoundProblem, ...]


@dataclass(frozen=True)
class SubmitCode:
    """A player hands in a solution."""

    user_id: int
    submission_id: int
    language: str


@dataclass(frozen=True)
class RecordJudgement:
    """The judge has answered for a submission, or (``judge_error``) could not. ``length`` is the code's."""

    submission_id: int
    verdict: str
    passed: int
    total: int
    length: int | None = None


@dataclass(frozen=True)
class FinishRound:
    """A player hands in nothing more in this round."""

    user_id: int


@dataclass(frozen=True)
class Resign:
    """A player gives up."""

    user_id: int


@dataclass(frozen=True)
class MarkGone:
    """A player's last connection ended, or (``left``) they left the room on purpose."""

    user_id: int
    left: bool = False


@dataclass(frozen=True)
class MarkBack:
    """A player is here again."""

    user_id: int


@dataclass(frozen=True)
class ClaimWin:
    """A player asks for the win because all others have been away for the grace."""

    user_id: int


@dataclass(frozen=True)
class AnnounceWinner:
    """The browser announced this winner: the classic client judges for itself, and nothing was handed in here."""

    user_id: int


@dataclass(frozen=True)
class EndRound:
    """The round's time is up."""


@dataclass(frozen=True)
class ReviewAbsence:
    """A grace ran out: see whether anybody is left."""


@dataclass(frozen=True)
class Abort:
    """The server cannot carry the match on."""


Command = (
    SeatPlayers
    | SeatLate
    | StartMatch
    | SubmitCode
    | RecordJudgement
    | FinishRound
    | Resign
    | MarkGone
    | MarkBack
    | ClaimWin
    | AnnounceWinner
    | EndRound
    | ReviewAbsence
    | Abort
)

RoomsCommand = Command | RoomCommand
"""Whatever can be asked of a room and of the match in it."""
