"""What each player may see of an event."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from application.judge.verdicts import Judgement, TestResult, Verdict
from application.matches.reporting import report_of
from application.matches.rules import commands as c
from application.matches.rules import events as e
from application.matches.rules.state import MatchState, replay
from application.matches.rules.views import NOTHING_WRITTEN, You, envelope, view
from application.rooms.rules.settings import RoomSettings
from application.rooms.rules.state import RoomState
from tests.factories import COUNTDOWN, ROOM, START, Game

PROBLEM = {"id": 101, "title": "Flood mark"}


def seen_by(game: Game, reader: int, reports: dict[int, Any] | None = None) -> list[dict[str, Any]]:
    """All envelopes of the game as the reader sees them."""
    return [
        envelope(ROOM, entry, reader, replay(game.journal[: entry.version]), {101: PROBLEM}, reports or {})
        for entry in game.journal
    ]


SEATS = [
    {
        "user_id": user,
        "username": f"player{user}",
        "avatar": f"https://example.org/{user}.png",
        "rank": "Bronze",
        "bot": False,
    }
    for user in (1, 2)
]
FRESH = {
    "connected": True,
    "claim_at": None,
    "resigned": False,
    "submissions": 0,
    "best_passed": 0,
    "total": 0,
    "rounds_won": 0,
    "points": 0,
    "place": 1,
    "done": False,
}
YOU = {"as": "player", "drafts": {}, "last_code": None, "pending": None, "last_judged": None}
MEMBERS = [seat | {"rating": None, "as": "player", "connected": True} for seat in SEATS]
WAITING = {
    "room": ROOM,
    "session_id": None,
    "version": 0,
    "now": "2026-01-31T12:00:00.000Z",
    "phase": "waiting",
    "rated": False,
    "unrated_because": None,
    "countdown_ends_at": None,
    "settings": RoomSettings().shown(),
    "host_id": None,
    "members": [],
    "rematch": [],
    "watchers": 0,
    "players": [],
    "round": None,
    "you": {"user_id": 1} | YOU | {"as": "watcher"},
    "outcome": None,
}


def test_the_view_of_a_match_before_it_began() -> None:
    assert view(ROOM, RoomState(), MatchState(), You(1, NOTHING_WRITTEN), {}, START) == WAITING


def test_what_the_first_events_tell() -> None:
    found, started, began = seen_by(Game.playing(rounds=2, unrated_because="same_opponents"), 2)
    match = {
        "session_id": 7,
        "rated": False,
        "unrated_because": "same_opponents",
        "countdown_ends_at": "2026-01-31T12:00:03.000Z",
    }
    seen = {
        "room": ROOM,
        "version": 1,
        "phase": "countdown",
        "settings": RoomSettings(rounds=2, round_seconds=600).shown(),
        "members": MEMBERS,
        "players": [seat | FRESH for seat in SEATS],
        "you": {"user_id": 2} | YOU,
    }
    head = {"room": ROOM, "version": 1, "at": "2026-01-31T12:00:00.000Z"}
    told = {"opponents": SEATS[:1], "players": SEATS, "rounds": 2, "view": WAITING | match | seen}
    assert found == head | match | told
    at_start = {"room": ROOM, "at": "2026-01-31T12:00:03.000Z", "session_id": 7}
    assert started == at_start | {"version": 2, "players": SEATS}
    assert began == at_start | {
        "version": 3,
        "round": 1,
        "of": 2,
        "problem": PROBLEM,
        "tests": 20,
        "started_at": "2026-01-31T12:00:03.000Z",
        "ends_at": "2026-01-31T12:10:03.000Z",
    }


def test_the_view_of_a_match_that_is_played() -> None:
    game = Game.playing(rounds=2)
    game.submit(1, 11, 10)
    game.judge(11, "accepted", 11)
    game.submit(1, 12, 12)
    game.judge(12, "wrong_answer", 13)
    game.do(c.MarkGone(2), 14)
    game.do(c.Resign(2), 15)
    problems = {101: PROBLEM, 102: {"id": 102}}
    written = {"drafts": {"go": "func f() {}"}, "last_code": {"language": "go", "code": "func f() {}"}}
    seen = game.view(2, problems, written)
    won, gone = seen["players"]
    assert won == SEATS[0] | FRESH | {"total": 20, "submissions": 1, "best_passed": 3, "rounds_won": 1, "points": 1}
    away = {"connected": False, "claim_at": "2026-01-31T12:00:59.000Z", "resigned": True}
    assert gone == SEATS[1] | FRESH | {"total": 20, "place": 2} | away
    assert [member["connected"] for member in seen["members"]] == [True, False]
    assert seen["round"] == {
        "number": 2,
        "of": 2,
        "problem": {"id": 102},
        "started_at": "2026-01-31T12:00:11.000Z",
        "ends_at": "2026-01-31T12:10:11.000Z",
    }
    assert seen["rated"] is True
    assert seen["you"] == {"user_id": 2} | YOU | written
    assert seen["outcome"] == seen_by(game, 1)[-1]["outcome"] == e.encode(game.outcome)


def test_who_comes_late_has_no_tests_before_their_first_round() -> None:
    game = Game.playing(rounds=2)
    late = e.Seat(3, "player3", None, "Bronze")
    game.do(c.SeatLate(late), 10)
    told = seen_by(game, 1)[-1]["player"]
    assert game.view(1, {101: PROBLEM})["players"][2] == told
    assert told["total"] == 0


def test_a_moment_in_the_standings_is_written_as_any() -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    game.judge(11, "accepted", 11)
    best, other = seen_by(game, 2)[-2]["standings"]
    assert (best["user_id"], best["at"]) == (1, "2026-01-31T12:00:10.000Z")
    assert (other["user_id"], other["at"]) == (2, None)


def test_no_address_is_shown_that_is_no_avatar() -> None:
    game = Game()
    bad = replace(game.state.players[0], seat=replace(game.state.players[0].seat, avatar="https://x.org/'"))
    game.state = replace(game.state, players=(bad,))
    seen = game.view(1, {})
    assert seen["players"][0]["avatar"] is None


def test_the_report_of_a_submission_is_its_authors_alone() -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    game.judge(11, "wrong_answer", 11)
    report = {"results": [{"number": 1}], "console": "hi", "user_id": 99}
    own, other = (seen_by(game, reader, {11: report})[-1] for reader in (1, 2))
    verdict = {"user_id": 1, "submission_id": 11, "verdict": "wrong_answer", "passed": 3, "total": 20, "length": None}
    head = {"room": ROOM, "version": 5, "at": "2026-01-31T12:00:11.000Z", "session_id": 7}
    assert other == head | verdict
    assert own == head | report | verdict
    assert seen_by(game, 1)[-1] == head | verdict, "no report is there to be shown"


def test_no_problem_is_named_before_its_round() -> None:
    game = Game(rounds=2)
    assert game.view(1, {101: PROBLEM})["round"] is None
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
    assert game.view(1, {101: PROBLEM})["players"][1]["connected"] is True


def test_a_report_tells_nothing_of_hidden_tests_but_whether_they_passed() -> None:
    visible = TestResult(1, False, Verdict.ACCEPTED, time_ms=3, memory_kib=100)
    hidden = TestResult(2, True, Verdict.ACCEPTED, time_ms=777, memory_kib=123_456)
    report = report_of(Judgement(Verdict.ACCEPTED, 2, 2, (visible, hidden), time_ms=777, memory_kib=123_456))
    assert (report["time_ms"], report["memory_kib"]) == (3, 100)
    assert report["results"][1] == {"number": 2, "hidden": True, "passed": True}
