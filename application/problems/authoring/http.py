"""``/problems``, from the side of those who find a problem wrong and of those who decide: reports, proofs, retiring."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request
from flask_restx import Namespace, Resource, fields

from application.accounts.service import Users
from application.accounts.tokens import Tokens
from application.problems.authoring.reports import Reports
from application.problems.catalogue.service import Problems
from application.web.api import documented, fails
from application.web.nullable import NullableInteger
from application.web.request import caller, page, page_params, with_total
from application.web.validation import Routes

Json = dict[str, Any]


def namespace(problems: Problems, reports: Reports, users: Users, tokens: Tokens) -> Namespace:
    """The routes under ``/problems`` for reports and for teachers."""
    ns = documented(Routes("teachers", description="What is wrong, and what is done about it", path="/problems"))
    reason = ns.model(
        "Reason",
        {
            "reason": fields.String(
                required=True,
                description="What is wrong, in 1 to 1000 characters.",
                example="The second example contradicts the statement.",
            )
        },
        strict=True,
    )
    report = ns.model(
        "Report",
        {
            "problem_id": fields.Integer(example=3),
            "user_id": fields.Integer(example=7),
            "reason": fields.String(example="The second example contradicts the statement."),
            "at": fields.String(example="2026-01-31T12:00:00.000Z"),
        },
    )
    by_name = ns.inherit("NamedReport", report, {"username": fields.String(example="ada")})
    standing = ns.model(
        "ProblemStanding",
        {
            "id": fields.Integer(example=3),
            "slug": fields.String(example="flood-mark"),
            "version": fields.Integer(example=1),
            "title": fields.String(example="Flood mark"),
            "in_play": fields.Boolean,
            "withdrawn": fields.Boolean(description="Retired: no version of it is played."),
            "reports": fields.List(fields.Nested(by_name), description="Those that nobody has decided on."),
        },
    )
    counts = ("small", "random", "large", "mutants", "killed", "equivalent", "reference_ms")
    proof = ns.model(
        "Proof",
        {name: fields.Integer(example=20) for name in counts}
        | {name: NullableInteger(example=200) for name in ("brute_ms", "naive_ms", "solutions")}
        | {"missing": fields.List(fields.String, description="What it came without, and so was not proven.")},
    )

    def teacher() -> int:
        user_id = caller(tokens).user_id
        users.must_teach(user_id)
        return user_id

    def named(found: Sequence[Json]) -> list[Json]:
        names = users.names([told["user_id"] for one in found for told in one["reports"]])
        return [
            one | {"reports": [told | {"username": names[told["user_id"]]} for told in one["reports"]]} for one in found
        ]

    @ns.route("/<int(max=2147483647):problem_id>/report")
    class Report(Resource):
        @ns.doc(security="Bearer")
        @ns.expect(reason)
        @ns.response(200, "You have reported it before; that report", report)
        @ns.response(201, "Reported", report)
        @fails(ns, 400, 401, 403, 404, 413, 415, 422, 429)
        def post(self, problem_id: int) -> tuple[Json, int]:
            """Say what is wrong with a problem that you have had in a match; reports of several players who know the
            game take it out of play."""
            made, new = reports.report(caller(tokens).user_id, problem_id, request.get_json()["reason"])
            return made, 201 if new else 200

    @ns.route("/reported")
    class Reported(Resource):
        @ns.doc(security="Bearer", params=page_params())
        @ns.response(200, "Problems with open reports; X-Total-Count has how many there are", [standing])
        @fails(ns, 400, 401, 403)
        def get(self) -> tuple[Sequence[Json], int, dict[str, str]]:
            """For teachers: what players have reported."""
            teacher()
            found, total = reports.reported(*page())
            return with_total(named(found), total)

    @ns.route("/<int(max=2147483647):problem_id>/approve")
    class Approve(Resource):
        @ns.doc(security="Bearer")
        @ns.response(200, "In play", standing)
        @fails(ns, 401, 403, 404, 409)
        def post(self, problem_id: int) -> Json:
            """For teachers: the reports are settled, and the problem is played (again). It must have a proof."""
            return reports.approve(problem_id, teacher())

    @ns.route("/<int(max=2147483647):problem_id>/retire")
    class Retire(Resource):
        @ns.doc(security="Bearer")
        @ns.response(200, "Out of play", standing)
        @fails(ns, 401, 403, 404)
        def post(self, problem_id: int) -> Json:
            """For teachers: the problem is not played any more."""
            return reports.retire(problem_id, teacher())

    @ns.route("/<int(max=2147483647):problem_id>/proof")
    class ProofOf(Resource):
        @ns.doc(security="Bearer")
        @ns.response(200, "What was seen when it was proven; times in milliseconds of CPU", proof)
        @fails(ns, 401, 403, 404, 409)
        def get(self, problem_id: int) -> Json:
            """For teachers: the proof of a problem."""
            return problems.proof(problem_id, teacher())

    return ns
