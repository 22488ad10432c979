"""What can be asked of a match. A command is a wish; ``match.decide`` says which events it causes, if any."""

from __future__ import annotations

from dataclasses import dataclass

from application.matches.rules.events import RoundProblem, Seat, UnratedBecause
from application.ratings.ranks import Standing as Standing


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
    """The judge has answered for a submission, or (``judge_error``) could not."""

    submission_id: int
    verdict: str
    passed: int
    total: int


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
    | StartMatch
    | SubmitCode
    | RecordJudgement
    | Resign
    | MarkGone
    | MarkBack
    | ClaimWin
    | AnnounceWinner
    | EndRound
    | ReviewAbsence
    | Abort
)
