"""Bots on a real database and a real judge: what they plan, that it is done once, and what others see of them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from application.accounts.errors import InvalidUsername, WrongCredentials
from application.accounts.models import User
from application.base.database import connect, db
from application.bots.models import BotAttempt
from application.bots.service import Begun, Due
from application.journal.transaction import transaction
from application.judge.verdicts import Verdict
from application.matches.models import Deadline, LobbyEntry, MatchPlayer, MatchRound, Submission
from application.matches.records import records
from application.problems.catalogue.models import Problem
from application.problems.catalogue.records import Record
from application.ratings.leaderboard import leaderboard
from application.rooms.models import RoomMember
from application.rooms.rules.settings import ProblemWishes
from tests.integration.conftest import House, headers

ROOM = "PLAYED"


class Practice:
    """A user who plays a bot, on a server of which the test is the clock."""

    def __init__(self, house: House, **wishes: Any) -> None:
        self.house, self.service = house, house.codemaze.bots.service
        self.rooms, self.keeping = house.codemaze.rooms.service, house.codemaze.rooms.keeping
        self.service._spawn = lambda work: work()
        self.user = house.user("ada")
        house.connect(self.user)
        self.room = self.practise(self.user, ROOM, **wishes)
        self.bot = self.bot_in(self.room)

    def practise(self, user_id: int, room: str, **wishes: Any) -> str:
        """Let the user play a bot in a room of this code, and the match begin."""
        settings = self.rooms._wishes.of_practice(ProblemWishes(**wishes), None, bot=True)
        made: str = self.rooms.practise(user_id, room, settings, None, bot=True)["room"]
        assert self.house.codemaze.matches.deadlines.handle_due()
        return made

    def bot_in(self, room: str) -> int:
        """The bot that is a member of the room."""
        members = self.house.codemaze.matches.engine.read(room).place.members
        (bot,) = [member.user_id for member in members if member.bot]
        return bot

    def plan(self) -> list[BotAttempt]:
        """What the bot is about to do, planned now unless it was."""
        self.service.plan_rounds()
        db.session.rollback()
        return list(db.session.scalars(select(BotAttempt).order_by(BotAttempt.round, BotAttempt.number)))

    def planned_with(self, wrong: int) -> list[BotAttempt]:
        """A plan with so many wrong attempts: which of the many matches there may be has one is found by trying."""
        while [step.kind for step in self.plan()].count("wrong") != wrong:
            self.house.matches.resign(self.user, self.room)
            self.service.forget()
            self.rooms.offer_rematch(self.user, self.room, None)
            assert self.house.codemaze.matches.deadlines.handle_due()
        return self.plan()

    def pass_time_to(self, step: BotAttempt) -> None:
        """Let it be the time of this step."""
        self.house.clock.now = step.due_at
        self.service.hand_in_due()
        db.session.rollback()

    def pending(self) -> list[Submission]:
        """What the bot handed in and is not judged."""
        mine = select(Submission).where(Submission.user_id == self.bot, Submission.verdict.is_(None))
        return list(db.session.scalars(mine))

    def judge(self) -> Verdict:
        """Have the real judge say what it thinks of what the bot handed in."""
        (submission,) = self.pending()
        document = self.house.codemaze.catalogue.problems.document(submission.problem_id)
        grader = self.house.judge.grader
        assert grader is not None
        judgement = grader.judge(document.request(submission.language, submission.code))
        self.house.codemaze.matches.judging.record(submission.id, judgement)
        db.session.rollback()
        return judgement.verdict

    def outcome(self) -> Any:
        """How the last match in the room ended."""
        return self.house.codemaze.matches.engine.read(self.room).state.outcome


def test_a_bot_is_wrong_and_then_right_and_nothing_is_rated(house: House) -> None:
    practice = Practice(house)
    steps = practice.planned_with(wrong=2)
    assert [step.kind for step in steps] == ["wrong", "wrong", "solution", "finish"]
    for step in steps[:2]:
        practice.pass_time_to(step)
        assert practice.judge() is not Verdict.ACCEPTED
    practice.pass_time_to(steps[2])
    assert practice.judge() is Verdict.ACCEPTED
    outcome = practice.outcome()
    assert (outcome.winner_id, outcome.reason) == (practice.bot, "solved")
    assert (outcome.rated, outcome.unrated_because) == (False, "bot")
    reader = house.codemaze.matches.reader
    assert reader.solutions(practice.user, outcome.session_id) == reader.handed_in(outcome.session_id) == []
    for user_id in (practice.user, practice.bot):
        user = db.session.get_one(User, user_id)
        assert (user.xp, user.wins, user.losses) == (0, 0, 0)
    practice.service.hand_in_due()
    practice.service.forget()
    assert practice.plan() == []


def test_the_next_attempt_waits_for_the_verdict_on_the_last(house: House) -> None:
    practice = Practice(house)
    *_, wrong, solution, finish = practice.planned_with(wrong=1)
    practice.pass_time_to(wrong)
    (handed_in,) = practice.pending()
    practice.pass_time_to(finish)
    assert [submission.id for submission in practice.pending()] == [handed_in.id]
    practice.judge()
    practice.service.hand_in_due()
    assert practice.pending()[0].code == solution.code
    assert practice.judge() is Verdict.ACCEPTED


def test_any_process_goes_on_and_each_attempt_is_made_once(house: House) -> None:
    practice = Practice(house)
    practice.planned_with(wrong=0)
    twins = [house.codemaze.bots.service, *(house.twin().codemaze.bots.service for _ in range(3))]
    for twin in twins:
        twin._spawn = lambda work: work()
    house.at_once(*(twin.plan_rounds for twin in twins))
    solution, _ = practice.plan()
    house.clock.now = solution.due_at
    house.at_once(*(twin.hand_in_due for twin in twins))
    assert len(practice.pending()) == 1
    assert practice.judge() is Verdict.ACCEPTED


def test_what_two_processes_found_due_is_done_by_one(house: House) -> None:
    practice = Practice(house)
    wrong, *_ = practice.planned_with(wrong=1)
    due = Due(wrong.match_id, practice.room, wrong.user_id, wrong.round, wrong.number)
    practice.service._do(due)
    practice.judge()
    house.twin().codemaze.bots.service._do(due)
    assert practice.pending() == []


def test_the_same_is_planned_whoever_plans_it(house: House) -> None:
    practice = Practice(house)

    def shown() -> list[Any]:
        return [(step.kind, step.code, step.due_at) for step in practice.plan()]

    first = shown()
    played = db.session.scalars(select(MatchRound)).one()
    db.session.execute(BotAttempt.__table__.delete())  # type: ignore[attr-defined]
    db.session.commit()
    assert played.started_at is not None
    house.clock.advance(100)
    begun = Begun(played.match_id, practice.bot, 1, played.problem_id, played.started_at)
    house.twin().codemaze.bots.service.plan(begun)
    assert shown() == first


def test_whoever_is_quicker_has_won_and_the_bot_hands_nothing_in(house: House) -> None:
    practice = Practice(house)
    solution = next(step for step in practice.plan() if step.kind == "solution")
    house.judged(house.submit(practice.user, practice.room))
    assert practice.outcome().winner_id == practice.user
    practice.pass_time_to(solution)
    assert practice.pending() == []


def test_a_bot_needs_no_connection(house: House) -> None:
    practice = Practice(house)
    arrivals, deadlines = house.codemaze.matches.arrivals, house.codemaze.matches.deadlines
    arrivals.keep()
    arrivals.recover()
    assert house.count(Deadline, Deadline.kind == "absence") == 0
    house.disconnect(practice.user)
    arrivals.keep()
    assert [row.user_id for row in db.session.scalars(select(Deadline).where(Deadline.kind == "absence"))] == [
        practice.user
    ]
    house.connect(practice.user)
    house.matches.resign(practice.user, practice.room)
    practice.keeping.see_who_is_gone()
    house.clock.advance(3600)
    deadlines.handle_due()
    practice.keeping.see_who_is_gone()
    assert house.count(RoomMember, RoomMember.absent_since.is_not(None)) == 0
    assert house.codemaze.matches.engine.read(practice.room).place.member(practice.bot) is not None
    house.disconnect(practice.user)
    practice.keeping.see_who_is_gone()
    house.clock.advance(3600)
    practice.keeping.see_who_is_gone()
    assert house.codemaze.matches.engine.read(practice.room).place.members == (), "a bot stays with nobody"


def test_a_bot_plays_again_and_another_comes_where_it_is_busy(house: House) -> None:
    practice = Practice(house)
    house.matches.resign(practice.user, practice.room)
    practice.rooms.offer_rematch(practice.user, practice.room, None)
    again = house.codemaze.matches.engine.read(practice.room)
    assert (set(again.user_ids), again.is_over) == ({practice.user, practice.bot}, False)
    assert again.state.found is not None and again.state.found.unrated_because == "bot"
    house.matches.resign(practice.user, practice.room)
    bob = house.user("bob")
    house.connect(bob)
    assert practice.bot_in(practice.practise(bob, "OTHERS")) == practice.bot
    practice.rooms.offer_rematch(practice.user, practice.room, None)
    once_more = house.codemaze.matches.engine.read(practice.room)
    assert set(once_more.user_ids) == {practice.user, practice.bot_in(practice.room)}
    assert practice.bot_in(practice.room) != practice.bot
    assert house.count(User, User.bot) == 2


def test_a_bot_is_one_to_everybody(house: House) -> None:
    with pytest.raises(InvalidUsername):
        house.codemaze.accounts.users.register("Bot-Ada", "correct horse battery")
    person = house.user("bot-ada")  # from before the name was kept for bots
    practice = Practice(house)
    assert db.session.get_one(User, practice.bot).username == "bot-alan"
    view = house.codemaze.matches.reader.catch_up(
        house.codemaze.matches.engine.read(practice.room), practice.user, None, house.clock()
    )["view"]
    for shown in (view["players"], view["members"]):
        assert {each["user_id"]: each["bot"] for each in shown} == {practice.user: False, practice.bot: True}
    client = house.app.test_client()
    assert client.get("/users/bot-alan").get_json()["bot"] is True
    assert client.get("/users/ada").get_json()["bot"] is False
    (session,) = client.get("/sessions", headers=headers(house, practice.user)).get_json()
    assert {user["id"]: user["bot"] for user in session["users"]} == {practice.user: False, practice.bot: True}
    shown_to_all, total = leaderboard(100, 0)
    assert ({user.id for user in shown_to_all}, total) == ({person, practice.user}, 2)
    with pytest.raises(WrongCredentials):
        house.codemaze.accounts.users.authenticate("bot-alan", "none")
    assert "codemaze_bots_playing 1.0" in client.get("/metrics").text


def test_a_problem_is_chosen_for_the_person_and_records_are_of_people(house: House) -> None:
    practice = Practice(house)
    house.matches.resign(practice.user, practice.room)
    assert db.session.get_one(User, practice.bot).xp == 0
    db.session.execute(update(User).where(User.id == practice.user).values(xp=800))
    db.session.commit()
    practice.practise(practice.user, "HARDER")
    played = db.session.scalars(select(MatchRound).order_by(MatchRound.match_id.desc())).first()
    assert played is not None
    assert db.session.get_one(Problem, played.problem_id).rank == "platinum"
    house.matches.resign(practice.user, "HARDER")
    assert records([played.problem_id]) == {played.problem_id: Record()}, "the bot has won it"


def test_who_waits_long_is_offered_a_bot_once(house: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    sid = house.connect(ada)
    offers = house.codemaze.bots.offers
    offers._send = house.send

    def offered() -> list[tuple[str, Any]]:
        offers.look()
        found = [(to, body) for to, name, body in house.sent if name == "bot_offered"]
        house.sent.clear()
        return found

    house.wait(ada, bob)
    house.clock.advance(19.9)
    assert offered() == []
    house.clock.advance(0.1)
    assert offered() == [(sid, {"after_seconds": 20})]
    assert offered() == [] and house.count(LobbyEntry, LobbyEntry.bot_offered) == 1
    house.matches.cancel_find(ada)
    house.wait(ada)
    house.clock.advance(20)
    assert len(offered()) == 1, "it is another time of waiting"


def test_playing_a_bot_is_waiting_no_longer(house: House) -> None:
    ada = house.user("zoe")
    house.connect(ada)
    house.wait(ada)
    practice = Practice(house)
    practice.practise(ada, "LOBBYS")
    assert house.count(LobbyEntry) == 0
    assert house.count(MatchPlayer, MatchPlayer.live) == 4


def test_who_is_taken_is_in_no_match(house: House) -> None:
    practice = Practice(house)
    squad_take = practice.rooms._seating.take_bot
    with transaction(connect) as asked:
        other = squad_take(asked, [])
        assert other != practice.bot
        assert squad_take(asked, [other]) not in (other, practice.bot)
