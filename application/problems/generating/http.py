"""Problems that are yet to be: asking a model for one, handing one in as a teacher, and seeing how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request
from flask_restx import Model, Namespace, Resource, fields
from pydantic import ValidationError

from application.accounts.service import Users
from application.accounts.tokens import Tokens
from application.ai.model import Model as LanguageModel
from application.base.errors import InvalidRequest
from application.problems import errors
from application.problems.catalogue.records import FindRecords, with_records
from application.problems.catalogue.service import Problems
from application.problems.catalogue.source import Draft
from application.problems.catalogue.topics import TOPICS
from application.problems.generating.drafting import Drafting
from application.problems.generating.drafts import Drafts
from application.problems.generating.endings import ended
from application.problems.generating.writing import Wish
from application.ratings.ranks import SLUGS, rank_of
from application.web.api import fails
from application.web.nullable import NullableInteger, NullableString
from application.web.request import caller

Json = dict[str, Any]
Answer = tuple[Json, int, dict[str, str]]
RETRY_SECONDS = 2
"""How soon it is worth looking again at a draft that is being worked on."""


@dataclass(frozen=True)
class DraftDoor:
    """What the routes about drafts do; ``wait_seconds`` is how long a request waits for its problem."""

    users: Users
    tokens: Tokens
    problems: Problems
    records: FindRecords
    drafts: Drafts
    drafting: Drafting
    model: LanguageModel
    wait_seconds: float

    def generate(self) -> Answer:
        """A problem for the caller, or where to look for it."""
        user_id = caller(self.tokens).user_id
        wish = _wish(_body(optional=True), rank_of(self.users.get(user_id).xp).slug)
        self.model.require()
        self.drafting.require()
        return self._answer(self.drafts.want(user_id, wish), user_id)

    def submit(self, replaces_id: int | None = None) -> Answer:
        """A teacher's draft: the problem that it became, or where to look for it."""
        user_id = caller(self.tokens).user_id
        self.users.must_teach(user_id)
        draft = _draft(_body())
        self.drafting.require()
        return self._answer(self.drafts.submit(user_id, draft, replaces_id), user_id)

    def progress(self, draft_id: int) -> Json:
        """How far a draft is."""
        user_id = caller(self.tokens).user_id
        return self._shown(draft_id, user_id)

    def _answer(self, draft_id: int, user_id: int) -> Answer:
        self.drafting.wake()
        self.drafts.wait(draft_id, self.wait_seconds)
        draft = self._shown(draft_id, user_id)
        if draft["problem"]:
            return draft["problem"], 201, {"Location": f"{request.script_root}/problems/{draft['problem_id']}"}
        if draft["code"]:
            raise ended(draft["code"], draft["reason"])
        return (
            draft,
            202,
            {"Location": f"{request.script_root}/problems/drafts/{draft_id}", "Retry-After": str(RETRY_SECONDS)},
        )

    def _shown(self, draft_id: int, user_id: int) -> Json:
        draft = self.drafts.shown(draft_id, user_id, all_=self.users.is_teacher(user_id))
        problem_id = draft["problem_id"]
        if problem_id is None:
            return draft | {"problem": None}
        return draft | {"problem": with_records([self.problems.public(problem_id)], self.records)[0]}


def draft_model(ns: Namespace) -> Model:
    """How the progress of a draft is shown."""
    stage = ns.model(
        "DraftStage",
        {
            "round": fields.Integer(example=1),
            "stage": fields.String(example="mutants"),
            "passed": fields.Boolean(example=True),
            "ms": fields.Integer(example=2350),
            "reason": NullableString(description="Only of an own problem or a rejected one."),
            "tokens_in": fields.Integer(description="As reason."),
            "tokens_out": fields.Integer(description="As reason."),
            "cost": fields.Float(description="US dollars. As reason."),
        },
    )
    return ns.model(
        "ProblemDraft",
        {
            "id": fields.Integer(example=17),
            "kind": fields.String(enum=["generated", "authored"]),
            "rank": fields.String(enum=list(SLUGS)),
            "topic": NullableString(example="graphs"),
            "state": fields.String(enum=["waiting", "working", "proven", "rejected", "failed"]),
            "round": NullableInteger(example=1),
            "stage": NullableString(example="mutants", description="What it is at, or was at last."),
            "code": NullableString(description="Why there is no problem, as an error's code."),
            "reason": NullableString(description="Why there is no problem."),
            "stages": fields.List(fields.Nested(stage, skip_none=True)),
            "problem_id": NullableInteger(example=131),
            "problem": fields.Raw(description="The Problem, once it is proven.", **{"x-nullable": True}),
            "created_at": fields.String(example="2026-01-31T12:00:00.000Z"),
            "finished_at": NullableString(example="2026-01-31T12:01:10.250Z"),
        },
    )


