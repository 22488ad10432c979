"""Teachers, and what they and the players' reports do to problems."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select
from werkzeug.test import TestResponse

from application.accounts.models import User
from application.base.database import db
from application.commands import add_commands
from application.journal.models import Room
from application.judge.machine import Judge
from application.matches.models import Match, MatchPlayer, MatchRound
from application.problems.catalogue import seed
from application.problems.catalogue.document import BANK, ProblemDocument, load
from application.problems.catalogue.models import Problem, ProblemInsider, ProblemReport
from tests.integration.conftest import House, headers

PROVEN = load(BANK / "flood-mark.json")
"""A problem with its proof; the bank of the tests has none."""


def test_the_tables_are_those_of_the_models(house: House) -> None:
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


def test_a_user_is_made_a_teacher_and_a_player_again(house: House) -> None:
    add_commands(house.app)
    run, client, ada = house.app.test_cli_runner().invoke, house.app.test_client(), house.user("Ada")
    as_ada = headers(house, ada)

    def role() -> str:
        shown: str = client.get("/users/profile", headers=as_ada).get_json()["role"]
        return shown

    assert role() == "player"
    assert run(args=["users", "promote", "ada", "teacher"]).output == "Ada is a teacher now\n"
    assert role() == "teacher"
    assert "role" not in client.get("/users/ada").get_json()
    assert run(args=["users", "promote", "ada", "player"]).exit_code == 0
    assert role() == "player"
    assert "There is no such user" in run(args=["users", "promote", "eve", "teacher"]).output
    assert run(args=["users", "promote", "ada", "admin"]).exit_code == 2


class School:
    """Some players who have had one problem in a match, and a teacher."""

    def __init__(self, house: House) -> None:
        self.house, self.client = house, house.app.test_client()
        self.players = [house.user(name) for name in ("ada", "bob", "cyd", "dan")]
        self.give_experience(self.players)
        self.teacher = house.user("tea")
        house.codemaze.accounts.users.set_role("tea", "teacher")
        problems = house.codemaze.catalogue.problems
        made = problems.add(PROVEN.model_copy(update={"slug": "a-flood", "version": 1}))
        assert made
        self.problem = made
        db.session.query(Problem).filter(Problem.id != made).update({"in_play": False})
        problems.enter_play(made)
        self.rooms = [house.playing(*self.players[:2]), house.playing(*self.players[2:])]

    def give_experience(self, user_ids: list[int]) -> None:
        """They have been here for a day and have had a match with each other and with three more people."""
        day_before = self.house.clock() - timedelta(days=1)
        db.session.query(User).filter(User.id.in_(user_ids)).update({"created_at": day_before})
        everybody = [*user_ids, *(self.house.user(f"guest{number}") for number in range(3))]
        outcome = {"reason": "solved", "rated": True}
        room = Room(code="BEFORE", created_at=day_before)
        db.session.add(room)
        db.session.flush()
        match = Match(room_id=room.id, room=room.code, created_at=day_before, finished_at=day_before, outcome=outcome)
        db.session.add(match)
        db.session.flush()
        db.session.add_all(MatchPlayer(match_id=match.id, user_id=user_id, live=False) for user_id in everybody)
        db.session.commit()

    def post(self, user_id: int, what: str, body: dict[str, Any] | None = None) -> TestResponse:
        return self.client.post(f"/problems/{self.problem}/{what}", json=body, headers=headers(self.house, user_id))

    def get(self, user_id: int, path: str) -> TestResponse:
        return self.client.get(f"/problems/{path}", headers=headers(self.house, user_id))

    def report(self, user_id: int, reason: str = "Example 2 is wrong.") -> TestResponse:
        return self.post(user_id, "report", {"reason": reason})

    @property
    def in_play(self) -> bool:
        return self.house.codemaze.catalogue.problems.count_in_play() > 0

    def restart(self, judge: Judge, *documents: ProblemDocument) -> None:
        """What a start does with a bank that has these versions, too."""
        assert judge.grader
        problems = self.house.codemaze.catalogue.problems
        kept = problems.document(self.problem)
        db.session.query(Problem).filter(Problem.slug != kept.slug).delete()
        db.session.commit()
        seed.keep(problems, [kept, *documents])
        seed.prove_all(problems, judge.grader, 1)


@pytest.fixture
def school(house: House) -> School:
    return School(house)


def test_three_players_take_a_problem_out_of_play_until_a_teacher_decides(school: School, judge: Judge) -> None:
    ada, bob, cyd, dan = school.players
    assert school.report(ada).status_code == 201
    assert school.report(bob, "So is the third.").status_code == 201
    again = school.report(ada, "It still is.")
    assert (again.status_code, again.get_json()["reason"]) == (200, "Example 2 is wrong.")
    assert school.in_play
    assert school.report(cyd).status_code == 201
    assert not school.in_play
    school.restart(judge)
    assert not school.in_play
    assert school.get(ada, str(school.problem)).status_code == 404
    school.house.submit(dan, school.rooms[1])
    assert school.house.names(school.rooms[1])[-1] == "submission_received"

    shown = school.get(school.teacher, "reported")
    (reported,) = shown.get_json()
    assert (reported["id"], reported["in_play"], reported["withdrawn"]) == (school.problem, False, False)
    assert [(report["username"], report["reason"]) for report in reported["reports"]] == [
        ("ada", "Example 2 is wrong."),
        ("bob", "So is the third."),
        ("cyd", "Example 2 is wrong."),
    ]
    assert shown.headers["X-Total-Count"] == "1"
    assert school.get(school.teacher, str(school.problem)).get_json()["title"] == PROVEN.title
    assert school.post(school.teacher, "approve").get_json()["in_play"] is True
    assert school.in_play
    assert school.get(school.teacher, "reported").get_json() == []
    assert school.report(dan).status_code == 201
    assert school.report(ada).status_code == 200
    assert school.in_play, "what is settled does not count again"


def test_accounts_made_for_it_take_nothing_out_of_play(school: School) -> None:
    fresh = [school.house.user(f"fresh{number}") for number in range(12)]
    for one, other in zip(fresh[::2], fresh[1::2], strict=True):
        room = school.house.playing(one, other)
        school.house.judged(school.house.submit(one, room))
    for user in fresh:
        assert school.report(user).status_code == 201
    assert school.in_play
    assert len(school.get(school.teacher, "reported").get_json()[0]["reports"]) == len(fresh), "all are to be seen"


def test_who_was_wrong_before_weighs_less(school: School) -> None:
    for user in school.players[:2]:
        school.report(user)
    school.post(school.teacher, "approve")
    first = school.problem
    school.problem = (
        school.house.codemaze.catalogue.problems.add(PROVEN.model_copy(update={"slug": "another", "version": 1})) or 0
    )
    school.house.codemaze.catalogue.problems.enter_play(school.problem)
    db.session.query(Problem).filter(Problem.id == first).update({"in_play": False})
    db.session.query(MatchRound).update({"problem_id": school.problem})
    db.session.commit()
    for user in school.players[:3]:
        school.report(user)
    assert school.in_play, "1/2 + 1/2 + 1"
    school.report(school.players[3])
    assert not school.in_play, "and 1 more"


def test_a_rank_keeps_its_floor(house: House) -> None:
    school = School(house.twin(rank_floor=1))
    for user in school.players[:3]:
        school.report(user)
    assert school.in_play, "it is the only one of its rank"
    db.session.query(Problem).filter(Problem.id != school.problem).update({"in_play": True})
    db.session.query(Problem).update({"rank": "bronze"})
    db.session.commit()
    school.report(school.players[3])
    assert not db.session.get_one(Problem, school.problem, populate_existing=True).in_play


def test_who_decides_on_a_problem_is_never_dealt_it(school: School) -> None:
    def known() -> set[tuple[int, str]]:
        return {(row.user_id, row.slug) for row in db.session.query(ProblemInsider)}

    school.get(school.teacher, str(school.problem))
    assert known() == set(), "anybody may read what is in play"
    school.get(school.teacher, f"{school.problem}/proof")
    assert known() == {(school.teacher, "a-flood")}
    assert school.get(school.teacher, "random").get_json()["code"] == "no_problem_in_play"
    assert school.get(school.players[0], "random").status_code == 200
    second, third = school.house.user("second"), school.house.user("third")
    for name in ("second", "third"):
        school.house.codemaze.accounts.users.set_role(name, "teacher")
    school.post(second, "retire")
    assert (second, "a-flood") in known()
    assert school.get(third, str(school.problem)).status_code == 200
    assert (third, "a-flood") in known(), "which is out of play"


def test_reports_at_once_are_counted_one_by_one(school: School) -> None:
    reports, problem = school.house.codemaze.authoring.reports, school.problem
    calls = [lambda user=user: reports.report(user, problem, "Wrong.") for user in school.players[:3]]
    answers = school.house.at_once(*calls, *calls)
    assert sorted(new for _, new in answers) == [False] * 3 + [True] * 3
    assert not school.in_play
    assert school.house.count(ProblemReport) == 3


def test_a_retired_problem_stays_out_in_every_version(school: School, judge: Judge) -> None:
    school.report(school.players[0])
    retired = school.post(school.teacher, "retire").get_json()
    assert (retired["in_play"], retired["withdrawn"], retired["reports"]) == (False, True, [])
    school.house.codemaze.catalogue.problems.enter_play(school.problem)
    assert not school.in_play, "as of a start that had begun to prove it"
    newer = school.house.codemaze.catalogue.problems.document(school.problem).model_copy(update={"version": 2})
    school.restart(judge, newer)
    assert not school.in_play
    assert school.post(school.teacher, "approve").status_code == 200
    assert school.in_play
    school.restart(judge)
    assert db.session.scalars(select(Problem.version).where(Problem.in_play)).all() == [2]


def test_approving_an_old_version_does_not_bring_it_back(school: School, judge: Judge) -> None:
    school.report(school.players[0])
    newer = school.house.codemaze.catalogue.problems.document(school.problem).model_copy(update={"version": 2})
    school.restart(judge, newer)
    assert school.post(school.teacher, "approve").get_json()["in_play"] is False
    assert db.session.scalars(select(Problem.version).where(Problem.in_play)).all() == [2]
    assert school.house.count(ProblemReport, ProblemReport.settled_at.is_(None)) == 0


def test_reasons_that_are_none(school: School) -> None:
    for reason in ("", "  ", "x" * 1001, "a\x00b", "\ud800"):
        answer = school.report(school.players[0], reason)
        assert (answer.status_code, answer.get_json()["code"]) == (422, "invalid_reason")


def test_who_may_do_what(school: School) -> None:
    ada, stranger = school.players[0], school.house.user("eve")
    assert school.report(stranger).get_json()["code"] == "problem_not_played"
    assert school.house.count(ProblemReport) == 0
    for refused in (
        school.post(ada, "approve"),
        school.post(ada, "retire"),
        school.get(ada, "reported"),
        school.get(ada, f"{school.problem}/proof"),
    ):
        assert (refused.status_code, refused.get_json()["code"]) == (403, "not_a_teacher")
    school.house.codemaze.accounts.users.set_role("tea", "player")
    assert school.post(school.teacher, "retire").status_code == 403
    assert school.in_play


def test_the_proof_is_for_teachers(school: School) -> None:
    assert PROVEN.proof
    assert school.get(school.teacher, f"{school.problem}/proof").get_json() == PROVEN.proof.model_dump()
    school.problem = db.session.scalars(select(Problem.id).where(Problem.id != school.problem)).first() or 0
    for unproven in (school.get(school.teacher, f"{school.problem}/proof"), school.post(school.teacher, "approve")):
        assert (unproven.status_code, unproven.get_json()["code"]) == (409, "problem_not_proven")
    school.problem = 10**6
    for missing in ("approve", "retire"):
        assert school.post(school.teacher, missing).get_json()["code"] == "problem_not_found"
    assert school.report(school.teacher).status_code == 404


def test_reporting_has_a_rate(school: School) -> None:
    answers = [school.report(school.players[0]).status_code for _ in range(21)]
    assert answers == [201] + [200] * 19 + [429]
