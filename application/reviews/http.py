"""``/sessions/<id>/review``: what a language model says of the solutions of a match."""

from __future__ import annotations

from typing import Any

from flask_restx import Namespace, Resource, fields

from application.accounts.tokens import Tokens
from application.matches.http import ID
from application.reviews.service import Reviewing
from application.web.api import documented, fails
from application.web.nullable import NullableInteger, NullableString
from application.web.request import caller
from application.web.validation import Routes

Json = dict[str, Any]


def namespace(tokens: Tokens, reviewing: Reviewing) -> Namespace:
    """The route of reviews, under ``/sessions``."""
    ns = documented(Routes("sessions", path="/sessions"))
    solution = ns.model(
        "ReviewedSolution",
        {
            "user_id": fields.Integer(example=7),
            "player": fields.String(example="A", description="What the texts call this player."),
            "language": fields.String(example="python"),
            "verdict": NullableString(example="accepted"),
            "passed": NullableInteger(example=20),
            "total": NullableInteger(example=20),
            "time_ms": NullableInteger(example=31),
            "time_complexity": fields.String(example="O(n), n being the number of lights"),
            "space_complexity": fields.String(example="O(1)"),
            "improvement": fields.String(example="Keep the longest run in one variable instead of a list."),
        },
    )
    review = ns.model(
        "Review",
        {
            "session_id": fields.Integer(example=12),
            "decided_by": fields.String(example="Player A counted in one pass; player B sorted in every step."),
            "solutions": fields.List(fields.Nested(solution), description="One for each player who handed code in."),
            "reviewed_at": fields.String(example="2026-01-31T12:06:00.000Z"),
        },
    )

    @ns.route(f"/{ID}/review")
    class Review(Resource):
        @ns.doc(security="Bearer")
        @ns.response(200, "The review", review)
        @fails(ns, 401, 403, 404)
        def get(self, session_id: int) -> Json:
            """The review of one of your matches, once a player has asked for it."""
            return reviewing.read(caller(tokens).user_id, session_id)

        @ns.doc(security="Bearer")
        @ns.response(200, "The review that was written before", review)
        @ns.response(201, "The review, written now", review)
        @fails(ns, 401, 403, 404, 409, 429, 502, 504)
        def post(self, session_id: int) -> tuple[Json, int]:
            """Have the solutions of one of your matches reviewed, once for all its players."""
            kept, is_new = reviewing.review(caller(tokens).user_id, session_id)
            return kept, 201 if is_new else 200

    return ns
