"""The events of matches, as the clients receive them. ``matches/rules/views.py`` makes them; these
models describe them for ``/asyncapi.json``, and the tests hold every event that is sent against them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from application.realtime.notices import Shape

Time = str
"""UTC, ISO 8601, milliseconds, ending in Z."""


UnratedBecause = Literal["too_short", "same_opponents", "room", "practice", "bot"] | None
"""Why a match changes no standing; null when it is rated."""


class SeatShape(Shape):
    """A player as the match knows them."""

    user_id: int
    username: str
    avatar: str | None
    rank: str
    bot: bool


class PlayerShape(SeatShape):
    """A player in the view; the counts are of the current round."""

    connected: bool
    claim_at: Time | None = Field(description="While gone: from when on the win may be claimed.")
    resigned: bool
    submissions: int
    best_passed: int
    total: int = Field(description="Tests of the current problem; 0 before the first round.")
    rounds_won: int
    points: int
    place: int = Field(description="By points; equals share one.")
    done: bool = Field(description="Whether they have finished the round.")


class MemberShape(Shape):
    """Somebody who is in the room."""

    user_id: int
    username: str
    avatar: str | None
    rank: str
    rating: int | None
    role: Literal["player", "watcher"] = Field(alias="as")
    bot: bool
    connected: bool


class RoundShape(Shape):
    """The current or last round."""

    number: int
    of: int
    problem: dict[str, Any] = Field(description="As GET /problems/<id> shows it, starter code included.")
    started_at: Time
    ends_at: Time


class CodeShape(Shape):
    """The code that you handed in last."""

    language: str
    code: str


class YouShape(Shape):
    """What is yours alone."""

    user_id: int | None = Field(description="Null in the match_found of who only looks on.")
    role: Literal["player", "watcher"] = Field(alias="as")
    drafts: dict[str, str] = Field(description="The code that you wrote last in each language.")
    last_code: CodeShape | None
    pending: int | None = Field(description="Your submission that is being judged.")
    last_judged: dict[str, Any] | None = Field(description="Your last submission_judged of this match.")


class PlayerResultShape(Shape):
    """What the match did to one player."""

    user_id: int
    username: str
    result: Literal["won", "lost", "draw"]
    xp_before: int
    xp_after: int
    rank_before: str
    rank_after: str
    wins: int
    losses: int
    place: int | None
    points: int | None


class StandingShape(Shape):
    """How one player did in a round."""

    user_id: int
    place: int
    points: int = Field(description="How many players they beat.")
    solved: bool
    passed: int
    total: int
    at: Time | None = Field(description="When what counts was received.")
    length: int | None = Field(description="Its characters, where they count.")


class OutcomeShape(Shape):
    """How the match ended: the same for everybody."""

    reason: Literal["solved", "resigned", "abandoned", "time_up", "aborted"]
    winner_id: int | None
    session_id: int
    players: list[PlayerResultShape]
    rated: bool
    unrated_because: UnratedBecause


class View(Shape):
    """The whole room, and the match in it, as you may see it."""

    room: str
    session_id: int | None
    version: int
    now: Time = Field(description="The server's time; clocks are reckoned from it.")
    phase: Literal["waiting", "countdown", "playing", "finished"]
    rated: bool
    unrated_because: UnratedBecause
    countdown_ends_at: Time | None
    settings: dict[str, Any]
    host_id: int | None
    members: list[MemberShape]
    rematch: list[int] = Field(description="Who would play again.")
    watchers: int
    players: list[PlayerShape]
    round: RoundShape | None
    you: YouShape
    outcome: OutcomeShape | None


class Envelope(Shape):
    """What every event of a match carries. ``version`` is its number in the room: from 1, without holes."""

    room: str
    version: int
    at: Time
    session_id: int = Field(description="The match that the event belongs to.")


class MatchFound(Envelope):
    """You have an opponent; play starts at ``countdown_ends_at``."""

    opponents: list[SeatShape]
    players: list[SeatShape]
    rated: bool
    unrated_because: UnratedBecause
    rounds: int
    countdown_ends_at: Time
    view: View


class PlayerSeated(Envelope):
    """Somebody who came late plays from the next round on."""

    player: PlayerShape


class MatchStarted(Envelope):
    """The countdown is over."""

    players: list[SeatShape]


class RoundStarted(Envelope):
    """Here is the problem; everybody has the same, until ``ends_at``."""

    round: int
    of: int
    problem: dict[str, Any]
    tests: int
    started_at: Time
    ends_at: Time


class SubmissionReceived(Envelope):
    """Somebody handed code in. The code itself is not told with it."""

    user_id: int
    submission_id: int
    language: str


class SubmissionJudged(Envelope):
    """The verdict on a submission. The last five fields are sent to its author only."""

    user_id: int
    submission_id: int
    verdict: str
    passed: int
    total: int
    length: int | None = Field(description="Of the code, in characters, where that counts.")
    results: list[dict[str, Any]] | None = None
    console: str | None = None
    message: str | None = None
    time_ms: int | None = None
    memory_kib: int | None = None


class PlayerDone(Envelope):
    """A player hands in nothing more in this round."""

    user_id: int


class PlayerGone(Envelope):
    """A player is away. From ``claim_at`` on you may send ``claim_win``."""

    user_id: int
    claim_at: Time
    left: bool


class PlayerBack(Envelope):
    """A player who was away is here again."""

    user_id: int
    claim_at: None


class PlayerResigned(Envelope):
    """A player gave up."""

    user_id: int


class RoundFinished(Envelope):
    """The round is decided; ``winner_id`` null when nobody solved it."""

    number: int
    winner_id: int | None
    standings: list[StandingShape]


class MatchFinished(Envelope):
    """The match is over. ``outcome`` is complete and the same for everybody."""

    outcome: OutcomeShape


ANNOUNCEMENTS: dict[str, type[Envelope]] = {
    "match_found": MatchFound,
    "player_seated": PlayerSeated,
    "match_started": MatchStarted,
    "round_started": RoundStarted,
    "submission_received": SubmissionReceived,
    "submission_judged": SubmissionJudged,
    "player_done": PlayerDone,
    "player_gone": PlayerGone,
    "player_back": PlayerBack,
    "player_resigned": PlayerResigned,
    "round_finished": RoundFinished,
    "match_finished": MatchFinished,
}
