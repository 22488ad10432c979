"""The one place where errors become HTTP answers, in the one shape that all of them have."""

from __future__ import annotations

import secrets
from typing import Any

import structlog
from flask import Response, json, request
from werkzeug.exceptions import ClientDisconnected, HTTPException, InternalServerError

from application.base import errors
from application.base.measures import ERRORS
from application.web.failure import CODES, shaped

Json = dict[str, Any]
MAX_MESSAGE_LENGTH = 300

log = structlog.get_logger()


def answer(error: Exception) -> Response:
    """The answer to a request that failed with ``error``; what nobody expected is logged under an id it carries."""
    if isinstance(error, InternalServerError) and isinstance(error.original_exception, Exception):
        error = error.original_exception
    if isinstance(error, HTTPException) and error.code is not None:
        return _of_http(error)
    known = errors.known(error)
    body: Json = {"code": known.code, "message": known.message}
    if known.fields:
        body["fields"] = known.fields
    if known.status >= 500 and not isinstance(error, errors.CodemazeError):
        body["error_id"] = secrets.token_hex(6)
        ERRORS.labels("http").inc()
        log.error("request_failed", error_id=body["error_id"], path=request.path, exc_info=error)
    headers = {} if known.retry_after is None else {"Retry-After": str(known.retry_after)}
    return _response(known.status, body, headers)


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500
    if 300 <= status < 400:
        return Response(status=status, headers=dict(error.get_headers(request.environ)))
    code, message = CODES.get(status, ("error", error.description or error.name))
    if status == 400 and request.is_json and not isinstance(error, ClientDisconnected):
        message = "The body is not valid JSON."
    body: Json = {"code": code, "message": message}
    flaws = getattr(error, "data", {}).get("errors") if isinstance(getattr(error, "data", None), dict) else None
    if isinstance(flaws, dict):
        body["message"] = "The body does not fit what this address takes."
        body["fields"] = {str(name or "body")[:80]: str(flaw)[:MAX_MESSAGE_LENGTH] for name, flaw in flaws.items()}
    kept = {name: value for name, value in error.get_headers(request.environ) if name in ("Allow", "Retry-After")}
    return _response(status, body, kept)


def _response(status: int, body: Json, headers: dict[str, str]) -> Response:
    return Response(json.dumps(shaped(body)), status, headers, mimetype="application/json")
