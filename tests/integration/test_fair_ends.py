"""Nothing that one player or a failing judge does takes a match away from the other."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from application.accounts.models import User
from application.base.database import db
from application.judge.verdicts import Judgement, TestResult, Verdict
from application.matches import errors
from application.matches.judging import RECORD_ATTEMPTS
from application.matches.models import Match, Submission
from tests.integration.conftest import House


@pytest.fixture
def duel(house: House) -> tuple[int, int, str]:
    """Two connected players in the first round."""
    ada, bob = house.user("ada"), house.user("bob")
    house.connect(ada)
    house.connect(bob)
    return ada, bob, house.playing(ada, bob)


def outcome(room: str) -> dict[str, Any]:
    match = db.session.query(Match).filter_by(room=room).populate_existing().one()
    assert match.outcome is not None
    return match.outcome


def xp(user_id: int) -> int:
    return db.session.get_one(User, user_id, populate_existing=True).xp


UNSTORABLE = Judgement(
    Verdict.RUNTIME_ERROR,
    0,
    1,
    (TestResult(1, False, Verdict.RUNTIME_ERROR, args=[], expected=1, got=float("inf")),),
)
"""What no report holds since outputs are read with care, and JSONB refuses."""


def test_a_verdict_that_cannot_be_stored_blocks_nobody(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    first, second = house.submit(ada, room), house.submit(bob, room)
    house.judged(second)
    for _ in range(RECORD_ATTEMPTS - 1):
        with pytest.raises(Exception, match=r"(?i)infinity|json"):
            house.codemaze.matches.judging.record(first, UNSTORABLE)
    house.codemaze.matches.judging.record(first, UNSTORABLE)
    assert (outcome(room)["reason"], outcome(room)["winner_id"]) == ("solved", bob)
    row = db.session.get_one(Submission, first, populate_existing=True)
    assert row.verdict == "judge_error"
    assert row.report is not None and row.report["results"] == []


def test_a_database_that_is_away_is_not_the_submissions_fault(
    house: House, duel: tuple[int, int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, _, room = duel
    submission = house.submit(ada, room)

    def away(*_: object, **__: object) -> None:
        raise OperationalError("", {}, Exception("the database is away"))

    with monkeypatch.context() as patch:
        patch.setattr(house.codemaze.matches.engine.subject, "decide", away)
        for _ in range(2 * RECORD_ATTEMPTS):
            with pytest.raises(OperationalError):
                house.judged(submission)
    house.judged(submission)
    assert outcome(room)["winner_id"] == ada


def test_no_submission_holds_up_a_match_for_ever(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    house.clock.advance(600)
    stuck = house.submit(ada, room)
    house.judged(house.submit(bob, room))
    house.clock.advance(600)
    house.codemaze.matches.judging.let_go_of_overdue()
    assert db.session.get_one(Match, 1, populate_existing=True).finished_at is None
    house.clock.advance(1)
    house.codemaze.matches.judging.let_go_of_overdue()
    assert outcome(room)["winner_id"] == bob
    house.judged(stuck)
    assert db.session.get_one(Submission, stuck, populate_existing=True).verdict == "judge_error"


def test_what_waited_for_a_start_is_still_judged(house: House, duel: tuple[int, int, str]) -> None:
    ada, _, room = duel
    submission = house.submit(ada, room)
    house.clock.advance(1000)
    restarted = house.twin()
    restarted.codemaze.matches.judging.let_go_of_overdue()
    assert db.session.get_one(Submission, submission, populate_existing=True).verdict is None
    house.judged(submission)
    assert outcome(room)["winner_id"] == ada


def test_the_third_match_of_the_same_two_within_an_hour_is_not_rated(house: House) -> None:
    counting = house.twin(rated_per_hour=2)
    ada, bob, eve = counting.user("ada"), counting.user("bob"), counting.user("eve")
    for user_id in (ada, bob, eve):
        counting.connect(user_id)

    def win(winner: int, loser: int) -> tuple[bool, str | None]:
        room = counting.playing(winner, loser)
        counting.judged(counting.submit(winner, room))
        said = counting.entries(room)[0].event
        assert said.rated == outcome(room)["rated"], "it is known from the start"  # type: ignore[union-attr]
        return outcome(room)["rated"], outcome(room)["unrated_because"]

    assert [win(ada, bob), win(bob, ada)] == [(True, None)] * 2
    counting.clock.advance(600)
    assert win(ada, bob) == (False, "same_opponents")
    assert (xp(ada), xp(bob)) == (10, 10)
    assert win(ada, eve) == (True, None)
    counting.clock.advance(3000)
    assert win(ada, bob) == (True, None)
    assert (xp(ada), xp(bob)) == (30, 10)


def test_pairing_and_resigning_wins_nothing(house: House) -> None:
    counting = house.twin(rated_after_seconds=30)
    ada, bob = counting.user("ada"), counting.user("bob")
    counting.connect(ada)
    counting.connect(bob)
    for step in range(5):
        room = counting.playing(ada, bob) if step % 2 else counting.pair(ada, bob)
        counting.matches.resign(bob, room)
        assert (outcome(room)["winner_id"], outcome(room)["unrated_because"]) == (ada, "too_short")
    assert (xp(ada), xp(bob)) == (0, 0)


def test_leaving_on_one_of_two_connections_is_not_leaving(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    house.connect(bob, "second")
    before = house.names(room)
    assert house.leave(bob, room, "second") == {"version": len(before)}
    assert house.names(room) == before
    with pytest.raises(errors.OpponentPresent):
        house.matches.claim_win(ada, room)
    house.leave(bob, room)
    assert house.names(room) == [*before, "player_gone"]
    house.matches.claim_win(ada, room)
    assert outcome(room)["reason"] == "abandoned"


def test_leaving_is_counted_over_all_processes(house: House, duel: tuple[int, int, str]) -> None:
    _, bob, room = duel
    twin = house.twin()
    twin.connect(bob, "elsewhere")
    before = house.names(room)
    house.leave(bob, room)
    assert house.names(room) == before
    twin.leave(bob, room)
    assert house.names(room) == [*before, "player_gone"]


def test_the_connection_that_stays_may_still_be_lost(house: House, duel: tuple[int, int, str]) -> None:
    _, bob, room = duel
    house.connect(bob, "second")
    house.leave(bob, room, "second")
    house.codemaze.sockets.connections.remove(f"socket of {bob}")
    house.codemaze.matches.arrivals.offline(bob)
    house.clock.advance(3)
    assert house.codemaze.matches.deadlines.handle_due()
    assert house.names(room)[-1] == "player_gone"


def test_a_claim_waits_for_what_was_handed_in_before_it(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    submission = house.submit(bob, room)
    house.leave(bob, room)
    with pytest.raises(errors.BeingJudged):
        house.matches.claim_win(ada, room)
    house.judged(submission)
    assert (outcome(room)["reason"], outcome(room)["winner_id"]) == ("solved", bob)


def test_graces_that_run_out_wait_for_what_was_handed_in(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    submission = house.submit(bob, room)
    house.leave(ada, room)
    house.leave(bob, room)
    while house.codemaze.matches.deadlines.handle_due():
        pass
    assert "match_finished" not in house.names(room)
    house.judged(submission)
    assert (outcome(room)["reason"], outcome(room)["winner_id"]) == ("solved", bob)


def test_what_could_not_be_judged_is_kept_as_the_journal_has_it(house: House, duel: tuple[int, int, str]) -> None:
    ada, _, room = duel
    submission = house.submit(ada, room)
    house.codemaze.matches.judging.record(
        submission, Judgement(Verdict.JUDGE_ERROR, 7, 20, message="not every test was run")
    )
    row = db.session.get_one(Submission, submission, populate_existing=True)
    judged = house.entries(room)[-1].event
    assert (row.verdict, row.passed) == ("judge_error", 0)
    assert judged.passed == 0  # type: ignore[union-attr]