def document_model(ns: Namespace) -> Model:
    """A draft as a teacher writes it."""
    text, anything = fields.String, fields.Raw
    example = ns.model(
        "DraftExample",
        {"args": fields.List(anything), "expected": anything(), "explanation": text(example="2 + 7 = 9.")},
    )
    param = ns.model("DraftParam", {"name": text(example="scores"), "type": text(example="list<int>")})
    return ns.model(
        "DraftDocument",
        {
            "slug": text(example="flood-mark"),
            "title": text(example="Flood mark"),
            "description": text(description="Markdown without HTML"),
            "rank": text(enum=list(SLUGS)),
            "topics": fields.List(text(example="arrays")),
            "function": text(example="flood_mark"),
            "params": fields.List(fields.Nested(param)),
            "returns": text(example="int"),
            "compare": text(example="exact"),
            "examples": fields.List(fields.Nested(example)),
            "inputs": fields.List(fields.List(anything), description="Further calls wanted among the tests."),
            **{name: text(description="Python") for name in ("reference", "brute", "generator", "validator", "naive")},
            "near_misses": fields.List(fields.List(anything)),
            "source": text(example="Ada's class"),
            "licence": text(example="CC0-1.0"),
        },
    )


def add_routes(ns: Namespace, door: DraftDoor, problem: Model, draft: Model) -> None:
    """The routes that are about drafts alone."""
    wish = ns.model(
        "Wish",
        {
            "rank": fields.String(enum=list(SLUGS), description="Yours, if left out."),
            "topic": fields.String(enum=list(TOPICS), description="Any, if left out."),
        },
    )

    @ns.route("/generate")
    class Generate(Resource):
        @ns.doc(security="Bearer")
        @ns.expect(wish, validate=False)
        @ns.response(201, "A new problem, proven and in play", problem)
        @ns.response(202, "It is being made; Location says where to look for it", draft)
        @fails(ns, 400, 401, 413, 415, 422, 429, 502, 504)
        def post(self) -> Answer:
            """A new problem, written by the language model; the body may be left out."""
            return door.generate()

    @ns.route("/drafts/<int(max=2147483647):draft_id>")
    class Progress(Resource):
        @ns.doc(security="Bearer")
        @ns.response(200, "How far it is", draft)
        @fails(ns, 401, 404)
        def get(self, draft_id: int) -> Json:
            """A draft that you asked for or handed in; for teachers any."""
            return door.progress(draft_id)


def _body(optional: bool = False) -> Json:
    if optional and not request.get_data():
        return {}
    body = request.get_json()
    if not isinstance(body, dict):
        raise InvalidRequest("The body must be an object.")
    return body


def _wish(body: Json, own_rank: str) -> Wish:
    flaws = {name: "is not known here" for name in body if name not in ("rank", "topic")}
    rank, topic = body.get("rank", own_rank), body.get("topic")
    if not isinstance(rank, str) or rank.lower() not in SLUGS:
        flaws["rank"] = f"must be one of {', '.join(SLUGS)}"
    if "topic" in body and (not isinstance(topic, str) or topic.lower() not in TOPICS):
        flaws["topic"] = f"must be one of {', '.join(TOPICS)}"
    if flaws:
        raise InvalidRequest(fields={name[:80]: flaw for name, flaw in flaws.items()})
    return Wish(rank.lower(), topic.lower() if topic else None)


def _draft(body: Json) -> Draft:
    try:
        return Draft.model_validate(body)
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)[:20]
        flaws = {".".join(map(str, flaw["loc"]))[:80] or "draft": flaw["msg"] for flaw in found}
        raise errors.InvalidDraft(
            fields={name: msg.removeprefix("Value error, ") for name, msg in flaws.items()}
        ) from None
    except RecursionError:
        raise errors.InvalidDraft("The draft is nested too deeply.") from None
