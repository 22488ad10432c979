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

ROWS = [*MatchRequests(None, None, None, None, None).rows(), *ChatRequests(None).rows()]  # type: ignore[arg-type]
TOLD = {**ANNOUNCEMENTS, **SAYINGS, **NOTICES}
REQUESTS = [row.name for row in ROWS]


def test_every_event_and_request_is_described() -> None:
    document = asyncapi.document(ROWS, TOLD)
    assert tuple(ANNOUNCEMENTS) == EVENT_NAMES
    messages = document["channels"]["socket"]["messages"]
    assert set(messages) == {*EVENT_NAMES, *SAYINGS, *NOTICES, *REQUESTS, *(f"{name}_ack" for name in REQUESTS)}
    assert set(document["operations"]) == {
        *REQUESTS,
        *(f"receive_{name}" for name in (*EVENT_NAMES, *SAYINGS, *NOTICES)),
    }
    assert all(message.get("summary") for name, message in messages.items() if not name.endswith("_ack"))


def test_every_reference_leads_somewhere() -> None:
    document = asyncapi.document(ROWS, TOLD)
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document))):
        place = document
        for step in reference.split("/"):
            place = place[step]
