"""``/problems`` and ``/languages``: the problems that are played, and the languages they can be solved in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_restx import Namespace, Resource, fields

from application.accounts.service import Users
from application.accounts.tokens import Tokens
from application.base.errors import InvalidRequest
from application.judge.signature import Param, Signature, Type
from application.problems.catalogue.records import FindRecords, with_records
from application.problems.catalogue.service import Problems
from application.problems.generating import http as drafts
from application.ratings.http import rank_model
from application.ratings.ranks import SLUGS, rank_named, rank_of
from application.web.api import documented, fails
from application.web.nullable import NullableFloat, NullableInteger
from application.web.request import caller, page, page_params, with_total
from application.web.validation import Routes

Json = dict[str, Any]

MAX_TOPIC_LENGTH = 60
TOPIC = {
    "topic": {
        "in": "query",
        "type": "string",
        "minLength": 1,
        "maxLength": MAX_TOPIC_LENGTH,
        "description": "Only of this topic, such as graphs.",
    }
}
RECORD = {
    "plays": fields.Integer(description="Rounds begun with it.", example=12),
    "solved": fields.Integer(description="Rounds won by a solution.", example=9),
    "solve_rate": NullableFloat(description="The share of the two.", example=0.75),
    "median_solve_ms": NullableInteger(description="From a round's start to its solution.", example=312000),
}


def namespace(
    problems: Problems, records: FindRecords, users: Users, tokens: Tokens, door: drafts.DraftDoor
) -> Namespace:
    """The routes under ``/problems``."""
    ns = documented(Routes("problems", description="What is played", path="/problems"))
    example = ns.model(
        "Example",
        {
            "id": fields.Integer(example=1),
            "input": fields.String(example="scores = [2, 7, 11], target = 9"),
            "output": fields.String(example="[0, 1]"),
            "explanation": fields.String(example="2 + 7 = 9."),
            "test_case": fields.String(example="two_sum([2, 7, 11], 9)"),
        },
    )
    problem = ns.model(
        "Problem",
        {
            "id": fields.Integer(example=3),
            "slug": fields.String(example="flood-mark"),
            "title": fields.String(example="Flood mark"),
            "description": fields.String(description="Markdown"),
            "topics": fields.List(fields.String),
            "rank": fields.List(fields.Nested(rank_model(ns))),
            "examples": fields.List(fields.Nested(example)),
            "signature": fields.Raw(
                example={"function": "f", "params": [{"name": "n", "type": "int"}], "returns": "int"}
            ),
            "starter_code": fields.Raw(
                example={"python": "def f(n: int) -> int: ...", "javascript": "function f(n) {}"}
            ),
            "compare": fields.String(example="exact"),
            "limits": fields.Raw(example={"time_ms": 2000, "memory_mib": 256}),
            "tests": fields.Integer(description="How many tests it is judged by.", example=20),
            "source": fields.String(example="Codemaze"),
            "licence": fields.String(example="CC0-1.0"),
        },
    )
    shown = ns.inherit(
        "PlayedProblem",
        problem,
        {"record": fields.Nested(ns.model("Record", RECORD), description="What play has shown.")},
    )
    topic = ns.model(
        "Topic",
        {
            "topic": fields.String(example="strings"),
            "problems": fields.Integer(example=17, description="How many problems on it are in play."),
        },
    )
    draft, document = drafts.draft_model(ns), drafts.document_model(ns)
    drafts.add_routes(ns, door, shown, draft)

    @ns.route("")
    class Browse(Resource):
        @ns.doc(
            security="Bearer",
            params={"rank": {"in": "query", "type": "string", "enum": list(SLUGS), "description": "Only of this rank."}}
            | TOPIC
            | page_params(),
        )
        @ns.response(200, "Problems in play; X-Total-Count has how many there are", [shown])
        @fails(ns, 400, 401)
        def get(self) -> tuple[Sequence[Json], int, dict[str, str]]:
            """Browse the problems."""
            caller(tokens)
            named = request.args.get("rank")
            rank = rank_named(named.lower()) if named is not None else None
            if named is not None and rank is None:
                raise InvalidRequest(fields={"rank": f"must be one of {', '.join(SLUGS)}"})
            found, total = problems.browse(rank, _topic(), *page())
            return with_total(with_records(found, records), total)

        @ns.doc(security="Bearer")
        @ns.expect(document, validate=False)
        @ns.response(201, "Proven and in play", shown)
        @ns.response(202, "It is being proven; Location says where to look for it", draft)
        @fails(ns, 400, 401, 403, 409, 413, 415, 422, 429)
        def post(self) -> drafts.Answer:
            """Hand in a problem of your own; for teachers."""
            return door.submit()

    @ns.route("/topics")
    class Topics(Resource):
        @ns.response(200, "The topics, those with the most problems first", [topic])
        def get(self) -> list[Json]:
            """What the problems in play are about."""
            return [{"topic": name, "problems": number} for name, number in problems.topics()]

    @ns.route("/random")
    class Random(Resource):
        @ns.doc(security="Bearer", params=TOPIC)
        @ns.response(200, "A problem", shown)
        @fails(ns, 400, 401, 404)
        def get(self) -> Json:
            """A random problem of your rank."""
            user = users.get(caller(tokens).user_id)
            return with_records([problems.random(rank_of(user.xp), _topic(), user.id)], records)[0]

    @ns.route("/<int(max=2147483647):problem_id>")
    class One(Resource):
        @ns.doc(security="Bearer")
        @ns.response(200, "The problem", shown)
        @fails(ns, 401, 404)
        def get(self, problem_id: int) -> Json:
            """One problem that is in play; teachers may read any."""
            user_id = caller(tokens).user_id
            teaches = users.is_teacher(user_id)
            found = problems.any(problem_id, user_id) if teaches else problems.in_play(problem_id)
            return with_records([found], records)[0]

        @ns.doc(security="Bearer")
        @ns.expect(document, validate=False)
        @ns.response(201, "Proven, and in play in the place of the version before", shown)
        @ns.response(202, "It is being proven; Location says where to look for it", draft)
        @fails(ns, 400, 401, 403, 404, 413, 415, 422, 429)
        def put(self, problem_id: int) -> drafts.Answer:
            """Hand in a new version of a problem; for teachers."""
            return door.submit(problem_id)

    return ns


def _topic() -> str:
    """The topic that the query names, or an empty one; raises InvalidRequest."""
    topic = request.args.get("topic")
    if topic is not None and (not 1 <= len(topic) <= MAX_TOPIC_LENGTH or not topic.isprintable()):
        raise InvalidRequest(fields={"topic": f"must have 1 to {MAX_TOPIC_LENGTH} characters"})
    return (topic or "").lower()


def languages_namespace(problems: Problems) -> Namespace:
    """``GET /languages``."""
    ns = documented(Routes("languages", description="What is judged", path="/languages"))
    language = ns.model(
        "Language",
        {
            "id": fields.String(example="python"),
            "name": fields.String(example="Python"),
            "version": fields.String(example="3.11.7"),
            "starter": fields.String(example="def solve(numbers: list[int]) -> int:\n    ..."),
        },
    )
    sample = Signature("solve", (Param("numbers", Type("list", Type("int"))),), Type("int"))

    @ns.route("")
    class Languages(Resource):
        @ns.response(200, "The languages", [language])
        @fails(ns)
        def get(self) -> list[Json]:
            """The languages that this server judges."""
            return [
                {"id": known.id, "name": known.name, "version": known.version, "starter": known.starter(sample)}
                for known in problems.languages.values()
            ]

    return ns
