"""Matches as the database keeps them: one transaction each, whoever else is at it at the same time."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from application.accounts.models import User
from application.base.database import db
from application.base.errors import RateLimited
from application.base.identity import Identity
from application.base.rates import Rate
from application.journal.errors import ClientIdReused, MatchNotFound
from application.journal.models import Receipt, RoomEvent
from application.judge import verdicts
from application.judge.errors import EmptySubmission, UnknownLanguage
from application.judge.outcome import Reply, run_result
from application.judge.signature import parse_signature
from application.judge.verdicts import Judgement, Verdict
from application.matches import errors, projections
from application.matches.models import Deadline, Match, MatchPlayer, MatchRound, Submission
from application.problems.catalogue.models import Problem
from application.problems.errors import NoProblemInPlay
from application.realtime.connections import Connection
from tests.integration.conftest import House


@pytest.fixture
def duel(house: House) -> tuple[int, int, str]:
    """Two connected players in the first round."""
    ada, bob = house.user("ada", xp=245), house.user("bob")
    house.connect(ada)
    house.connect(bob)
    return ada, bob, house.playing(ada, bob)


def record(user_id: int) -> tuple[int, int, int]:
    user = db.session.get_one(User, user_id, populate_existing=True)
    return user.xp, user.wins, user.losses


def test_a_win_changes_everything_in_one_transaction(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    house.judged(house.submit(ada, room))
    assert house.names(room)[-3:] == ["submission_judged", "round_finished", "match_finished"]
    assert (record(ada), record(bob)) == ((255, 1, 0), (0, 0, 1))
    assert house.count(MatchPlayer, MatchPlayer.live) == house.count(Deadline) == 0
    match = db.session.query(Match).one()
    assert (match.winner_id, match.finished_at, match.outcome["reason"]) == (ada, house.clock.now, "solved")


def test_what_fails_halfway_has_not_happened(
    house: House, duel: tuple[int, int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob, room = duel
    submission = house.submit(ada, room)
    before, sent = house.names(room), len(house.sent)
    monkeypatch.setattr(projections, "set_standing", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        house.judged(submission)
    assert house.names(room) == before
    assert (record(ada), record(bob)) == ((245, 0, 0), (0, 0, 0))
    assert house.count(Submission, Submission.verdict.is_(None)) == 1
    assert len(house.sent) == sent


def test_a_command_sent_twice_is_carried_out_once(house: House, duel: tuple[int, int, str]) -> None:
    ada, _, room = duel
    first = house.matches.submit(ada, room, "python", "x = 1", "c1")
    assert house.matches.submit(ada, room, "python", "x = 1", "c1") == first
    assert house.count(Submission) == 1
    with pytest.raises(ClientIdReused):
        house.matches.resign(ada, room, "c1")


def test_a_command_sent_many_times_at_once_is_carried_out_once(house: House, duel: tuple[int, int, str]) -> None:
    ada, _, room = duel
    answers = house.at_once(*[lambda: house.matches.resign(ada, room, "c1")] * 6)
    assert answers == [answers[0]] * 6
    assert house.names(room).count("match_finished") == 1


def test_the_receipt_of_one_player_is_not_anothers(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    assert house.submit(ada, room, "c1") != house.submit(bob, room, "c1")


def test_a_refused_command_leaves_no_receipt(house: House, duel: tuple[int, int, str]) -> None:
    ada, _, room = duel
    submission = house.submit(ada, room, "c1")
    with pytest.raises(errors.SubmissionPending):
        house.submit(ada, room, "c2")
    house.judged(submission, "wrong_answer")
    house.submit(ada, room, "c2")
    assert house.count(Receipt) == 2


def test_who_hands_in_too_often_has_to_wait(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    house.matches._rate = Rate("1 per hour")
    house.judged(house.submit(ada, room), "wrong_answer")
    before = house.names(room)
    with pytest.raises(RateLimited) as refused:
        house.submit(ada, room)
    assert refused.value.retry_after
    assert house.names(room) == before
    house.submit(bob, room)


def test_old_receipts_are_forgotten(house: House, duel: tuple[int, int, str]) -> None:
    ada, _, room = duel
    house.submit(ada, room, "c1")
    house.codemaze.matches.deadlines.forget_receipts()
    assert house.count(Receipt) == 1
    house.clock.advance(25 * 3600)
    house.codemaze.matches.deadlines.forget_receipts()
    assert house.count(Receipt) == 0


def test_a_judgement_counts_once(house: House, duel: tuple[int, int, str]) -> None:
    ada, _, room = duel
    submission = house.submit(ada, room)
    outcomes = house.at_once(*[lambda: house.judged(submission)] * 4, lambda: house.judged(submission, "wrong_answer"))
    assert outcomes == [None] * 5
    assert house.names(room).count("submission_judged") == 1


def test_the_first_judgement_stands(house: House, duel: tuple[int, int, str]) -> None:
    ada, _, room = duel
    submission = house.submit(ada, room)
    house.judged(submission, "wrong_answer")
    house.judged(submission)
    assert house.names(room)[-1] == "submission_judged"
    assert db.session.get_one(Submission, submission).verdict == "wrong_answer"


def test_a_judgement_after_the_end_is_kept_and_changes_nothing(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    late = house.submit(ada, room)
    house.matches.resign(ada, room)  # who resigns gives up what they handed in
    names = house.names(room)
    house.judged(late)
    assert house.names(room) == names
    assert house.count(Submission, Submission.verdict == "accepted") == 1
    assert record(bob) == (10, 1, 0)
    with pytest.raises(errors.UnknownSubmission):
        house.judged(999_999)


def test_a_report_is_for_its_author(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    submission = house.submit(ada, room)
    seen = verdicts.TestResult(1, False, Verdict.WRONG_ANSWER, args=[1], expected=2, got=3, console="hi", time_ms=5)
    judgement = Judgement(Verdict.WRONG_ANSWER, 19, 20, (seen,), time_ms=900, memory_kib=900)
    house.codemaze.matches.judging.record(submission, judgement)
    own, other = (
        next(body for sid, event, body in house.sent if event == "submission_judged" and sid == f"socket of {user}")
        for user in (ada, bob)
    )
    assert (own["console"], own["time_ms"], own["results"][0]["got"]) == ("hi", 5, 3)
    assert not {"results", "console", "time_ms", "memory_kib", "message"} & set(other)


@pytest.mark.parametrize(
    "answer",
    [
        rb'{"value": 1e999}',
        rb'{"value": "\u0000 \ud800"}',
        rb'{"value": {"\u0000": [-1e999, "\udfff"]}}',
        b'{"value": ' + b"9" * 4000 + b"}",
        b'{"value": ' + b"[" * 60 + b"]" * 60 + b"}",
        rb'{"verdict": ["accepted"], "message": {"\u0000": 1}}',
        rb'{"verdict": "runtime_error", "message": "\u0000 \udfff"}',
        b"\xff\x00",
    ],
)
def test_whatever_a_program_answers_its_verdict_is_stored(
    answer: bytes, house: House, duel: tuple[int, int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, _, room = duel
    submission = house.submit(ada, room)
    run = run_result(Reply("exited", {"end": "exited"}, b"\x00\xed\xa0\x80", answer), 1000)
    grader = house.judge.grader
    assert grader
    monkeypatch.setattr(grader.executor.runner, "run", lambda *_: [run])
    signature = parse_signature("solve", [("n", "int")], "string")
    tests = (verdicts.Test([1], "x", hidden=False),)
    asked = verdicts.JudgeRequest("python", "", signature, "exact", verdicts.Limits(), tests)
    house.codemaze.matches.judging.record(submission, grader.judge(asked))
    row = db.session.get_one(Submission, submission, populate_existing=True)
    assert row.verdict in ("wrong_answer", "runtime_error")
    assert row.report and row.report["results"][0]["passed"] is False


def test_opponents_act_at_once_and_take_turns(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    twin = house.twin()
    answers = house.at_once(
        lambda: house.matches.resign(ada, room),
        lambda: twin.matches.resign(bob, room),
        lambda: twin.matches.submit(bob, room, "python", "x"),
    )
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert all(isinstance(answer, errors.MatchAlreadyFinished) for answer in refused)
    assert house.names(room).count("match_finished") == 1
    assert record(ada)[0] + record(bob)[0] == 255


def test_strangers_are_kept_out(house: House, duel: tuple[int, int, str]) -> None:
    _, _, room = duel
    eve = house.user("eve")
    before = house.count(RoomEvent)
    for attempt in (
        lambda: house.matches.submit(eve, room, "python", "x"),
        lambda: house.matches.resign(eve, room),
        lambda: house.matches.claim_win(eve, room),
        lambda: house.matches.leave(eve, room),
        lambda: house.codemaze.matches.reader.timeline(eve, room=room),
    ):
        with pytest.raises(errors.NotAPlayer):
            attempt()
    with pytest.raises(MatchNotFound):
        house.matches.resign(eve, "ZZZZZZ")
    with pytest.raises(UnknownLanguage):
        house.matches.submit(eve, room, "cobol", "x")
    with pytest.raises(EmptySubmission):
        house.matches.submit(eve, room, "python", "  \n")
    assert house.count(RoomEvent) == before


def test_gone_after_the_absence_and_back_on_connecting(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    house.disconnect(bob)
    house.clock.advance(2.9)
    assert not house.codemaze.matches.deadlines.handle_due()
    house.connect(bob)
    house.clock.advance(1)
    house.codemaze.matches.deadlines.handle_due()
    assert "player_gone" not in house.names(room)
    house.disconnect(bob)
    house.clock.advance(3)
    assert house.codemaze.matches.deadlines.handle_due()
    assert house.names(room)[-1] == "player_gone"
    house.clock.advance(44.9)
    with pytest.raises(errors.GraceNotOver):
        house.matches.claim_win(ada, room)
    house.clock.advance(0.1)
    house.matches.claim_win(ada, room)
    assert house.names(room)[-1] == "match_finished"
    assert record(ada) == (255, 1, 0)


def test_who_is_connected_after_all_cannot_be_claimed_against(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    house.disconnect(bob)
    house.clock.advance(60)
    house.codemaze.matches.deadlines.handle_due()
    house.clock.advance(60)
    house.codemaze.sockets.connections.add(Connection("new", Identity(bob, "token", house.clock.now)))
    with pytest.raises(errors.OpponentPresent):
        house.matches.claim_win(ada, room)
    assert house.names(room)[-1] == "player_back"


def test_leaving_and_coming_back(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    house.leave(bob, room)
    version = house.leave(bob, room)["version"]
    assert version == len(house.names(room))
    assert house.codemaze.matches.arrivals.return_to(bob, house.codemaze.matches.reader.timeline(bob, room=room))
    assert house.names(room)[-2:] == ["player_gone", "player_back"]
    house.leave(bob, room)
    house.matches.claim_win(ada, room)
    assert house.leave(bob, room) == {"version": len(house.names(room))}
    assert not house.codemaze.matches.arrivals.return_to(bob, house.codemaze.matches.reader.timeline(bob, room=room))
    assert house.names(room)[-1] == "match_finished"


def test_a_match_nobody_is_left_in_ends_by_itself(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, _ = duel
    house.disconnect(ada)
    house.disconnect(bob)
    house.clock.advance(3)
    house.codemaze.matches.deadlines.handle_due()
    house.clock.advance(45)
    house.codemaze.matches.deadlines.handle_due()
    assert db.session.query(Match).one().outcome["reason"] == "aborted"
    assert (record(ada), record(bob)) == ((245, 0, 0), (0, 0, 0))


def test_time_up_outlives_the_process_that_set_it(house: House, duel: tuple[int, int, str]) -> None:
    _, _, room = duel
    house.clock.advance(900)
    twin = house.twin()
    with twin.app.app_context():
        assert twin.codemaze.matches.deadlines.seconds_to_next() == 0
        assert twin.codemaze.matches.deadlines.handle_due()
        assert twin.codemaze.matches.deadlines.seconds_to_next() is None
    assert house.names(room)[-2:] == ["round_finished", "match_finished"]


def test_a_deadline_is_handled_by_one_process(house: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    room = house.pair(ada, bob)
    assert house.codemaze.matches.deadlines.seconds_to_next() == 3
    house.clock.advance(3)
    twin = house.twin()
    house.at_once(*[house.codemaze.matches.deadlines.handle_due, twin.codemaze.matches.deadlines.handle_due] * 3)
    assert house.names(room) == ["match_found", "match_started", "round_started"]


def test_a_deadline_that_fails_is_tried_again_later(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    room = house.pair(ada, bob)
    house.clock.advance(3)
    with monkeypatch.context() as patched:
        patched.setattr(house.codemaze.catalogue.problems, "choose", lambda *_: 1 / 0)
        assert house.codemaze.matches.deadlines.handle_due()
        assert not house.codemaze.matches.deadlines.handle_due()
    assert house.names(room) == ["match_found"]
    house.clock.advance(5)
    assert house.codemaze.matches.deadlines.handle_due()
    assert house.names(room)[-1] == "round_started"


def test_without_a_problem_the_match_is_aborted(house: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    room = house.pair(ada, bob)
    db.session.execute(update(Problem).values(in_play=False))
    db.session.commit()
    house.clock.advance(3)
    house.codemaze.matches.deadlines.handle_due()
    assert house.names(room)[-1] == "match_finished"
    with pytest.raises(NoProblemInPlay):
        house.matches.find(ada)


def test_after_a_restart_players_have_time_to_reconnect(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    submission = house.submit(ada, room)
    twin = house.twin()
    with twin.app.app_context():
        twin.codemaze.matches.arrivals.recover()
        twin.codemaze.matches.judging.send_pending()
        assert twin.codemaze.matches.queue is not None
        assert submission in twin.codemaze.matches.queue
        twin.connect(ada)
        twin.clock.advance(10)
        while twin.codemaze.matches.deadlines.handle_due():
            pass
    gone = [entry.event.user_id for entry in house.entries(room)[4:]]  # type: ignore[union-attr]
    assert gone == [bob]


def test_players_get_problems_they_have_not_had(house: House) -> None:
    ada, bob, eve = house.user("ada"), house.user("bob"), house.user("eve")
    had: list[int] = []
    for one, other in ((ada, bob), (ada, eve), (bob, eve), (ada, bob), (ada, bob)):
        room = house.playing(one, other)
        match = db.session.query(Match).filter_by(room=room).one()
        had.append(db.session.query(MatchRound).filter_by(match_id=match.id).one().problem_id)
        house.matches.resign(one, room)
    # The first of the bronze problems that both have not had; when they have had all four, the first one again.
    first, second, third, fourth = sorted(set(had[:4]))
    assert had == [first, second, third, fourth, first]


def test_the_lower_rank_chooses(house: House) -> None:
    ada, bob = house.user("ada", xp=900), house.user("bob", xp=300)
    house.matches.find(ada)
    house.clock.advance(20)
    room = house.playing(bob, ada) if house.matches.lobby_status(ada) == "idle" else house.playing(ada, bob)
    started = house.entries(room)[2].event
    assert db.session.get_one(Problem, started.problem_id).rank == "silver"  # type: ignore[union-attr]
