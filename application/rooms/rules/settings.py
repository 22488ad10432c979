"""How a room is to be, as its host gives it and as it then is. One shape validates, documents and is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from application.rooms.errors import InvalidSettings

Mode = Literal["fastest", "shortest", "reverse"]
MAX_PLAYERS = 100
MIN_ROUND_SECONDS, MAX_ROUND_SECONDS = 30, 7200
MAX_NAME = 60
MAX_ID = 2**31 - 1


def _in_one_line(name: str) -> str:
    if not name.isprintable():
        raise ValueError("must be one line of text")
    return " ".join(name.split())


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ProblemWishes(_Form):
    """Which problems are played: of a rank, of a topic, or exactly these, one a round."""

    rank: str | None = Field(
        default=None, max_length=20, description="As GET /problems has it; left out: the players'."
    )
    topic: str | None = Field(default=None, max_length=40)
    ids: list[Annotated[int, Field(ge=1, le=MAX_ID)]] | None = Field(default=None, min_length=1, max_length=9)


class RoomSettings(_Form):
    """The settings of a room. What is left out has the value that suits the others."""

    name: Annotated[str, Field(max_length=MAX_NAME), AfterValidator(_in_one_line)] = ""
    access: Literal["link", "listed"] = "link"
    capacity: int = Field(default=2, ge=1, le=MAX_PLAYERS, description="How many may play: from 2.")
    mode: Mode = "fastest"
    rounds: int = Field(default=1, ge=1, le=9)
    round_seconds: int = Field(default=900, ge=1, le=86_400, description="From 30 to 7200.")
    countdown_seconds: int = Field(default=3, ge=0, le=60)
    round_ends: Literal["first", "all"] = Field(
        default="first",
        description='"first": with the first solution; "all": when everybody is done. Left out: '
        '"first" where two play, else "all".',
    )
    problems: ProblemWishes = ProblemWishes()
    languages: list[Annotated[str, Field(max_length=20)]] | None = Field(default=None, min_length=1, max_length=30)
    start: Literal["full", "host"] = Field(
        default="full",
        description='"full": with the last seat. Left out: "full" where two play, else "host".',
    )
    spectators: Literal["anyone", "members", "nobody"] = "anyone"
    show_code: Literal["never", "live", "after_match"] = "after_match"
    chat: Literal["all", "players", "off"] = "all"
    late_entry: bool = True

    @model_validator(mode="after")
    def _possible(self) -> Self:
        if self.problems.ids is not None and len(self.problems.ids) != self.rounds:
            raise ValueError("problems.ids must name one problem a round")
        return self

    def shown(self) -> dict[str, Any]:
        """As everybody may see it."""
        return shown(self.json())

    def json(self) -> dict[str, Any]:  # type: ignore[override]  # pydantic's own is on its way out
        """As it is kept."""
        return self.model_dump(mode="json")


def shown(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Settings that were kept, as they are shown: which problems will be played, nobody is told."""
    return {**kept, "problems": {**kept["problems"], "ids": None}}


def settings_of(
    given: Mapping[str, Any], before: RoomSettings | None = None, *, seconds: tuple[int, int] = (900, 3)
) -> RoomSettings:
    """The settings of a room from what its host gives: of a new room, or of one that has been as ``before``.

    ``seconds``: how long a round and a countdown last where that is left out. Raises InvalidSettings, with what is
    wrong in each field.
    """
    if before is None:
        round_seconds, countdown_seconds = seconds
        two = given.get("capacity", 2) == 2
        base: dict[str, Any] = {
            "round_seconds": min(max(MIN_ROUND_SECONDS, round_seconds), MAX_ROUND_SECONDS),
            "countdown_seconds": countdown_seconds,
            "round_ends": "first" if two else "all",
            "start": "full" if two else "host",
        }
    else:
        base = before.json()
        if "rounds" in given and "problems" not in given and len(before.problems.ids or ()) != given["rounds"]:
            base["problems"] = {**base["problems"], "ids": None}  # those were for as many rounds as there were
    try:
        settings = RoomSettings.model_validate({**base, **given})
    except ValidationError as error:
        raise InvalidSettings(fields=_flaws(error)) from error
    flaws = {}
    if settings.capacity < 2:
        flaws["capacity"] = "must be from 2 to 100"
    if not MIN_ROUND_SECONDS <= settings.round_seconds <= MAX_ROUND_SECONDS:
        flaws["round_seconds"] = f"must be from {MIN_ROUND_SECONDS} to {MAX_ROUND_SECONDS}"
    if flaws:
        raise InvalidSettings(fields=flaws)
    return settings


def _flaws(error: ValidationError) -> dict[str, str]:
    told = {}
    for flaw in error.errors(include_url=False, include_input=False)[:20]:
        field = ".".join(str(part) for part in flaw["loc"])[:80] or "problems.ids"
        told[field] = flaw["msg"].removeprefix("Value error, ")[:200]
    return told
