"""Every way a request can be refused, by name.

A rule or a service raises one of these; ``web/errors.py`` turns it into an HTTP answer and
``realtime/door.py`` into an acknowledgement. Neither knows more about an error than what stands here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class CodemazeError(Exception):
    """A refusal that is the caller's to read.

    ``code`` is stable and for programs, ``message`` is a sentence for people, ``status`` is the HTTP status.
    ``fields`` says per field of the request what is wrong with it. ``retry_after`` is in seconds.
    """

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    default: ClassVar[str] = "The request could not be carried out."

    def __init__(
        self, message: str | None = None, *, fields: Mapping[str, str] | None = None, retry_after: int | None = None
    ) -> None:
        self.message = message or self.default
        self.fields = dict(fields or {})
        self.retry_after = retry_after
        super().__init__(self.message)


class InvalidRequest(CodemazeError):
    code, status, default = "invalid_request", 400, "The request is not well formed."


class UnknownEvent(CodemazeError):
    code, status, default = "unknown_event", 400, "There is no such event."


class ClientIdReused(CodemazeError):
    code, status, default = "client_id_reused", 409, "This client_id was used for another request before."


class PayloadTooLarge(CodemazeError):
    code, status, default = "payload_too_large", 413, "The request is larger than 256 KiB."


class ServerError(CodemazeError):
    code, status, default = "server_error", 500, "Something went wrong on the server."


class DatabaseUnavailable(CodemazeError):
    code, status, default = "database_unavailable", 503, "The database cannot be reached; try again shortly."


class RateLimited(CodemazeError):
    code, status, default = "rate_limited", 429, "Too many requests; wait a little."


class ServerRestarting(CodemazeError):
    code, status, default = "server_restarting", 503, "This server is being restarted; try again in a moment."


# --- accounts


class InvalidUsername(CodemazeError):
    code, status = "invalid_username", 400
    default = "A username has 2 to 30 letters, digits, or the signs _ - and the full stop."


class InvalidPassword(CodemazeError):
    code, status, default = "invalid_password", 400, "A password has 8 to 128 characters."


class UsernameTaken(CodemazeError):
    code, status, default = "username_taken", 409, "This username is taken."


class WrongCredentials(CodemazeError):
    code, status, default = "wrong_credentials", 401, "Username or password is wrong."


class NotAuthenticated(CodemazeError):
    code, status, default = "not_authenticated", 401, "A valid access token is needed."


class TokenRevoked(NotAuthenticated):
    code, default = "token_revoked", "This token was logged out."


class TokenExpired(NotAuthenticated):
    code, default = "token_expired", "This token has expired; log in again."


class InvalidAvatar(CodemazeError):
    code, status = "invalid_avatar", 422
    default = "An avatar is an https URL of at most 500 characters, without quotes, spaces or a user's name."


class UserNotFound(CodemazeError):
    code, status, default = "user_not_found", 404, "There is no such user."


class NobodyFound(CodemazeError):
    code, status, default = "nobody_found", 400, "Neither of these users exists."


class NotATeacher(CodemazeError):
    code, status, default = "not_a_teacher", 403, "Only teachers may do this."


class ClassicClientOff(CodemazeError):
    code, status = "classic_client_off", 403
    default = "This server records matches itself; reporting one is for the classic client, which is switched off."


class WinnerNotAnnounced(CodemazeError):
    code, status = "winner_not_announced", 403
    default = "These two have played no game in which that winner was announced."


class NotSeated(CodemazeError):
    code, status, default = "not_seated", 409, "Join a room first."


class NotAWin(CodemazeError):
    code, status = "not_a_win", 409
    default = (
        "A player announces their own win, once a game, after a question was set and a submission button was pressed."
    )


# --- problems and the judge


class ProblemNotFound(CodemazeError):
    code, status, default = "problem_not_found", 404, "There is no such problem."


class NoProblemInPlay(CodemazeError):
    code, status, default = "no_problem_in_play", 503, "No problem is in play yet."


class ProblemNotPlayed(CodemazeError):
    code, status, default = "problem_not_played", 403, "You have not had this problem in a match."


class InvalidReason(CodemazeError):
    code, status, default = "invalid_reason", 422, "A reason has 1 to 1000 characters that can be read."


class ProblemNotProven(CodemazeError):
    code, status, default = "problem_not_proven", 409, "There is no proof of this problem."


class AiNotConfigured(CodemazeError):
    code, status, default = "ai_not_configured", 503, "This server has no language model to ask."


class AiRefused(CodemazeError):
    code, status, default = "ai_refused", 502, "The model refused to answer."


class AiTruncated(CodemazeError):
    code, status, default = "ai_truncated", 502, "The model's answer was cut off."


class AiAnswerInvalid(CodemazeError):
    code, status, default = "ai_answer_invalid", 502, "The model's answer is not of the form that was asked for."


class AiKeyRejected(CodemazeError):
    code, status, default = "ai_key_rejected", 503, "The model's server does not accept this server's key."


class AiBusy(CodemazeError):
    code, status, default = "ai_busy", 503, "The model's server takes no more requests for now."


class AiUnavailable(CodemazeError):
    code, status, default = "ai_unavailable", 503, "The model's server cannot be reached or does not work."


class AiTimeout(CodemazeError):
    code, status, default = "ai_timeout", 504, "The model took too long to answer."


class AiQuotaExceeded(CodemazeError):
    code, status, default = "ai_quota_exceeded", 429, "You have asked the model as often as you may today."


class AiBudgetExceeded(CodemazeError):
    code, status, default = "ai_budget_exceeded", 503, "This server has spent what it may spend on the model today."


class DraftNotFound(CodemazeError):
    code, status, default = "draft_not_found", 404, "There is no such draft, or it is not yours."


class DraftRejected(CodemazeError):
    code, status, default = "draft_rejected", 422, "The draft could not be proven."


class InvalidDraft(CodemazeError):
    code, status, default = "invalid_draft", 422, "The draft is not well formed."


class SlugTaken(CodemazeError):
    code, status, default = "slug_taken", 409, "There is a problem with this slug; a new version of it is put there."


class TooManyDrafts(CodemazeError):
    code, status, default = "too_many_drafts", 429, "Too many drafts of yours are still being proven; wait for them."


class UnknownLanguage(CodemazeError):
    code, status, default = "unknown_language", 422, "This server does not judge that language."


class EmptySubmission(CodemazeError):
    code, status, default = "empty_submission", 422, "There is no code in the submission."


class InvalidArguments(CodemazeError):
    code, status, default = "invalid_arguments", 422, "The arguments do not fit the problem's signature."


class JudgeUnavailable(CodemazeError):
    code, status, default = "judge_unavailable", 503, "Judging is switched off on this server."


# --- matches


class MatchNotFound(CodemazeError):
    code, status, default = "match_not_found", 404, "There is no such match, or you are not in it."


class MatchNotStarted(CodemazeError):
    code, status, default = "match_not_started", 409, "The match has not started yet."


class MatchAlreadyStarted(CodemazeError):
    code, status, default = "match_already_started", 409, "The match has already started."


class MatchAlreadyFinished(CodemazeError):
    code, status, default = "match_already_finished", 409, "The match is over."


class MatchNotFinished(CodemazeError):
    code, status, default = "match_not_finished", 409, "The match is still going on."


class NothingToReview(CodemazeError):
    code, status, default = "nothing_to_review", 409, "Nobody handed in any code in this match."


class ReviewInProgress(CodemazeError):
    code, status, default = "review_in_progress", 409, "The review of this match is being written."


class ReviewNotFound(CodemazeError):
    code, status, default = "review_not_found", 404, "Nobody has asked for a review of this match yet."


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


class RunPending(CodemazeError):
    code, status, default = "run_pending", 409, "Your last run is still going on."


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


def named(code: str, message: str | None = None) -> CodemazeError:
    """The error with this code, as it was kept; ServerError for a code that no error has."""
    kinds = [CodemazeError]
    for kind in kinds:
        if kind.code == code:
            return kind(message)
        kinds += kind.__subclasses__()
    return ServerError()


def known(error: Exception) -> CodemazeError:
    """The error as a caller may see it: itself when it has a name, else DatabaseUnavailable or ServerError."""
    if isinstance(error, CodemazeError):
        return error
    of_database = type(error).__module__.startswith(("sqlalchemy.", "psycopg2"))
    if of_database and type(error).__name__ in ("OperationalError", "InterfaceError", "TimeoutError"):
        return DatabaseUnavailable()
    return ServerError()
