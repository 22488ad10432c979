"""Problems that a model writes: what is asked, what is believed, what is stored, and what is written down about it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from application.ai.errors import AiQuotaExceeded
from application.ai.models import AiCall
from application.base.database import db
from application.commands import add_commands
from application.judge.machine import Judge
from application.problems import errors
from application.problems.catalogue.models import Problem, ProblemDraft, ProblemInsider
from application.problems.catalogue.source import Draft
from application.problems.generating import attempt, drafts, stock
from application.problems.generating.endings import ended
from application.problems.generating.stock import Stock
from application.problems.generating.writing import Wish
from application.problems.proving import inputs
from application.problems.proving.disproof import Disproved, Patience
from tests.conftest import Databases
from tests.integration.conftest import Clock, House
from tests.openai_server import Answer, Drop, ModelServer, RawText, Refusal, Status, Truncated, serving
from tests.problem_cases.faulty import CASES, Case
from tests.problem_cases.mind import WRITTEN_AS_IT_IS, Mind, written
from tests.problem_cases.sound import PUNCHES, SOUND, STAMPS

Json = dict[str, Any]
IMPATIENT = Patience(batch_ms=700, mutant_batch_ms=200, call_ms=700)


def can_be_written(draft: Json) -> bool:
    """Whether a model could answer this: it is asked for programs one and all, and for neither slug nor source nor
    any other field."""
    own = {"slug", "source", "licence", "rank"}
    base = next((sound for sound in SOUND.values() if own & set(draft) and sound["slug"] == draft.get("slug")), None)
    return (
        base is not None
        and set(draft) <= set(WRITTEN_AS_IT_IS) | own | {"description", "examples", "near_misses"}
        and {"brute", "generator", "validator"} <= set(draft)
        and draft["rank"] in ("bronze", "silver", "gold", "platinum")
        and (draft["source"], draft["licence"]) == (base["source"], base["licence"])
    )


class Press:
    """A house with a model, and somebody who asks for problems."""

    def __init__(self, house: House, mind: Mind, server: ModelServer) -> None:
        self.house, self.mind, self.server = house, mind, server
        self.user_id = house.user("teacher")
        self.drafts = house.codemaze.generating.drafts
        assert house.judge.grader
        # A Drafting of its own for each test, as it remembers the problems that it has seen.
        self.drafting = house.codemaze.generating.drafting.by(house.judge.grader, IMPATIENT)

    def ask(self, rank: str = "bronze", topic: str | None = None) -> ProblemDraft:
        """Ask for a problem and work on it to the end; its draft."""
        draft_id = self.drafts.want(self.user_id, Wish(rank, topic))
        self.drafting.work_on_next()
        return self.draft(draft_id)

    def draft(self, draft_id: int) -> ProblemDraft:
        """A draft as it stands."""
        return db.session.get_one(ProblemDraft, draft_id, populate_existing=True)


@pytest.fixture(scope="module")
def model() -> Iterator[tuple[ModelServer, Mind]]:
    mind = Mind()
    with serving(mind) as server:
        yield server, mind


@pytest.fixture(scope="module")
def module_house(databases: Databases, judge: Judge, model: tuple[ModelServer, Mind]) -> Iterator[House]:
    changed = {"openai_base_url": model[0].url, "ai_user_daily": 10_000, "ai_daily_budget": 10_000, "ai_retries": 0}
    made = House(databases.new(), judge, Clock(), **changed)
    with made.app.app_context():
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def thorough(module_house: House, model: tuple[ModelServer, Mind]) -> Iterator[Press]:
    """A press that proves as it does in earnest. Everything is as it was before once the test has ended."""
    last = db.session.scalar(select(func.max(Problem.id)))
    yield Press(module_house, model[1], model[0])
    db.session.rollback()
    db.session.execute(delete(ProblemDraft))
    db.session.execute(delete(Problem).where(Problem.id > last))
    db.session.execute(db.text("DELETE FROM ai_calls"))
    db.session.execute(db.text("DELETE FROM problem_insiders"))
    db.session.execute(db.text("DELETE FROM users"))
    db.session.commit()


@pytest.fixture
def press(thorough: Press, monkeypatch: pytest.MonkeyPatch) -> Press:
    """A press that tries few inputs, for tests of what comes before a proof and after it."""
    monkeypatch.setattr(inputs, "RANDOM_INPUTS", 60)
    monkeypatch.setattr(inputs, "SMALL_INPUTS", 20)
    return thorough


OF_A_STAGE = 4
"""How many faulty drafts of each stage go through the model's server; ``test_proving`` has all of them."""

