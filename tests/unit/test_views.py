"""What each player may see of an event."""

from __future__ import annotations

from typing import Any

from application.judge.verdicts import Judgement, TestResult, Verdict
from application.matches.reporting import report_of
from application.matches.rules import commands as c
from application.matches.rules.state import replay
from application.matches.rules.views import NOTHING_WRITTEN, envelope, view
from tests.factories import COUNTDOWN, ROOM, START, Game

PROBLEM = {"id": 101, "title": "Flood mark"}


def seen_by(game: Game, reader: int, reports: dict[int, Any] | None = None) -> list[dict[str, Any]]:
    """All envelopes of the game as the reader sees them."""
    return [
        envelope(ROOM, entry, reader, replay(game.journal[: entry.version]), {101: PROBLEM}, reports or {})
        for entry in game.journal
    ]


def test_the_report_of_a_submission_is_its_authors_alone() -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    game.judge(11, "wrong_answer", 11)
    report = {"results": [{"number": 1}], "console": "hi", "user_id": 99}
    own, other = (seen_by(game, reader, {11: report})[-1] for reader in (1, 2))
    verdict = {"user_id": 1, "submission_id": 11, "verdict": "wrong_answer", "passed": 3, "total": 20}
    head = {"room": ROOM, "version": 5, "at": "2026-01-31T12:00:11.000Z"}
    assert other == head | verdict
    assert own == head | report | verdict


def test_no_problem_is_named_before_its_round() -> None:
    game = Game(rounds=2)
    assert view(game.state, 1, {101: PROBLEM}, NOTHING_WRITTEN, START)["round"] is None
    game = Game.playing(rounds=2)
    for body in seen_by(game, 1)[:2]:
        assert "problem" not in str({name: value for name, value in body.items() if name != "view"})
    assert seen_by(game, 1)[2]["problem"] == PROBLEM


def test_opponents_are_the_others() -> None:
    found = seen_by(Game(players=3), 2)[0]
    assert [seat["user_id"] for seat in found["opponents"]] == [1, 3]
    assert [seat["user_id"] for seat in found["players"]] == [1, 2, 3]
    assert found["view"]["you"]["user_id"] == 2


def test_both_read_the_same_outcome() -> None:
    game = Game.playing()
    game.do(c.Resign(1), COUNTDOWN + 1)
    assert seen_by(game, 1)[-1] == seen_by(game, 2)[-1]


def test_gone_and_back_say_until_when() -> None:
    game = Game.playing()
    game.do(c.MarkGone(2), 10)
    game.do(c.MarkBack(2), 20)
    gone, back = seen_by(game, 1)[-2:]
    assert (gone["user_id"], gone["claim_at"], gone["left"]) == (2, "2026-01-31T12:00:55.000Z", False)
    assert (back["user_id"], back["claim_at"]) == (2, None)
    assert view(game.state, 1, {101: PROBLEM}, NOTHING_WRITTEN, START)["players"][1]["connected"] is True


def test_a_report_tells_nothing_of_hidden_tests_but_whether_they_passed() -> None:
    visible = TestResult(1, False, Verdict.ACCEPTED, time_ms=3, memory_kib=100)
    hidden = TestResult(2, True, Verdict.ACCEPTED, time_ms=777, memory_kib=123_456)
    report = report_of(Judgement(Verdict.ACCEPTED, 2, 2, (visible, hidden), time_ms=777, memory_kib=123_456))
    assert (report["time_ms"], report["memory_kib"]) == (3, 100)
    assert report["results"][1] == {"number": 2, "hidden": True, "passed": True}
