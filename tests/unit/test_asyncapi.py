"""The protocol for machines says what the server does."""

from __future__ import annotations

import json
import re

from application.chat.announcements import SAYINGS
from application.chat.requests import ChatRequests
from application.matches.announcements import ANNOUNCEMENTS
from application.matches.requests import MatchRequests
from application.matches.rules.events import EVENT_NAMES
from application.realtime import asyncapi
from application.realtime.notices import NOTICES
from application.rooms.announcements import TOLD as ROOMS_TOLD
from application.rooms.challenge_requests import ChallengeRequests
from application.rooms.requests import RoomRequests

ROWS = [
    *MatchRequests(None, None, None, None, None).rows(),  # type: ignore[arg-type]
    *RoomRequests(None, None, None, None, None, None, None).rows(),  # type: ignore[arg-type]
    *ChallengeRequests(None, None, None).rows(),  # type: ignore[arg-type]
    *ChatRequests(None).rows(),  # type: ignore[arg-type]
]
TOLD = {**ANNOUNCEMENTS, **ROOMS_TOLD, **SAYINGS, **NOTICES}
REQUESTS = [row.name for row in ROWS]


def test_every_event_and_request_is_described() -> None:
    document = asyncapi.document(ROWS, TOLD)
    in_journals = [name for name, shape in TOLD.items() if "version" in shape.model_fields]
    assert tuple(in_journals) == EVENT_NAMES
    messages = document["channels"]["socket"]["messages"]
    assert set(messages) == {*TOLD, *REQUESTS, *(f"{name}_ack" for name in REQUESTS)}
    assert set(document["operations"]) == {*REQUESTS, *(f"receive_{name}" for name in TOLD)}
    assert all(message.get("summary") for name, message in messages.items() if not name.endswith("_ack"))


def test_every_reference_leads_somewhere() -> None:
    document = asyncapi.document(ROWS, TOLD)
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document))):
        place = document
        for step in reference.split("/"):
            place = place[step]
