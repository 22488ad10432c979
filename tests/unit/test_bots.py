"""The pace of bots, their names, and what a room makes of them."""

from __future__ import annotations

from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.bots.mistakes import TRIED_EACH, mistakes
from application.bots.pace import FASTEST, MAX_WRONG, SLOWEST, USUAL_SECONDS, pace, usual_seconds
from application.bots.squad import NAMES, name
from application.judge.grader import Grader
from application.judge.slots import Slots
from application.judge.turns import Asker
from application.judge.verdicts import Judgement, JudgeRequest, Verdict
from application.problems.catalogue.document import load
from application.problems.catalogue.records import Record
from application.ratings.ranks import SLUGS
from application.rooms import errors
from application.rooms.rules import commands as c
from application.rooms.rules import events as e
from application.rooms.rules.room import Playing, after_the_match, decide
from application.rooms.rules.settings import RoomSettings
from application.rooms.rules.state import RoomState, evolve
from tests.conftest import BANK

MATCHES, ROUNDS = st.integers(1, 2**31 - 1), st.integers(1, 9)
USUAL, PERCENT = st.floats(1, 86_400), st.integers(1, 100_000)


@given(MATCHES, ROUNDS, USUAL, PERCENT)
def test_a_bot_is_wrong_before_it_is_right_within_bounds(match: int, number: int, usual: float, percent: int) -> None:
    found = pace(match, number, usual, percent)
    assert found == pace(match, number, usual, percent), "every process finds the same"
    assert len(found.wrong) <= MAX_WRONG
    assert list(found.wrong) == sorted(found.wrong)
    assert all(0 < seconds < found.solved for seconds in found.wrong)
    as_people = usual * 100 / percent
    assert as_people * FASTEST <= found.solved * 1.000001 and found.solved <= as_people * SLOWEST * 1.000001


@given(MATCHES, ROUNDS, USUAL)
def test_twice_as_fast_is_half_the_time(match: int, number: int, usual: float) -> None:
    usually, faster = pace(match, number, usual, 100), pace(match, number, usual, 200)
    assert faster.solved == pytest.approx(usually.solved / 2)
    assert faster.wrong == pytest.approx(tuple(seconds / 2 for seconds in usually.wrong))


def test_bots_are_spread_around_what_people_take() -> None:
    solved = [pace(match, 1, 300, 100).solved for match in range(1, 1001)]
    assert 285 < median(solved) < 315
    assert len(set(solved)) > 990
    assert {len(pace(match, 1, 300, 100).wrong) for match in range(1, 101)} == set(range(MAX_WRONG + 1))
    assert pace(1, 1, 300, 100) != pace(1, 2, 300, 100)


def test_what_people_take_is_what_the_record_says_once_it_says_something() -> None:
    assert set(USUAL_SECONDS) == set(SLUGS)
    assert usual_seconds(Record(), "gold") == USUAL_SECONDS["gold"]
    assert usual_seconds(Record(9, 2, 5_000), "gold") == USUAL_SECONDS["gold"]
    assert usual_seconds(Record(9, 3, 95_000), "gold") == 95
    assert usual_seconds(Record(9, 3, 0), "gold") == 1


def test_every_bot_has_a_name_of_its_own_that_says_what_it_is() -> None:
    names = [name(number) for number in range(3 * len(NAMES))]
    assert (names[0], names[len(NAMES)]) == ("bot-ada", "bot-ada-2")
    assert len(set(names)) == len(names)
    assert all(each.startswith("bot-") and len(each) <= 30 for each in names)


class Answering(Grader):
    """A judge that gives these verdicts, one after the other, and notes on what."""

    def __init__(self, *verdicts: Verdict) -> None:
        self.verdicts, self.judged = list(verdicts), list[str]()

    def judge(self, request: JudgeRequest) -> Judgement:
        self.judged.append(request.code)
        return Judgement(self.verdicts.pop(0), 0, 20)


def test_a_bot_is_wrong_only_with_what_was_seen_to_be_wrong() -> None:
    document = load(sorted(BANK.glob("*.json"))[0])
    grader = Answering(Verdict.ACCEPTED, Verdict.WRONG_ANSWER, Verdict.JUDGE_ERROR, Verdict.TIME_LIMIT)
    found = list(mistakes(document, 2, grader, Slots(1), Asker(1, ""), Random(1)))
    assert found == [grader.judged[1], grader.judged[3]]
    never = Answering(*[Verdict.ACCEPTED] * 100)
    assert list(mistakes(document, 1, never, Slots(1), Asker(1, ""), Random(1))) == []
    assert len(never.judged) == TRIED_EACH


def member(user_id: int, *, bot: bool = False) -> e.Member:
    return e.Member(user_id, f"player{user_id}", None, "Bronze", "player", bot)


def room(*members: e.Member) -> RoomState:
    """An open room that the first of these hosts."""
    made = evolve(RoomState(), e.RoomOpened(RoomSettings(capacity=4), members[0].user_id))
    for each in members:
        made = evolve(made, e.MemberEntered(each))
    return made


def test_a_bot_never_hosts() -> None:
    made = room(member(1), member(2, bot=True), member(3))
    assert decide(made, Playing(), c.LeaveRoom(1)) == (e.MemberLeft(1, "left"), e.HostChanged(3))
    with pytest.raises(errors.NotAMember):
        decide(made, Playing(), c.HandOver(1, 2))


def test_a_bot_stays_with_nobody() -> None:
    made = room(member(1), member(2, bot=True), member(3, bot=True))
    left = (e.MemberLeft(2, "left"), e.MemberLeft(3, "left"))
    assert decide(made, Playing(), c.LeaveRoom(1)) == (e.MemberLeft(1, "left"), *left)
    assert after_the_match(made, {1: "gone"}) == (e.MemberLeft(1, "gone"), *left)
    assert decide(made, Playing(), c.RemoveMember(1, 3)) == (e.MemberLeft(3, "removed"),)
