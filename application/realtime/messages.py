"""The requests of the Socket.IO protocol: what each may carry and what it is answered. ``/asyncapi.json`` is made
from these, so what is written here is what the server does."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

CODE_LENGTH = 65_536
"""The longest code that is accepted, in characters."""


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
Language = Annotated[Text, Field(min_length=1, max_length=20, description="The id of a language, as GET /languages.")]
Code = Annotated[Text, Field(max_length=CODE_LENGTH, description="The whole source text.")]


class Request(BaseModel):
    """What every request may carry."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    client_id: Annotated[Text, Field(min_length=1, max_length=64)] | None = Field(
        default=None, description="Makes the request safe to repeat: the same id again gets the first answer again."
    )


class FindMatch(Request):
    """Look for an opponent. Answered again and again the same while waiting or in a match."""


class CancelFind(Request):
    """Look for an opponent no longer."""


class Resume(Request):
    """Come back to a match: what was missed since event ``after``, or without it the whole view."""

    room: Room | None = Field(default=None, description="Left out: the match you are in.")
    after: int | None = Field(default=None, ge=0, le=2**31 - 1, description="The last event you have, 0 for none.")


class SubmitCode(Request):
    """Hand in a solution; the verdict follows as ``submission_judged``."""

    room: Room
    language: Language
    code: Code


class SaveCode(Request):
    """Keep what is being written, for when you come back: ``last_code`` in the view. At most once a second."""

    room: Room
    language: Language
    code: Code


class RunCode(Request):
    """Try code without handing it in: on the examples, or on ``args``. Only you see the results."""

    room: Room
    language: Language
    code: Code
    args: list[Any] | None = Field(default=None, description="One value a parameter; left out: the examples.")


class RoomRequest(Request):
    """A request about a room and nothing else."""

    room: Room


class Resign(RoomRequest):
    """Give the match up."""


class ClaimWin(RoomRequest):
    """Claim the win over an opponent who has been gone past ``claim_at``."""


class LeaveRoom(RoomRequest):
    """Leave the room; in a running match your opponent may claim the win at once."""


class Acknowledgement(BaseModel):
    """What every request is answered when it is carried out."""

    ok: bool = Field(default=True, description="true")


class FindMatchAck(Acknowledgement):
    """``waiting``, or ``matched`` with the room."""

    status: str = Field(description="waiting or matched")
    room: str | None = None


class ResumeAck(Acknowledgement):
    """``events`` when ``after`` was given, else ``view``; ``room`` null when you are in no match."""

    room: str | None
    status: str | None = Field(default=None, description="Without a match: waiting (in the lobby) or idle.")
    version: int | None = None
    events: list[dict[str, Any]] | None = Field(default=None, description="Envelopes, each with its name as `event`.")
    view: dict[str, Any] | None = None
    now: str = Field(description="The server's time, ISO 8601 with milliseconds.")


class SubmitCodeAck(Acknowledgement):
    """The number of the submission, and of the event that announces it."""

    submission_id: int
    version: int


class RunCodeAck(Acknowledgement):
    """One result a call, in order."""

    results: list[dict[str, Any]] = Field(
        description="{args, expected, got, verdict, message, console, time_ms, memory_kib}"
    )


class VersionAck(Acknowledgement):
    """The number of the last event that the request caused."""

    version: int


class Refusal(BaseModel):
    """What a request is answered that is not carried out. Nothing has changed."""

    ok: bool = Field(default=False, description="false")
    code: str = Field(description="Stable, for programs.")
    message: str = Field(description="A sentence for people.")
    fields: dict[str, str] | None = Field(default=None, description="What is wrong, field by field.")
    retry_after: int | None = Field(default=None, description="Seconds to wait.")


REQUESTS: dict[str, tuple[type[Request], type[Acknowledgement]]] = {
    "find_match": (FindMatch, FindMatchAck),
    "cancel_find": (CancelFind, Acknowledgement),
    "resume": (Resume, ResumeAck),
    "submit_code": (SubmitCode, SubmitCodeAck),
    "save_code": (SaveCode, Acknowledgement),
    "run_code": (RunCode, RunCodeAck),
    "resign": (Resign, VersionAck),
    "claim_win": (ClaimWin, VersionAck),
    "leave_room": (LeaveRoom, VersionAck),
}
"""Every request by its event name, with what it carries and what it is answered."""


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
