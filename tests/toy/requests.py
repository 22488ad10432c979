"""What is asked over Socket.IO."""

from __future__ import annotations

from pydantic import Field

from application.realtime.requests import Acknowledgement, Request, Row
from tests.toy.service import Clapping


class Applaud(Request):
    """Clap so many times."""

    times: int = Field(default=1, ge=1)


class ApplaudAck(Acknowledgement):
    """How often you have clapped in all."""

    claps: int


def rows(clapping: Clapping) -> list[Row]:
    """The table."""
    return [Row("applaud", Applaud, ApplaudAck, lambda by, a: {"claps": clapping.clap(by.user_id, a.times)})]
