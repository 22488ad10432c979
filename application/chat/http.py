"""``/rooms/<code>/messages``, ``/messages``: what was said, and what was reported of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask import request
from flask_restx import Namespace, Resource, fields

from application.accounts.service import Users
from application.accounts.tokens import Tokens
from application.base.errors import InvalidRequest
from application.chat.rules import CHANNELS
from application.chat.service import LAST, Chat
from application.journal.errors import MatchNotFound
from application.web.api import documented, fails
from application.web.request import caller, page, page_params, with_total
from application.web.validation import Routes

Json = dict[str, Any]
TIME = "2026-01-31T12:00:00.000Z"


def namespace(chat: Chat, users: Users, tokens: Tokens) -> Namespace:
    """The routes of chat."""
    ns = documented(Routes("chat", description="What was said", path="/"))
    said = {"text": fields.String(description="Plain text.", example="good game"), "at": fields.String(example=TIME)}
    message_id, user_id = fields.Integer(example=41), fields.Integer(example=7)
    username = fields.String(example="ada")
    message = ns.model(
        "Message",
        {
            "message_id": message_id,
            "room": fields.String(example="QKZRWB"),
            "channel": fields.String(enum=list(CHANNELS)),
            "user_id": user_id,
            "username": username,
        }
        | said,
    )
    told = ns.model("Told", {"message_id": message_id, "from": username, "to": fields.String(example="bob")} | said)
    report = ns.model(
        "MessageReport",
        {
            "report_id": fields.Integer(example=3),
            "user_id": fields.Integer(description="Who reported it.", example=8),
            "username": fields.String(example="bob"),
            "reason": fields.String(example="This is no way to talk."),
            "at": fields.String(example=TIME),
            "message": fields.Raw(description="A Message or a Told, with user_id and hidden."),
            "lines": fields.List(fields.Raw, description="The ten before it as they were then, the oldest first."),
        },
    )
    params = {"limit": page_params(LAST)["limit"]} | {
        "before": {
            "in": "query",
            "type": "integer",
            "minimum": 1,
            "maximum": 999_999_999,
            "description": "Only messages before that of this number.",
        }
    }

    @ns.route("/rooms/<string:code>/messages")
    class Messages(Resource):
        @ns.doc(security="Bearer", params=params)
        @ns.response(200, "The last ones, the oldest first", [message])
        @fails(ns, 400, 401, 403, 404)
        def get(self, code: str) -> list[Json]:
            """What was said in a room that you are in, as far as you read it."""
            user_id = caller(tokens).user_id
            if not re.fullmatch("[A-Z]{6}", code):
                raise MatchNotFound
            return chat.page(user_id, code, _before(), page(LAST)[0])

    @ns.route("/messages/<string:username>")
    @ns.param("username", "The other's name, in any case")
    class Private(Resource):
        @ns.doc(security="Bearer", params=params)
        @ns.response(200, "The last ones, the oldest first", [told])
        @fails(ns, 400, 401, 404)
        def get(self, username: str) -> list[Json]:
            """What you and somebody else have told each other."""
            return chat.private(caller(tokens).user_id, username, _before(), page(LAST)[0])

    @ns.route("/rooms/reports")
    class Reports(Resource):
        @ns.doc(security="Bearer", params=page_params())
        @ns.response(200, "Newest first; X-Total-Count has how many there are", [report])
        @fails(ns, 400, 401, 403)
        def get(self) -> tuple[Sequence[Json], int, dict[str, str]]:
            """For teachers: messages that were reported."""
            users.must_teach(caller(tokens).user_id)
            return with_total(*chat.reports(*page()))

    return ns


def _before() -> int | None:
    text = request.args.get("before")
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and 1 <= len(text) <= 9 and int(text)):
        raise InvalidRequest(fields={"before": "must be a whole number from 1"})
    return int(text)