FAULTY = [
    case
    for stage_name in sorted({case.stage for case in CASES})
    for case in [case for case in CASES if case.stage == stage_name and can_be_written(case.draft)][:OF_A_STAGE]
]


def test_enough_faulty_drafts_can_be_written_by_a_model() -> None:
    assert len(FAULTY) >= 40
    assert {case.stage for case in FAULTY} == {case.stage for case in CASES}


@pytest.mark.parametrize("case", FAULTY, ids=lambda case: case.name)
def test_a_faulty_draft_is_rejected_for_its_own_reason(
    case: Case, thorough: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    press = thorough
    monkeypatch.setattr(attempt, "ROUNDS", 1)
    press.mind.knows(case.draft, *case.solutions)
    before = press.house.count(Problem)
    draft = press.ask(case.draft["rank"])
    assert (draft.state, draft.code, draft.problem_id) == ("rejected", "draft_rejected", None), draft.reason
    assert draft.stages[-1]["stage"] == case.stage, draft.reason
    assert re.search(case.reason, draft.stages[-1]["reason"])
    assert draft.reason == f"{case.stage}: {draft.stages[-1]['reason']}"
    assert all(stage["reason"] is None for stage in draft.stages[:-1])
    assert press.house.count(Problem) == before


# All of them where one asks for it: every one is proven anew.
@pytest.mark.parametrize("slug", SOUND if os.environ.get("ALL_DRAFTS") else list(SOUND)[::3])
def test_a_sound_draft_comes_into_play(slug: str, thorough: Press) -> None:
    press = thorough
    press.mind.knows(SOUND[slug])
    draft = press.ask(SOUND[slug]["rank"])
    assert draft.state == "proven", draft.reason
    row = db.session.get_one(Problem, draft.problem_id)
    assert (row.in_play, row.version, row.rank) == (True, 1, SOUND[slug]["rank"])
    document = press.house.codemaze.catalogue.problems.document(row.id)
    assert document.slug == f"{slug[:40]}-{draft.id}"
    assert document.proof and document.proof.solutions == 3
    assert [stage["stage"] for stage in draft.stages][:3] == ["writing", "lint", "likeness"]
    assert draft.stages[-1] | {"ms": 0} == {
        "round": 1,
        "stage": "ambiguity",
        "reason": None,
        "tokens_in": 3000,
        "tokens_out": 1500,
        "cost": 0.00375,
        "ms": 0,
    }
    told = [request["content"] for request in press.mind.asked if request["schema"] == "WrittenSolution"]
    assert len(told) == 3 and document.description in told[0]
    hidden = [json.dumps(test.args) for test in document.tests if test.hidden and len(json.dumps(test.args)) > 20]
    assert not [secret for secret in [document.reference, document.brute, *hidden] if secret and secret in told[0]]


LOST: Json = {**STAMPS, "reference": STAMPS["reference"].replace("+ 49", "+ 50")}
"""A draft that is rejected soon after it is read."""


def test_what_was_wrong_goes_back_to_the_model(press: Press) -> None:
    no_json = written(STAMPS) | {"near_misses": ["[[0]", "[[1]]"]}
    press.mind.think([RawText("no problem at all"), no_json, written(STAMPS)], 3 * [STAMPS["reference"]])
    draft = press.ask("bronze", "arrays")
    assert (draft.state, draft.round) == ("proven", 3)
    failed = [(entry["round"], entry["stage"], entry["reason"]) for entry in draft.stages if entry["reason"]]
    assert [place[:2] for place in failed] == [(1, "writing"), (2, "lint")]
    first, second, third = (request["content"] for request in press.mind.asked[:3])
    assert "bronze" in first and "Topic: arrays" in first and "Flood" in first and "rejected" not in first
    assert failed[0][2] in second and "near_misses[0] is no JSON" in third and failed[1][2] in third
    # However often the model has to write it, it is one problem of its requester's quota.
    calls = db.session.scalars(select(AiCall.purpose).order_by(AiCall.id.desc()).limit(6)).all()
    assert calls[::-1] == ["problem", "correction", "correction", *3 * ["solution"]]


def test_three_rounds_are_the_most(press: Press) -> None:
    press.mind.knows(LOST)
    draft = press.ask()
    assert (draft.state, draft.round, len(press.mind.asked)) == ("rejected", 3, 3)
    assert [entry["round"] for entry in draft.stages if entry["reason"]] == [1, 2, 3]


def test_one_solution_of_three_may_differ(press: Press) -> None:
    press.mind.knows(STAMPS, STAMPS["brute"], "def stamps_needed(weights):\n    return len(weights)\n", STAMPS["brute"])
    draft = press.ask()
    proof = press.house.codemaze.catalogue.problems.document(draft.problem_id or 0).proof
    assert proof and proof.solutions == 2


def test_a_solver_who_refuses_agrees_with_nobody(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    press.mind.think([written(STAMPS)], [{"code": STAMPS["brute"]}, {"code": STAMPS["brute"]}, Refusal()])
    assert press.ask().state == "proven"
    press.mind.think([written(PUNCHES)], [Refusal()])
    monkeypatch.setattr(attempt, "ROUNDS", 1)
    draft = press.ask(PUNCHES["rank"])
    assert (draft.state, draft.stages[-1]["stage"]) == ("rejected", "ambiguity")


@pytest.mark.parametrize(
    ("answer", "code", "calls"),
    [
        (Refusal(), "ai_refused", 1),
        (Truncated(), "ai_truncated", 3),
        (RawText("{}"), "ai_answer_invalid", 3),
        (Status(401), "ai_key_rejected", 1),
        (Status(429), "ai_busy", 1),
        (Status(500), "ai_unavailable", 1),
        (Drop(), "ai_unavailable", 1),
    ],
)
def test_what_the_model_does_wrong_has_a_name(answer: Answer, code: str, calls: int, press: Press) -> None:
    press.mind.think([answer], [])
    draft = press.ask()
    assert (draft.state, draft.code, len(press.mind.asked)) == ("failed", code, calls)
    assert draft.reason == ended(code, "").message
    assert draft.stages[-1]["reason"] == draft.reason


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"statement": "Add. " * 200_000}, "description"),
        ({"title": "Stamps <script>alert(1)</script>"}, "HTML"),
        ({"statement": STAMPS["description"] + "\n\n[here](javascript:alert(1))"}, "has a link to 'javascript"),
        ({"title": "Stamps \u202eround"}, "invisible character"),
        ({"near_misses": ["[" * 5000]}, "near_misses"),
        ({"near_misses": ['["' + "a" * 30_000 + '"]']}, "near_misses.0. has 30004 characters"),
        ({"params": [{"name": "weights", "type": "int"}]}, "weights is a list, expected int"),
        ({"examples": [{"args": "[[NaN]]", "expected": "1", "explanation": "No."}]}, "NaN is no number"),
        ({"reference": "def stamps_needed(weights):\n" + "    pass\n" * 5000}, "reference"),
    ],
)
def test_a_hostile_answer_is_read_and_no_more(
    fields: Json, reason: str, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempt, "ROUNDS", 1)
    press.mind.think([written(STAMPS) | fields], [])
    draft = press.ask()
    assert (draft.state, draft.stages[-1]["stage"]) == ("rejected", "lint"), draft.reason
    assert draft.reason and re.search(reason, draft.reason) and len(draft.reason) < 2000


