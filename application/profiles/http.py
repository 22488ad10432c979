"""``/users``: profiles, the leaderboard, avatars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_restx import Namespace, Resource, fields

from application.accounts.models import PLAYER, TEACHER, User
from application.accounts.service import Users
from application.accounts.tokens import Tokens
from application.matches.http import session_model
from application.matches.reading import MatchReader
from application.ratings.http import rank_model
from application.ratings.leaderboard import MAX_SHOWN, leaderboard
from application.ratings.ranks import rank_of
from application.web.api import documented, fails
from application.web.nullable import NullableString
from application.web.request import caller, page, page_params, with_total
from application.web.validation import Routes

Json = dict[str, Any]

PROFILE_SESSIONS = 20
"""How many matches a profile shows, the newest, in short; ``GET /sessions`` has them all, and in full."""


def namespace(users: Users, tokens: Tokens, reader: MatchReader, classic: bool) -> Namespace:
    """The routes under ``/users``. ``classic`` is whether the classic client is served, which expects the ids of two
    routes as text."""
    ns = documented(Routes("users", description="Players", path="/users"))
    standing = ns.model(
        "Standing",
        {
            "id": fields.Integer(example=7),
            "username": fields.String(example="ada"),
            "avatar": NullableString(example="https://example.org/ada.png"),
            "xp": fields.Integer(example=260),
            "wins": fields.Integer(example=26),
            "losses": fields.Integer(example=11),
            "rank": fields.List(fields.Nested(rank_model(ns))),
        },
    )
    profile = ns.inherit(
        "Profile",
        standing,
        {
            "bot": fields.Boolean(description="Whether the server plays for this user."),
            "sessions": fields.List(fields.Nested(session_model(ns))),
        },
    )
    own_profile = ns.inherit(
        "OwnProfile", profile, {"role": fields.String(enum=[PLAYER, TEACHER], description="For your eyes only.")}
    )
    avatar = ns.model(
        "Avatar",
        {
            "avatar": NullableString(
                required=True,
                description="An https URL of at most 500 characters, or null for none.",
                example="https://example.org/a.png",
            )
        },
        strict=True,
    )
    two_names = ns.model(
        "TwoUsernames",
        {
            "username_one": fields.String(required=True, example="ada"),
            "username_two": fields.String(required=True, example="bob"),
        },
        strict=True,
    )
    shown_id = fields.String(example="7") if classic else standing["id"]
    shown = ns.model("UserAvatar", {"id": shown_id, "username": standing["username"], "avatar": standing["avatar"]})

    def answer(user: User) -> Json:
        return _shown(user) | {"id": str(user.id) if classic else user.id}

    @ns.route("/profile")
    class Profile(Resource):
        @ns.doc(security="Bearer")
        @ns.response(200, "Your profile", own_profile)
        @fails(ns, 401)
        def get(self) -> Json:
            """Who you are and how you have done."""
            user = users.get(caller(tokens).user_id)
            return _profile(user, reader, ended=False) | {"role": user.role}

    @ns.route("/leaderboard")
    class Leaderboard(Resource):
        @ns.doc(params=page_params(100, MAX_SHOWN))
        @ns.response(200, "The players by XP; X-Total-Count has how many there are", [standing])
        @fails(ns, 400)
        def get(self) -> tuple[Sequence[Json], int, dict[str, str]]:
            """The players with the most XP."""
            found, total = leaderboard(*page(100, MAX_SHOWN))
            return with_total([_standing(user) for user in found], total)

    @ns.route("/update")
    class Update(Resource):
        @ns.doc(security="Bearer")
        @ns.expect(avatar)
        @ns.response(200, "Changed", shown)
        @fails(ns, 400, 401, 413, 415, 422)
        def patch(self) -> Json:
            """Change your avatar, or remove it."""
            identity = caller(tokens)
            return answer(users.set_avatar(identity.user_id, request.get_json()["avatar"]))

    @ns.route("/avatars")
    class Avatars(Resource):
        @ns.expect(two_names)
        @ns.response(200, "Those of the two who exist", [shown])
        @fails(ns, 400, 413, 415)
        def post(self) -> list[Json]:
            """The avatars of two players."""
            body = request.get_json()
            return [answer(user) for user in users.avatars([body["username_one"], body["username_two"]])]

    @ns.route("/<string:username>")
    @ns.param("username", "The player's name, in any case")
    class PublicProfile(Resource):
        @ns.response(200, "The profile", profile)
        @fails(ns, 404)
        def get(self, username: str) -> Json:
            """A player's public profile. Of their matches it has those that are over."""
            return _profile(users.named(username), reader, ended=True)

    return ns


def _shown(user: User) -> Json:
    return {"id": user.id, "username": user.username, "avatar": user.avatar}


def _standing(user: User) -> Json:
    record = {"xp": user.xp, "wins": user.wins, "losses": user.losses, "rank": [rank_of(user.xp).to_json()]}
    return _shown(user) | record


def _profile(user: User, reader: MatchReader, *, ended: bool) -> Json:
    return _standing(user) | {"bot": user.bot, "sessions": reader.recent(user.id, PROFILE_SESSIONS, ended=ended)}
