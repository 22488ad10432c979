"""The one form of every HTTP failure, whether a route, the engine of Socket.IO or the server itself answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from werkzeug.datastructures import Headers

from application.base.errors import DatabaseUnavailable, PayloadTooLarge, RateLimited, ServerError
from application.web import policy

Json = dict[str, Any]
Environment = dict[str, Any]
Application = Callable[[Environment, Callable[..., Any]], Iterable[bytes]]

CODES = {
    400: ("invalid_request", "The request is not well formed."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take that method."),
    406: ("not_acceptable", "This address cannot answer in a form that you accept."),
    413: (PayloadTooLarge.code, PayloadTooLarge.default),
    414: ("address_too_long", "The address is longer than this server reads."),
    415: ("unsupported_media_type", "The body must be JSON, sent as application/json."),
    429: (RateLimited.code, RateLimited.default),
    431: ("headers_too_large", "The headers are more or longer than this server reads."),
    500: (ServerError.code, ServerError.default),
    503: (DatabaseUnavailable.code, "The server cannot answer now; try again shortly."),
}
"""What each failure of HTTP itself is called, by its status; any other is an ``error``."""


def shaped(body: Json) -> Json:
    """The whole body of a failure, from its ``code``, its ``message`` and whatever else it has."""
    return {"status": "fail", **body, "error": body["message"]}


def encoded(status: int, message: str | None = None) -> bytes:
    """The body of a failure of HTTP itself, as JSON."""
    code, usual = CODES.get(status, ("error", HTTPStatus(status).phrase if status in _KNOWN else "Failed"))
    return json.dumps(shaped({"code": code, "message": message or usual})).encode()


_KNOWN = frozenset(HTTPStatus)


class OneForm:
    """WSGI middleware around everything: a failure that comes in another form leaves in ours, and no answer without
    what browsers need to be told."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environment: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        refused: list[tuple[str, Headers]] = []

        def start(status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Callable[[bytes], Any]:
            found = Headers(headers)
            for name, value in policy.HEADERS.items():
                found.setdefault(name, value)
            if int(status[:3]) < 400 or found.get("Content-Type", "").startswith("application/json"):
                write: Callable[[bytes], Any] = start_response(status, found.to_wsgi_list(), *exc_info)
                return write
            refused.append((status, found))
            return lambda _body: None

        answer = self._application(environment, start)
        if not refused:
            return answer
        if hasattr(answer, "close"):
            answer.close()
        status, headers = refused[-1]
        body = encoded(int(status[:3]))
        for name in ("Content-Encoding", "Transfer-Encoding"):
            headers.remove(name)
        headers["Content-Type"], headers["Content-Length"] = "application/json", str(len(body))
        start_response(status, headers.to_wsgi_list())
        return [] if environment["REQUEST_METHOD"] == "HEAD" else [body]
