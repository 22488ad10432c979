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