def test_asking_again_is_asking_for_the_same(press: Press) -> None:
    wanted = press.drafts.want(press.user_id, Wish("bronze"))
    assert press.drafts.want(press.user_id, Wish("gold")) == wanted
    other = press.house.user("another")
    assert press.drafts.want(other, Wish("bronze")) != wanted
    with pytest.raises(errors.DraftNotFound):
        press.drafts.shown(wanted, other, all_=False)
    assert press.drafts.shown(wanted, other, all_=True)["state"] == "waiting"


def test_who_asked_for_a_problem_knows_it_from_within(press: Press) -> None:
    press.mind.knows(STAMPS)
    draft = press.ask("bronze")
    assert insiders() == {(press.user_id, f"{STAMPS['slug']}-{draft.id}")}


def insiders() -> set[tuple[int, str]]:
    return {(row.user_id, row.slug) for row in db.session.query(ProblemInsider)}


def test_the_quota_counts_problems_that_lay_ready(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press.drafts, "_user_daily", 1)
    press.mind.knows(STAMPS)
    ready = press.drafting.generate(Wish("bronze"), lambda _stage: None)
    assert press.drafts.want(press.user_id, Wish("bronze")) == ready.id
    assert insiders() == {(press.user_id, f"{STAMPS['slug']}-{ready.id}")}
    with pytest.raises(AiQuotaExceeded):
        press.drafts.want(press.user_id, Wish("bronze"))
    assert press.drafts.want(press.house.user("another"), Wish("bronze")) != ready.id


