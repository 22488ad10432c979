"""The routes of the classic client: ``/run``, its public runner of programs as scripts, and the report of a match."""

from __future__ import annotations

import time
from typing import Any

from flask import current_app, request
from flask_restx import Namespace, Resource, fields

from application.accounts.tokens import Tokens
from application.base.database import limiter
from application.base.errors import InvalidRequest
from application.base.rates import network_of
from application.classic.errors import ClassicClientOff
from application.classic.rooms import ClassicRooms
from application.classic.rules import stored_id
from application.judge.scripts import Scripts
from application.matches.http import session_model
from application.matches.reading import MatchReader
from application.web.api import documented, fails
from application.web.request import caller
from application.web.validation import Routes

Json = dict[str, Any]

LANGUAGES = {"py": "python", "js": "javascript"}
REPORTED = ("problem_id", "user_one_id", "user_two_id", "winner_id")
MAX_TEXT_LENGTH = 65_536
"""The longest program and the longest input, in characters."""


def run_namespace(scripts: Scripts) -> Namespace:
    """The route ``/run``."""
    ns = documented(Routes("run", description="Programs as scripts, for the classic client", path="/run"))
    program = ns.model(
        "Script",
        {
            "code": fields.String(required=True, example="print(int(input()) + 1)"),
            "language": fields.String(required=True, enum=list(LANGUAGES), example="py"),
            "input": fields.String(description="The standard input; left out: none.", example="41"),
        },
    )
    ran = ns.model(
        "ScriptResult",
        {
            "timeStamp": fields.Integer(description="Milliseconds since 1970.", example=1769860800000),
            "status": fields.Integer(example=200),
            "output": fields.String(example="42\n"),
            "error": fields.String(description="What the program complained about, or was ended for."),
            "language": fields.String(example="py"),
            "info": fields.String(example="Python 3.11.7"),
        },
    )

    @ns.route("")
    class Run(Resource):
        decorators = [limiter.limit(lambda: current_app.config["CLASSIC_RUN_RATE"])]

        @ns.expect(program, validate=False)
        @ns.response(200, "It ran, whatever came of it", ran)
        @fails(ns, 400, 413, 415, 429)
        def post(self) -> Json:
            """Run a program."""
            # The client puts more into the body than it should, such as headers.
            code, language, given = _asked(request.get_json())
            result = scripts.run(LANGUAGES[language], code, given, network_of(request.remote_addr))
            return {
                "timeStamp": time.time_ns() // 1_000_000,
                "status": 200,
                "output": result.output,
                "error": result.error,
                "language": language,
                "info": scripts.version(LANGUAGES[language]),
            }

    return ns


def sessions_namespace(tokens: Tokens, reader: MatchReader, classic: ClassicRooms | None) -> Namespace:
    """The report of a match, under ``/sessions``. ``classic`` is None where the classic client is switched off."""
    ns = documented(Routes("sessions", path="/sessions"))
    session = session_model(ns)
    report = ns.model("ClassicReport", {name: fields.Raw(required=True, example="7") for name in REPORTED})

    @ns.route("")
    class ClassicReport(Resource):
        @ns.doc(id="post_sessions", security="Bearer")
        @ns.expect(report, validate=False)
        @ns.response(201, "Recorded, now or before", session)
        @fails(ns, 400, 401, 403, 404, 413, 415)
        def post(self) -> tuple[Json, int]:
            """Report a match that the classic client has played, where CLASSIC_CLIENT is on."""
            user_id = caller(tokens).user_id
            if classic is None:
                raise ClassicClientOff
            problem_id, one, other, winner_id = _reported(request.get_json())
            match_id = classic.record(user_id, problem_id, (one, other), winner_id)
            return reader.session(user_id, match_id), 201

    return ns


def _reported(body: object) -> list[int]:
    """The ids of a report, which may be text, as they come out of a browser's storage; raises InvalidRequest."""
    if not isinstance(body, dict):
        raise InvalidRequest
    numbers = {name: stored_id(body.get(name)) for name in REPORTED}
    wrong = {name: "must be an id" for name, number in numbers.items() if number is None}
    if wrong:
        raise InvalidRequest(fields=wrong)
    return [number for number in numbers.values() if number is not None]


def _asked(body: object) -> tuple[str, str, str]:
    """Code, language and input; raises InvalidRequest."""
    if not isinstance(body, dict):
        raise InvalidRequest
    code, language, given = body.get("code"), body.get("language"), body.get("input") or ""
    wrong = {}
    if not isinstance(code, str) or not code.strip():
        wrong["code"] = "must be a program"
    elif len(code) > MAX_TEXT_LENGTH:
        wrong["code"] = f"must have at most {MAX_TEXT_LENGTH} characters"
    if not isinstance(language, str) or language not in LANGUAGES:
        wrong["language"] = f"must be one of {', '.join(LANGUAGES)}"
    if not isinstance(given, str) or len(given) > MAX_TEXT_LENGTH:
        wrong["input"] = f"must be text of at most {MAX_TEXT_LENGTH} characters"
    if wrong:
        raise InvalidRequest(fields=wrong)
    return str(code), str(language), str(given)
