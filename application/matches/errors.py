"""What may not be done in a match, or not yet."""

from __future__ import annotations

from application.base.errors import CodemazeError


class MatchNotStarted(CodemazeError):
    code, status, default = "match_not_started", 409, "The match has not started yet."


class MatchAlreadyStarted(CodemazeError):
    code, status, default = "match_already_started", 409, "The match has already started."


class MatchAlreadyFinished(CodemazeError):
    code, status, default = "match_already_finished", 409, "The match is over."


class NotAPlayer(CodemazeError):
    code, status, default = "not_a_player", 403, "You are not a player of this match."


class PlayerIsOut(CodemazeError):
    code, status, default = "player_is_out", 409, "You have already left this match."


class InvalidMatch(CodemazeError):
    code, status, default = "invalid_match", 422, "A match needs at least two different players and one round."


class RoundOver(CodemazeError):
    code, status, default = "round_over", 409, "The time of this round is up."


class SubmissionPending(CodemazeError):
    code, status, default = "submission_pending", 409, "Your last submission is still being judged."


class RoundDone(CodemazeError):
    code, status, default = "round_done", 409, "You are done with this round."


class NotYetSeated(CodemazeError):
    code, status, default = "not_yet_seated", 409, "You play from the next round on."


class LanguageNotAllowed(CodemazeError):
    code, status, default = "language_not_allowed", 422, "This room is played in other languages."


class RunPending(CodemazeError):
    code, status, default = "run_pending", 409, "Your last run is still going on."


class InvalidArguments(CodemazeError):
    code, status, default = "invalid_arguments", 422, "The arguments do not fit the problem's signature."


class UnknownSubmission(CodemazeError):
    code, status, default = "unknown_submission", 404, "There is no such submission in this match."


class AlreadyJudged(CodemazeError):
    code, status, default = "already_judged", 409, "This submission has its verdict."


class AlreadyGone(CodemazeError):
    code, status, default = "already_gone", 409, "The player is already known to be gone."


class NotGone(CodemazeError):
    code, status, default = "not_gone", 409, "The player is not gone."


class OpponentPresent(CodemazeError):
    code, status, default = "opponent_present", 409, "Your opponent is here; there is nothing to claim."


class GraceNotOver(CodemazeError):
    code, status, default = "grace_not_over", 409, "Your opponent may still come back; wait until claim_at."


class BeingJudged(CodemazeError):
    code, status = "being_judged", 409
    default = "Something that was handed in earlier is still being judged; ask again in a moment."


class NothingDue(CodemazeError):
    code, status, default = "nothing_due", 409, "Nothing is due in this match at this time."
