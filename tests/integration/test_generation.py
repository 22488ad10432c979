"""Problems that a model writes: what is asked, what is believed, what is stored, and what is written down about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import delete, func, select, update

from application import errors
from application.commands import add_commands
from application.extensions import db
from application.judge.machine import Judge
from application.judge.verdicts import Limits
from application.problems import attempt, drafts, evidence, stock
from application.problems.document import BANK, load
from application.problems.draft import Draft
from application.problems.models import Problem, ProblemDraft
from application.problems.stock import Stock
from application.problems.writing import Wish
from tests.conftest import Databases
from tests.integration.conftest import Clock, House
from tests.openai_server import Answer, Drop, ModelServer, RawText, Refusal, Status, Truncated, serving
from tests.problem_cases.faulty import CASES, Case
from tests.problem_cases.sound import SOUND, STAMPS

Json = dict[str, Any]
_SAME = "title topics function params returns compare reference brute generator validator naive".split()


def written(draft: Json) -> Json:
    """A draft's document as a model would answer it; what the form does not let it leave out is empty."""
    texts = {"brute": "", "generator": "", "validator": "", "compare": "exact", "naive": None} | draft
    return {name: texts[name] for name in _SAME} | {
        "statement": draft["description"],
        "examples": [
            {
                "args": json.dumps(example["args"]),
                "expected": json.dumps(example.get("expected")),
                "explanation": example["explanation"],
            }
            for example in draft["examples"]
        ],
        "near_misses": [json.dumps(args) for args in draft.get("near_misses", [])],
    }


class Mind:
    """What the model of the tests thinks: problems in their order, the last of them again and again, and solutions."""

    def __init__(self) -> None:
        self.problems: list[Answer] = []
        self.solutions: list[Answer] = []
        self.asked: list[Json] = []

    def think(self, problems: Sequence[Answer], solutions: Sequence[str | Answer]) -> None:
        """From now on."""
        self.problems, self.asked = list(problems), []
        self.solutions = [{"code": answer} if isinstance(answer, str) else answer for answer in solutions]

    def knows(self, draft: Json, *solutions: str) -> None:
        """One problem, and three solutions of it: the reference, unless others are given."""
        self.think([written(draft)], solutions or 3 * [draft["reference"]])

    def __call__(self, request: Json) -> Answer:
        self.asked.append(request)
        thoughts = self.problems if request["schema"] == "WrittenProblem" else self.solutions
        return thoughts.pop(0) if len(thoughts) > 1 else thoughts[0]


class Press:
    """A house with a model, and somebody who asks for problems."""

    def __init__(self, house: House, mind: Mind, server: ModelServer) -> None:
        self.house, self.mind, self.server = house, mind, server
        self.user_id = house.user("teacher")
        self.drafts = house.codemaze.drafts
        assert house.judge.grader
        # A Drafting of its own for each test, as it remembers the problems that it has seen.
        self.drafting = house.codemaze.drafting.by(house.judge.grader)

    def ask(self, wish: Wish = Wish("bronze")) -> ProblemDraft:
        """Ask for a problem and work on it to the end; its draft."""
        draft_id = self.drafts.want(self.user_id, wish)
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
def press(
    module_house: House, model: tuple[ModelServer, Mind], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Press]:
    """Everything is as it was before once the test has ended. Programs that do not end are not waited for long."""
    monkeypatch.setattr(evidence, "BATCH_MS", 1500)
    monkeypatch.setattr(evidence, "SOLUTION_LIMITS", Limits(1500, 512))
    last = db.session.scalar(select(func.max(Problem.id)))
    yield Press(module_house, model[1], model[0])
    db.session.rollback()
    db.session.execute(delete(ProblemDraft))
    db.session.execute(delete(Problem).where(Problem.id > last))
    db.session.execute(update(Problem).values(in_play=True))
    db.session.execute(db.text("DELETE FROM ai_calls"))
    db.session.execute(db.text("DELETE FROM users"))
    db.session.commit()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_faulty_draft_is_rejected_for_its_own_reason(
    case: Case, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempt, "ROUNDS", 1)
    press.mind.knows(case.draft, *case.solutions)
    before = press.house.count(Problem)
    draft = press.ask(Wish(case.draft["rank"]))
    assert (draft.state, draft.code, draft.problem_id) == ("rejected", "draft_rejected", None), draft.reason
    assert draft.stages[-1]["stage"] == case.stage, draft.reason
    assert re.search(case.reason, draft.stages[-1]["reason"])
    assert draft.reason == f"{case.stage}: {draft.stages[-1]['reason']}"
    assert all(stage["reason"] is None for stage in draft.stages[:-1])
    assert press.house.count(Problem) == before


@pytest.mark.parametrize("slug", SOUND)
def test_a_sound_draft_comes_into_play(slug: str, press: Press) -> None:
    press.mind.knows(SOUND[slug])
    draft = press.ask(Wish(SOUND[slug]["rank"]))
    assert draft.state == "proven", draft.reason
    row = db.session.get_one(Problem, draft.problem_id)
    assert (row.in_play, row.version, row.rank) == (True, 1, SOUND[slug]["rank"])
    document = press.house.codemaze.problems.document(row.id)
    assert document.slug == f"{slug[:40]}-{draft.id}"
    assert document.proof and document.proof.solutions == 3
    assert [stage["stage"] for stage in draft.stages][:3] == ["writing", "lint", "likeness"]
    assert draft.stages[-1] | {"ms": 0} == {
        "round": 1,
        "stage": "ambiguous",
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
