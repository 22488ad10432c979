"""``/sessions``: matches, under the public word for them, as their players look back on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_restx import Model, Namespace, Resource, fields

from application.accounts.tokens import Tokens
from application.base.errors import InvalidRequest
from application.matches.reading import MatchReader, named_events
from application.web.api import documented, fails
from application.web.nullable import NullableInteger, NullableObject, NullableString
from application.web.request import caller, page, page_params, with_total
from application.web.validation import Routes

Json = dict[str, Any]
ID = "<int(max=2147483647):session_id>"


def session_model(ns: Namespace) -> Model:
    """How a match is shown."""
    player = ns.model(
        "SessionUser",
        {
            "id": fields.Integer(example=7),
            "username": fields.String(example="ada"),
            "avatar": NullableString(example="https://example.org/ada.png"),
            "xp": fields.Integer(example=260),
            "bot": fields.Boolean(example=False),
        },
    )
    return ns.model(
        "Session",
        {
            "id": fields.Integer(example=12),
            "room": fields.String(example="QKZRWB"),
            "problem": fields.List(fields.Raw, description="The problems, one a round; none before the start."),
            "users": fields.List(fields.Nested(player)),
            "winner": fields.List(fields.Nested(player), description="One player, or none."),
            "outcome": NullableObject(description="As match_finished has it; null while the match is going on."),
            "started_at": NullableString(example="2026-01-31T12:00:00.000Z"),
            "finished_at": NullableString(example="2026-01-31T12:04:10.250Z"),
        },
    )


def namespace(tokens: Tokens, reader: MatchReader) -> Namespace:
    """The routes under ``/sessions``."""
    ns = documented(Routes("sessions", description="Matches that you play or played", path="/sessions"))
    session = session_model(ns)
    journal = ns.model(
        "Journal",
        {
            "room": fields.String(example="QKZRWB"),
            "version": fields.Integer(example=9),
            "events": fields.List(fields.Raw, description="Envelopes, each with its name as `event`."),
        },
    )

    solution = ns.model(
        "Solution",
        {
            "user_id": fields.Integer(example=7),
            "language": fields.String(example="python"),
            "code": fields.String(),
            "verdict": NullableString(example="accepted", description="Null while it is being judged."),
            "passed": NullableInteger(example=20),
            "total": NullableInteger(example=20),
            "received_at": fields.String(example="2026-01-31T12:03:10.250Z"),
        },
    )

    @ns.route("")
    class Sessions(Resource):
        @ns.doc(security="Bearer", params=page_params())
        @ns.response(200, "Newest first; X-Total-Count has how many there are", [session])
        @fails(ns, 400, 401)
        def get(self) -> tuple[Sequence[Json], int, dict[str, str]]:
            """Your matches."""
            return with_total(*reader.history(caller(tokens).user_id, *page()))

    @ns.route(f"/{ID}")
    class Session(Resource):
        @ns.doc(security="Bearer")
        @ns.response(200, "The match", session)
        @fails(ns, 401, 403, 404)
        def get(self, session_id: int) -> Json:
            """One of your matches."""
            return reader.session(caller(tokens).user_id, session_id)

    @ns.route(f"/{ID}/solutions")
    class Solutions(Resource):
        @ns.doc(security="Bearer")
        @ns.response(200, "In the order of receipt", [solution])
        @fails(ns, 401, 403, 404)
        def get(self, session_id: int) -> list[Json]:
            """What you handed in in one of your matches, and when it is over and its room shows code, what all did."""
            return reader.solutions(caller(tokens).user_id, session_id)

    @ns.route(f"/{ID}/events")
    class Events(Resource):
        @ns.doc(
            security="Bearer",
            params={
                "after": {
                    "in": "query",
                    "type": "integer",
                    "minimum": 0,
                    "maximum": 999_999_999,
                    "default": 0,
                    "description": "Only events after this number.",
                }
            },
        )
        @ns.response(200, "The journal", journal)
        @fails(ns, 400, 401, 403, 404)
        def get(self, session_id: int) -> Json:
            """The journal of one of your matches as you may see it: its replay."""
            user_id = caller(tokens).user_id
            after = request.args.get("after", "0")
            if not (after.isascii() and after.isdecimal() and len(after) <= 9):
                raise InvalidRequest(fields={"after": "must be a whole number from 0"})
            timeline = reader.timeline(user_id, match_id=session_id)
            events = named_events(timeline, user_id, int(after))
            return {"room": timeline.room, "version": timeline.version, "events": events}

    return ns