def test_the_stock_is_filled_rank_by_rank_and_rests_after_failures(press: Press) -> None:
    few = Stock(1)
    press.mind.knows(STAMPS)
    few.fill()
    few.fill()
    assert press.house.count(ProblemDraft) == 1
    assert press.drafting.work_on_next() and not press.drafting.work_on_next()
    Stock(0).fill()
    assert press.house.count(ProblemDraft) == 1
    few.fill()
    second = db.session.scalars(select(ProblemDraft).order_by(ProblemDraft.id.desc())).first()
    assert second and (second.rank, second.requested_by) == ("silver", None)
    press.mind.think([Refusal()], [])
    assert press.drafting.work_on_next()
    few.fill()
    assert press.house.count(ProblemDraft) == 2
    later = ProblemDraft.finished_at - db.text(f"interval '{stock.FIRST_REST_SECONDS} seconds'")
    db.session.execute(update(ProblemDraft).values(finished_at=later))
    db.session.commit()
    few.fill()
    assert press.house.count(ProblemDraft) == 3


def test_a_problem_that_was_played_lies_ready_no_more(press: Press) -> None:
    press.mind.knows(STAMPS)
    ready = press.drafting.generate(Wish("bronze"), lambda _stage: None)
    wanted = Wish("bronze", "greedy")
    assert press.drafts.want(press.house.user("bob"), wanted) != ready.id
    db.session.execute(update(Problem).where(Problem.id == ready.problem_id).values(plays=1))
    db.session.commit()
    assert press.drafts.want(press.user_id, Wish("bronze")) != ready.id


