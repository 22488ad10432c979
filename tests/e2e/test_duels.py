"""Duels from pairing to result, between two real clients of a real server process."""

from __future__ import annotations

import time

import pytest

from tests.e2e.conftest import Server, StartServer
from tests.e2e.duel import SLOWLY, check_the_end, paired, solution, wrong_solution
from tests.e2e.player import Player


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_the_first_accepted_submission_wins(server: Server, language: str) -> None:
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    answer = ada.ask("submit_code", room=room, language=language, code=solution(ada, language))
    assert answer["ok"]
    judged = bob.wait_for("submission_judged", submission_id=answer["submission_id"])
    assert (judged["user_id"], judged["verdict"], judged["passed"]) == (ada.id, "accepted", judged["total"])
    assert "results" not in judged
    outcome = check_the_end(ada, bob, room, "solved", winner=ada)
    late = bob.ask("submit_code", room=room, language=language, code="x")
    assert (late["ok"], late["code"]) == (False, "match_already_finished")
    assert bob.get(f"/sessions/{outcome['session_id']}")["outcome"] == outcome


def test_wrong_then_right(server: Server) -> None:
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    first = ada.ask("submit_code", room=room, language="python", code=wrong_solution(ada))
    judged = ada.wait_for("submission_judged", submission_id=first["submission_id"])
    assert (judged["verdict"], judged["passed"]) == ("wrong_answer", 0)
    visible = [result for result in judged["results"] if not result["hidden"]]
    assert all(result["console"].startswith("hello from") and result["got"] == "wrong" for result in visible)
    assert all(result.keys() == {"number", "hidden", "passed"} for result in judged["results"] if result["hidden"])
    ada.ask("submit_code", room=room, language="python", code=solution(ada))
    check_the_end(ada, bob, room, "solved", winner=ada)
    assert len(ada.connection.received) == len(bob.connection.received) == 9


def test_the_earliest_received_wins_though_it_is_judged_last(server: Server) -> None:
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    slow = ada.ask("submit_code", room=room, language="python", code=SLOWLY + solution(ada))
    quick = bob.ask("submit_code", room=room, language="python", code=solution(bob))
    assert slow["version"] < quick["version"]
    check_the_end(ada, bob, room, "solved", winner=ada)
    judged = [body["user_id"] for name, body in ada.connection.received if name == "submission_judged"]
    assert judged == [bob.id, ada.id]


def test_resigning(server: Server) -> None:
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    assert ada.ask("resign", room=room)["ok"]
    check_the_end(ada, bob, room, "resigned", winner=bob)


def test_resigning_at_once_wins_nobody_anything(start_server: StartServer) -> None:
    server = start_server(RATED_AFTER_SECONDS="30", RATED_PER_HOUR="2")
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    ada.ask("resign", room=room)
    outcome = check_the_end(ada, bob, room, "resigned", winner=bob)
    assert (outcome["rated"], outcome["unrated_because"]) == (False, "too_short")
    assert bob.get("/users/profile")["xp"] == 0


def test_a_claim_cannot_overtake_a_solution_that_was_handed_in(server: Server) -> None:
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    code = SLOWLY + solution(ada)
    assert ada.ask("submit_code", room=room, language="python", code=code)["ok"]
    assert ada.ask("leave_room", room=room)["ok"]
    bob.wait_for("player_gone", user_id=ada.id)
    answer = bob.ask("claim_win", room=room)
    assert (answer["ok"], answer["code"]) == (False, "being_judged")
    outcome = bob.wait_for("match_finished")["outcome"]
    assert (outcome["reason"], outcome["winner_id"]) == ("solved", ada.id)


def test_leaving_one_of_two_tabs_is_not_leaving(server: Server) -> None:
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    tab = ada.connect()
    assert tab.ask("resume", {"room": room})["ok"]
    left = tab.ask("leave_room", {"room": room})
    assert left["ok"]
    assert "player_gone" not in bob.connection.names()
    assert ada.ask("leave_room", room=room)["version"] == left["version"] + 1
    assert bob.wait_for("player_gone", user_id=ada.id)["left"]
    assert bob.ask("claim_win", room=room)["ok"]


def test_time_up_is_a_draw(start_server: StartServer) -> None:
    server = start_server(ROUND_SECONDS="5")
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    ada.ask("submit_code", room=room, language="python", code=wrong_solution(ada))
    check_the_end(ada, bob, room, "time_up", winner=None)


def test_a_refresh_in_mid_game_loses_nothing(server: Server) -> None:
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    wrong, right = wrong_solution(ada), solution(ada)
    first = ada.ask("submit_code", room=room, language="python", code=wrong)
    ada.wait_for("submission_judged", submission_id=first["submission_id"])
    before = list(ada.connection.received)
    ada.connection.close()
    bob.wait_for("player_gone", user_id=ada.id)
    bob.ask("submit_code", room=room, language="python", code=wrong)
    bob.wait_for("submission_judged", user_id=bob.id)

    ada.connection = ada.connect()
    bob.wait_for("player_back", user_id=ada.id)
    view = ada.ask("resume")["view"]
    assert view["room"] == room
    assert view["you"]["last_code"] == {"language": "python", "code": wrong}
    assert (view["phase"], view["round"]["problem"]) == ("playing", before[2][1]["problem"])
    missed = ada.ask("resume", room=room, after=before[-1][1]["version"])
    assert [event["version"] for event in missed["events"]] == list(range(len(before) + 1, missed["version"] + 1))
    ada.connection.received[:0] = before + [(event.pop("event"), event) for event in missed["events"]]
    ada.ask("submit_code", room=room, language="python", code=right)
    check_the_end(ada, bob, room, "solved", winner=ada)


def test_a_player_who_is_gone_can_be_claimed_against(start_server: StartServer) -> None:
    server = start_server(GRACE_SECONDS="1")
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    present = ada.ask("claim_win", room=room)
    assert (present["ok"], present["code"]) == (False, "opponent_present")
    bob.connection.close()
    ada.wait_for("player_gone", user_id=bob.id)
    received = bob.connection.received
    early = ada.ask("claim_win", room=room)
    while not early["ok"]:
        assert early["code"] == "grace_not_over"
        early = ada.ask("claim_win", room=room)
    bob.connection = bob.connect()
    missed = bob.ask("resume", room=room, after=received[-1][1]["version"])["events"]
    bob.connection.received[:0] = received + [(event.pop("event"), event) for event in missed]
    check_the_end(ada, bob, room, "abandoned", winner=ada)


def test_a_compiled_language(start_server: StartServer) -> None:
    """The starter is judged, and what does not compile is told with the player's own lines."""
    server = start_server(LANGUAGES="python,javascript,cpp")
    ada, bob = Player(server.url), Player(server.url)
    if not any("C++" in line for line in server.said):
        pytest.skip("there is no g++ here")
    deadline = time.monotonic() + 120
    while "cpp" not in {language["id"] for language in ada.get("/languages")}:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    room = paired(ada, bob)
    starter = ada.wait_for("round_started", room=room)["problem"]["starter_code"]["cpp"]
    for code, verdict, said in (
        (starter, "wrong_answer", ""),
        (starter.replace("{};", "missing;"), "compile_error", "solution.cpp:6:"),
    ):
        asked = ada.ask("submit_code", room=room, language="cpp", code=code)
        judged = ada.wait_for("submission_judged", submission_id=asked["submission_id"])
        assert (judged["verdict"], judged["total"] > 0) == (verdict, True)
        assert said in judged["message"]
