"""``/rooms``: rooms that can be entered, and what an invitation shows; ``/sessions/live``: matches to look on at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_restx import Namespace, Resource, fields

from application.rooms import listing
from application.rooms.live_matches import LiveMatches
from application.web.api import documented, fails
from application.web.nullable import NullableInteger, NullableObject, NullableString
from application.web.request import page, page_params, with_total
from application.web.validation import Routes

Json = dict[str, Any]


def namespace() -> Namespace:
    """The routes under ``/rooms``."""
    ns = documented(Routes("rooms", description="Rooms that people have opened", path="/rooms"))
    invitation = ns.model(
        "Invitation",
        {
            "room": fields.String(example="QKZRWB"),
            "settings": fields.Raw(description="As create_room takes them, complete."),
            "host": NullableObject(description="{user_id, username, avatar}; null while nobody is in the room."),
            "players": fields.Integer(example=3, description="How many are there to play."),
            "live": fields.Boolean(description="Whether a match is going on."),
            "closed": fields.Boolean(),
            "changed_at": fields.String(example="2026-01-31T12:03:10.250Z"),
        },
    )

    @ns.route("")
    class Rooms(Resource):
        @ns.doc(params=page_params())
        @ns.response(200, "Newest first; X-Total-Count has how many there are", [invitation])
        @fails(ns, 400)
        def get(self) -> tuple[Sequence[Json], int, dict[str, str]]:
            """The listed rooms that can be entered."""
            return with_total(*listing.listed(*page()))

    @ns.route("/<string(length=6):room>")
    @ns.param("room", "The room's code")
    class Room(Resource):
        @ns.response(200, "The room", invitation)
        @fails(ns, 404)
        def get(self, room: str) -> Json:
            """What an invitation to a room shows."""
            return listing.invitation(room)

    return ns


def live_namespace(live: LiveMatches) -> Namespace:
    """``/sessions/live``."""
    ns = documented(Routes("live", description="Matches that are going on and may be watched", path="/sessions/live"))
    player = ns.model(
        "LivePlayer",
        {
            "id": fields.Integer(example=7),
            "username": fields.String(example="ada"),
            "avatar": NullableString(example="https://example.org/ada.png"),
            "xp": fields.Integer(example=260),
            "bot": fields.Boolean(example=False),
        },
    )
    match = ns.model(
        "LiveMatch",
        {
            "id": fields.Integer(example=12),
            "room": fields.String(example="QKZRWB"),
            "mode": fields.String(example="fastest"),
            "players": fields.List(fields.Nested(player)),
            "round": NullableInteger(example=1, description="Null before the start."),
            "of": fields.Integer(example=3),
            "started_at": NullableString(example="2026-01-31T12:00:00.000Z"),
            "watchers": fields.Integer(example=4),
        },
    )

    @ns.route("")
    class Live(Resource):
        @ns.doc(params=page_params())
        @ns.response(200, "Newest first; X-Total-Count has how many there are", [match])
        @fails(ns, 400)
        def get(self) -> tuple[Sequence[Json], int, dict[str, str]]:
            """The matches that are going on and that anybody may watch."""
            return with_total(*live.page(*page()))

    return ns