def test_a_draft_of_a_dead_process_is_taken_up_once(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that comes back from the dead while another has the draft writes nothing about it any more."""
    press.mind.knows(STAMPS)
    draft_id = press.drafts.want(press.user_id, Wish("bronze"))
    lost = press.drafts.claim()
    assert lost and lost.id == draft_id
    assert press.drafts.claim() is None
    monkeypatch.setattr(drafts, "DEAD_SECONDS", -1)
    twin = press.house.twin(openai_base_url=press.server.url)
    with twin.app.app_context():
        assert press.house.judge.grader
        assert twin.codemaze.generating.drafting.by(press.house.judge.grader, IMPATIENT).work_on_next()
        db.session.remove()
        db.engine.dispose()
    draft = press.draft(draft_id)
    assert (draft.state, draft.taken) == ("proven", 2)
    before = press.house.count(Problem)
    document = press.house.codemaze.catalogue.problems.document(draft.problem_id or 0).model_copy(
        update={"slug": "again"}
    )
    for late in (
        lambda: press.drafts.store(lost, document, lambda: None),
        lambda: press.drafts.fail(lost, "failed", "server_error", ""),
        lambda: press.drafts.renew(lost),
    ):
        with pytest.raises(drafts.ClaimLost):
            late()
    assert (press.draft(draft_id).state, press.house.count(Problem)) == ("proven", before)


def test_a_draft_that_ends_every_process_is_given_up(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "DEAD_SECONDS", -1)
    draft_id = press.drafts.want(press.user_id, Wish("bronze"))
    for _ in range(drafts.MAX_TAKEN):
        assert press.drafts.claim()
    assert press.drafts.claim() is None
    assert (press.draft(draft_id).state, press.draft(draft_id).code) == ("failed", "server_error")


def test_a_teachers_draft_and_its_next_version(press: Press) -> None:
    draft_id = press.drafts.submit(press.user_id, Draft.model_validate(STAMPS))
    assert press.drafting.work_on_next()
    first = press.draft(draft_id)
    assert first.state == "proven", first.reason
    assert press.mind.asked == [] or first.stages[0]["stage"] == "likeness"
    with pytest.raises(errors.SlugTaken):
        press.drafts.submit(press.user_id, Draft.model_validate(STAMPS))
    retold = Draft.model_validate({**STAMPS, "title": "Stamps for the round, again"})
    assert first.problem_id
    second_id = press.drafts.submit(press.user_id, retold, first.problem_id)
    assert press.drafting.work_on_next()
    second = press.draft(second_id)
    assert insiders() == {(press.user_id, STAMPS["slug"])}
    rows = {row.id: row for row in db.session.scalars(select(Problem).where(Problem.slug == STAMPS["slug"]))}
    assert {id_: (row.version, row.in_play) for id_, row in rows.items()} == {
        first.problem_id: (1, False),
        second.problem_id: (2, True),
    }
    with pytest.raises(errors.InvalidDraft):
        press.drafts.submit(press.user_id, retold.model_copy(update={"slug": "other"}), first.problem_id)
    with pytest.raises(errors.ProblemNotFound):
        press.drafts.submit(press.user_id, retold, 10**6)
    for _ in range(drafts.MAX_OPEN):
        press.drafts.submit(press.user_id, retold, first.problem_id)
    with pytest.raises(errors.TooManyDrafts):
        press.drafts.submit(press.user_id, retold, first.problem_id)


def test_a_problem_that_repeats_a_newer_one_is_refused_at_the_last_moment(press: Press) -> None:
    press.mind.knows(STAMPS)
    ready = press.drafting.generate(Wish("bronze"), lambda _stage: None)
    assert ready.problem_id
    document = press.house.codemaze.catalogue.problems.document(ready.problem_id)
    mine = press.drafts.open(Wish("bronze"))
    with pytest.raises(Disproved, match="the title is that of"):
        press.drafts.store(mine, document, lambda: press.drafting._refuse_repeated(mine, document))
    assert press.draft(mine.id).state == "working"


def test_the_commands(press: Press) -> None:
    press.mind.think([written(STAMPS), written(LOST)], 3 * [STAMPS["reference"]])
    app = press.house.app
    add_commands(app)
    done = app.test_cli_runner().invoke(args=["problems", "generate", "--rank", "bronze", "--count", "2"])
    assert done.exit_code == 1, done.output
    assert "in play: stamps-for-the-round-" in done.output and "1 of 2 problems proven" in done.output
    assert re.search(r"round 1  writing +\d+ ms  1000\+500 tokens, \$0\.001[23]  ok", done.output), done.output
    listed = app.test_cli_runner().invoke(args=["problems", "drafts"])
    assert [("proven" in line, "rejected" in line) for line in listed.output.splitlines()] == [
        (False, True),
        (True, False),
    ]
