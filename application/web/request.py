"""What routes read from a request: its body, who asks, and which page of a list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask.json.provider import DefaultJSONProvider

from application.base.errors import InvalidRequest, PayloadTooLarge
from application.base.identity import Identity, TokenReader

MAX_PAGE = 100


def caller(tokens: TokenReader) -> Identity:
    """Who the request's bearer token speaks for; raises NotAuthenticated. The word ``Bearer`` may be left out."""
    scheme, _, token = request.headers.get("Authorization", "").strip().rpartition(" ")
    return tokens.identify(token if scheme.strip().lower() in ("", "bearer") else None)


def read_whole_body() -> None:
    """Read the body before anything counts or looks at the request, and refuse one that is too large or cut short here:
    a rate that looks into a body which then cannot be read would count nothing.

    Of one without a length werkzeug would hand on what fits as if it were all. Raises PayloadTooLarge.
    """
    size = len(request.get_data(cache=True))
    of_no_length = request.content_length is None and request.headers.get("Transfer-Encoding")
    if of_no_length and size >= (request.max_content_length or size + 1):
        raise PayloadTooLarge


class BoundedJson(DefaultJSONProvider):
    """Flask's JSON, for which nesting too deep is malformed rather than a crash."""

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        """Decode; raises ValueError for whatever cannot be decoded."""
        try:
            return super().loads(s, **kwargs)
        except RecursionError as error:
            raise ValueError("nested too deeply") from error


def page(default: int = 20, most: int = MAX_PAGE) -> tuple[int, int]:
    """``limit`` and ``offset`` of the query; raises InvalidRequest."""
    return _whole("limit", default, 1, most), _whole("offset", 0, 0, 1_000_000)


def page_params(default: int = 20, most: int = MAX_PAGE) -> dict[str, dict[str, Any]]:
    """The parameters of ``page`` for Swagger."""
    return {
        "limit": _param(f"How many at most (default {default}).", 1, most, default),
        "offset": _param("How many to pass over.", 0, 1_000_000, 0),
    }


def with_total(items: Sequence[Any], total: int) -> tuple[Sequence[Any], int, dict[str, str]]:
    """The answer that a list gives: the items, with how many there are in all in ``X-Total-Count``."""
    return items, 200, {"X-Total-Count": str(total)}


def _param(description: str, least: int, most: int, default: int) -> dict[str, Any]:
    return {
        "in": "query",
        "type": "integer",
        "minimum": least,
        "maximum": most,
        "default": default,
        "description": description,
    }


def _whole(name: str, default: int, least: int, most: int) -> int:
    text = request.args.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or not least <= int(text) <= most:
        raise InvalidRequest(fields={name: f"must be a whole number from {least} to {most}"})
    return int(text)
