"""``/auth``: register, log in, log out."""

from __future__ import annotations

from typing import Any

from flask import current_app, request
from flask_limiter.util import get_remote_address
from flask_restx import Namespace, Resource, fields

from application.accounts.logins import Logins
from application.accounts.service import Users
from application.accounts.tokens import Tokens
from application.base.database import limiter
from application.web.api import documented, fails
from application.web.request import caller
from application.web.validation import Routes

Json = dict[str, Any]


def namespace(users: Users, logins: Logins, tokens: Tokens) -> Namespace:
    """The routes under ``/auth``."""
    ns = documented(Routes("auth", description="Accounts and access tokens", path="/auth"))
    new_account = ns.model(
        "NewAccount",
        {
            "username": fields.String(
                required=True,
                pattern=r"^[A-Za-z0-9_.-]{2,30}$",
                description="2 to 30 letters, digits or _ - .",
                example="ada",
            ),
            "password": fields.String(required=True, min_length=8, max_length=128, example="correct horse"),
            "listed": fields.Boolean(
                default=True, description="false keeps the account off the leaderboard, for good.", example=True
            ),
        },
        strict=True,
    )
    credentials = ns.model(
        "Credentials",
        {
            "username": fields.String(required=True, example="ada"),
            "password": fields.String(required=True, example="correct horse"),
        },
        strict=True,
    )
    done = ns.model("Done", {"status": fields.String(example="success"), "message": fields.String})
    login = ns.inherit(
        "Login",
        done,
        {
            "username": fields.String(example="ada"),
            "access_token": fields.String(description="Send it as `Authorization: Bearer ...` and to Socket.IO."),
            "token_type": fields.String(example="bearer"),
        },
    )

    @ns.route("/register")
    class Register(Resource):
        decorators = [limiter.limit(lambda: current_app.config["REGISTER_RATE"])]

        @ns.expect(new_account)
        @ns.response(201, "Registered", done)
        @fails(ns, 400, 409, 413, 415, 429)
        def post(self) -> tuple[Json, int]:
            """Make an account."""
            body = request.get_json()
            listed = body.get("listed", True)
            users.register(body["username"], body["password"], get_remote_address(), listed=listed)
            return {"status": "success", "message": "User successfully registered"}, 201

    @ns.route("/login")
    class Login(Resource):
        decorators = [limiter.limit(lambda: current_app.config["LOGIN_RATE"], key_func=_who_logs_in)]

        @ns.expect(credentials)
        @ns.response(200, "Logged in", login)
        @fails(ns, 400, 401, 413, 415, 429)
        def post(self) -> Json:
            """Get an access token."""
            body = request.get_json()
            user = logins.authenticate(body["username"], body["password"], get_remote_address())
            return {
                "status": "success",
                "message": "User successfully logged in",
                "username": user.username,
                "access_token": tokens.issue(user),
                "token_type": "bearer",
            }

    @ns.route("/logout")
    class Logout(Resource):
        @ns.doc(security="Bearer")
        @ns.response(200, "Logged out", done)
        @fails(ns, 401)
        def post(self) -> Json:
            """End this access token and close the connections opened with it."""
            tokens.revoke(caller(tokens))
            return {"status": "success", "message": "User successfully logged out"}

    return ns


def _who_logs_in() -> str:
    """One username from one address: a class behind one address shares no limit, a guesser gets no further."""
    body = request.get_json(silent=True)
    username = body.get("username") if isinstance(body, dict) else None
    return f"{get_remote_address()} {str(username).lower()[:40]}"
