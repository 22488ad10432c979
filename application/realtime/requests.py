"""A request of the Socket.IO protocol: its payload, its acknowledgement, and what carries it out.

``/asyncapi.json`` is made from these, so what is written in a table of requests is what the server does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import structlog
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from application.base import errors
from application.base.measures import ERRORS
from application.realtime.connections import Connection

Json = dict[str, Any]

MAX_CODE_LENGTH = 65_536
"""The longest code that is accepted, in characters."""

log = structlog.get_logger()


def _storable(text: str) -> str:
    """PostgreSQL's text holds neither NUL nor half a surrogate pair."""
    if "\x00" in text:
        raise ValueError("must not contain the NUL character")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError("must be valid Unicode") from error
    return text


Text = Annotated[str, AfterValidator(_storable)]
ROOM_PATTERN = r"^[A-Z]{6}$"
Room = Annotated[str, Field(pattern=ROOM_PATTERN, description="The room's code, six capital letters.")]


class Request(BaseModel):
    """The fields that every request may have."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    client_id: Annotated[Text, Field(min_length=1, max_length=64)] | None = Field(
        default=None, description="Makes the request safe to repeat: the same id again gets the first answer again."
    )


class Acknowledgement(BaseModel):
    """The answer to a request that was carried out."""

    ok: bool = Field(default=True, description="true")


class Refusal(BaseModel):
    """The answer to a request that was refused. Nothing has changed."""

    ok: bool = Field(default=False, description="false")
    code: str = Field(description="Stable, for programs.")
    message: str = Field(description="A sentence for people.")
    fields: dict[str, str] | None = Field(default=None, description="What is wrong, field by field.")
    retry_after: int | None = Field(default=None, description="Seconds to wait.")


@dataclass(frozen=True)
class Row:
    """One request. ``call`` takes the connection and the parsed payload, and returns the acknowledgement without its
    ``ok``.

    ``arriving``: it brings back a player who has left the room of their match. ``in_turn``: it waits until earlier
    requests of its connection are done.
    """

    name: str
    payload: type[Request]
    acknowledgement: type[Acknowledgement]
    call: Callable[[Connection, Any], Json]
    arriving: bool = False
    in_turn: bool = True


def flaws(error: ValidationError) -> dict[str, str]:
    """What is wrong with a payload, field by field, in words: never a regular expression."""
    told = {}
    for flaw in error.errors(include_url=False, include_input=False)[:20]:
        message = flaw["msg"]
        if flaw["type"] == "string_pattern_mismatch":
            pattern = flaw["ctx"]["pattern"]
            message = "must be six capital letters" if pattern == ROOM_PATTERN else "is not of the form it must have"
        told[".".join(str(part) for part in flaw["loc"])[:80]] = message[:300]
    return told


def parse(model: type[Request], payload: tuple[object, ...]) -> Request:
    """The request in an event's arguments; raises InvalidRequest, with a reason for every field."""
    if len(payload) > 1 or not isinstance(payload[0] if payload else {}, dict | None):
        raise errors.InvalidRequest("The payload of a request is one JSON object.")
    try:
        return model.model_validate((payload and payload[0]) or {})
    except ValidationError as error:
        raise errors.InvalidRequest(fields=flaws(error)) from error


def refusal(error: Exception, event: str = "") -> Json:
    """The acknowledgement that says no. This is the one place where errors become socket replies."""
    known = errors.known(error)
    if known.status >= 500:
        ERRORS.labels("socket").inc()
        log.error("request_failed", event_name=event, code=known.code, exc_info=error)
    answer: Json = {"ok": False, "code": known.code, "message": known.message}
    if known.fields:
        answer["fields"] = known.fields
    if known.retry_after is not None:
        answer["retry_after"] = known.retry_after
    return answer
