"""What a refusal is, and those that every capability may meet; its own are in its ``errors.py``.

A rule or a service raises one of these; ``web/errors.py`` turns it into an HTTP answer and ``realtime/door.py`` into an
acknowledgement. Neither knows more about an error than what stands with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
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


class NotAuthenticated(CodemazeError):
    code, status, default = "not_authenticated", 401, "A valid access token is needed."


class TokenRevoked(NotAuthenticated):
    code, default = "token_revoked", "This token was logged out."


class TokenExpired(NotAuthenticated):
    code, default = "token_expired", "This token has expired; log in again."


class NoProblemInPlay(CodemazeError):
    code, status, default = "no_problem_in_play", 503, "No problem is in play yet."


class UnknownLanguage(CodemazeError):
    code, status, default = "unknown_language", 422, "This server does not judge that language."


class EmptySubmission(CodemazeError):
    code, status, default = "empty_submission", 422, "There is no code in the submission."


class InvalidArguments(CodemazeError):
    code, status, default = "invalid_arguments", 422, "The arguments do not fit the problem's signature."


class JudgeUnavailable(CodemazeError):
    code, status, default = "judge_unavailable", 503, "Judging is switched off on this server."


class MatchNotFound(CodemazeError):
    code, status, default = "match_not_found", 404, "There is no such match, or you are not in it."


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


def by_code(*modules: ModuleType) -> dict[str, type[CodemazeError]]:
    """The errors that are defined in these modules, by their codes; what else is loaded makes no difference."""
    kinds = [kind for module in modules for kind in vars(module).values() if isinstance(kind, type)]
    names = {module.__name__ for module in modules}
    return {kind.code: kind for kind in kinds if issubclass(kind, CodemazeError) and kind.__module__ in names}


def known(error: Exception) -> CodemazeError:
    """The error as a caller may see it: itself when it has a name, else DatabaseUnavailable or ServerError."""
    if isinstance(error, CodemazeError):
        return error
    of_database = type(error).__module__.startswith(("sqlalchemy.", "psycopg2"))
    if of_database and type(error).__name__ in ("OperationalError", "InterfaceError", "TimeoutError"):
        return DatabaseUnavailable()
    return ServerError()
