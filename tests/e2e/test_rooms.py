"""Rooms that people open: parties of many players and rounds, rematches, practice, watchers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.conftest import Server
from tests.e2e.party import Guest, check_party, guests
from tests.e2e.player import Player, http


def test_a_party_of_five_over_two_rounds(server: Server) -> None:
    party = guests(server.url, 5)
    host, *others = party
    room = host.create(capacity=5, rounds=2, name="Friday", access="listed", countdown_seconds=0)
    listed = next(shown for shown in http(f"{server.url}/rooms")[1] if shown["room"] == room)
    assert (listed["players"], listed["host"]["user_id"], listed["settings"]["name"]) == (1, host.id, "Friday")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda guest: guest.enter(room), others))
    assert others[0].refused("start_match", room=room) == "not_the_host"
    watcher = Guest(Player(server.url))
    assert watcher.enter(room, "watcher")["view"]["you"]["as"] == "watcher"
    host.ask("start_match", room=room)
    assert host.refused("start_match", room=room) == "match_under_way"

    first, second, third, fourth, fifth = party
    assert second.submit(second.solution(1))["verdict"] == "accepted"
    assert second.refused("submit_code", room=room, language="python", code="x") == "round_done"
    assert first.submit(first.solution(1))["verdict"] == "accepted"
    assert third.submit(third.wrong(1))["verdict"] == "wrong_answer"
    third.ask("finish_round", room=room)
    assert third.refused("finish_round", room=room) == "round_done"
    assert third.refused("submit_code", room=room, language="python", code="x") == "round_done"
    for guest in (fourth, fifth):
        guest.ask("finish_round", room=room)
    finished = host.wait_for("round_finished", number=1)
    assert finished["winner_id"] == second.id
    assert [(s["user_id"], s["place"], s["points"]) for s in finished["standings"]][:2] == [
        (second.id, 1, 4),
        (first.id, 2, 3),
    ]
    for guest in party:
        assert guest.submit(guest.solution(2))["verdict"] == "accepted"
    outcome = check_party([*party, watcher])
    by_id = {result["user_id"]: result for result in outcome["players"]}
    assert (outcome["reason"], outcome["rated"], outcome["unrated_because"]) == ("solved", False, "room")
    assert outcome["winner_id"] == first.id
    assert (by_id[first.id]["points"], by_id[second.id]["points"]) == (3 + 4, 4 + 3), (
        "the earlier last solution is better"
    )
    assert by_id[first.id]["result"] == "won"


def test_best_of_three_and_two_rematches_in_one_room(server: Server) -> None:
    party = ada, bob = guests(server.url, 2)
    room = ada.create(rounds=3, countdown_seconds=0)
    bob.enter(room)  # the last seat: it begins by itself
    for number in (1, 2):
        assert ada.submit(ada.solution(number))["verdict"] == "accepted"
    outcome = check_party(list(party))
    assert (outcome["winner_id"], outcome["reason"]) == (ada.id, "solved"), "the third round decides nothing"
    sessions = [outcome["session_id"]]
    for _ in range(2):
        bob.ask("offer_rematch", room=room)
        bob.ask("offer_rematch", room=room)
        ada.wait_for("rematch_offered", user_id=bob.id)
        ada.ask("offer_rematch", room=room)
        session_id = next(
            body["session_id"]
            for name, body in reversed(ada.connection.received)
            if name == "match_found" and body["session_id"] not in sessions
        )
        sessions.append(session_id)
        ada.wait_for("round_started", session_id=session_id)
        bob.ask("resign", room=room)
        outcome = check_party(list(party), session_id)
        assert (outcome["winner_id"], outcome["reason"]) == (ada.id, "resigned")
    assert [session["id"] for session in ada.player.get("/sessions")] == sessions[::-1]
    for session_id in sessions:
        events = ada.player.get(f"/sessions/{session_id}/events")["events"]
        assert (events[0]["event"], events[-1]["event"]) == ("match_found", "match_finished")
        assert {event["session_id"] for event in events} == {session_id}
    assert ada.player.get("/users/profile")["xp"] == 0


def test_a_rematch_after_a_lobby_duel_is_another_duel(server: Server) -> None:
    ada, bob = (Guest(player) for player in (Player(server.url), Player(server.url)))
    ada.ask("find_match")
    room = bob.ask("find_match")["room"]
    ada.room = bob.room = room
    first = ada.wait_for("match_found")["session_id"]
    ada.wait_for("round_started")
    bob.ask("resign", room=room)
    ada.wait_for("match_finished")
    ada.ask("offer_rematch", room=room)
    bob.wait_for("rematch_offered")
    bob.ask("offer_rematch", room=room)
    second = next(
        body for name, body in reversed(bob.connection.received) if name == "match_found" and body["room"] == room
    )
    assert second["session_id"] != first
    assert second["unrated_because"] in (None, "same_opponents")
    ada.wait_for("round_started", session_id=second["session_id"])
    assert ada.submit(ada.solution(1, second["session_id"]))["verdict"] == "accepted"
    assert bob.wait_for("match_finished", session_id=second["session_id"])["outcome"]["winner_id"] == ada.id


def test_who_comes_late_plays_from_the_next_round_on(server: Server) -> None:
    host, ada, late = guests(server.url, 3)
    room = host.create(capacity=3, rounds=2, countdown_seconds=0)
    ada.enter(room)
    host.ask("start_match", room=room)
    host.wait_for("round_started", round=1)
    view = late.enter(room)["view"]
    assert [player["user_id"] for player in view["players"]] == sorted([host.id, ada.id, late.id])
    assert late.refused("submit_code", room=room, language="python", code="x = 1") == "not_yet_seated"
    for guest in (host, ada):
        guest.ask("finish_round", room=room)
    assert len(host.wait_for("round_finished", number=1)["standings"]) == 2
    assert late.submit(late.solution(2))["verdict"] == "accepted"
    for guest in (host, ada):
        guest.ask("finish_round", room=room)
    outcome = check_party([host, ada, late])
    assert outcome["winner_id"] == late.id


def test_the_host_changes_hands_over_and_removes(server: Server) -> None:
    host, ada, bob = guests(server.url, 3)
    room = host.create(capacity=4)
    for guest in (ada, bob):
        guest.enter(room)
    assert host.refused("change_room", room=room, settings={"capacity": 2}) == "invalid_settings"
    assert host.refused("change_room", room=room, settings={"capacity": "2", "x": 1}) == "invalid_settings"
    assert ada.refused("change_room", room=room, settings={"rounds": 2}) == "not_the_host"
    host.ask("change_room", room=room, settings={"rounds": 2})
    assert ada.wait_for("room_changed")["settings"]["rounds"] == 2
    host.ask("hand_over", room=room, user_id=ada.id)
    assert host.refused("remove_member", room=room, user_id=bob.id) == "not_the_host"
    ada.ask("remove_member", room=room, user_id=bob.id)
    assert host.wait_for("member_left")["reason"] == "removed"
    assert bob.refused("enter_room", room=room, **{"as": "player"}) == "not_invited"
    assert bob.refused("enter_room", room=room, **{"as": "watcher"}) == "not_invited"
    assert bob.refused("resume", room=room) == "not_a_player"
    ada.ask("leave_room", room=room)
    assert host.wait_for("host_changed", user_id=host.id)
    assert host.refused("start_match", room=room) == "too_few_players"
    assert host.check()["host_id"] == host.id


def test_the_shortest_solution_is_better(server: Server) -> None:
    party = ada, bob = guests(server.url, 2)
    room = ada.create(mode="shortest", countdown_seconds=0, round_ends="all", languages=["python"])
    bob.enter(room)
    code = ada.solution(1)
    longer = ada.submit(code + "\n# a long remark")
    assert ada.refused("submit_code", room=room, language="javascript", code="1") == "language_not_allowed"
    first = bob.submit(code.rstrip() + "\n#")
    assert longer["length"] > first["length"]
    shorter = ada.submit(code + "   \n\n")
    assert shorter["length"] == first["length"] - 2
    for guest in party:
        guest.ask("finish_round", room=room)
    standings = ada.wait_for("round_finished")["standings"]
    assert [(s["user_id"], s["length"]) for s in standings] == [
        (ada.id, shorter["length"]),
        (bob.id, first["length"]),
    ]
    assert check_party(list(party))["winner_id"] == ada.id


def test_practice(server: Server) -> None:
    (ada,) = guests(server.url, 1)
    room = ada.practise()
    solution = ada.solution(1)
    assert ada.submit(ada.wrong(1))["verdict"] == "wrong_answer"
    assert ada.refused("practise") == "busy_elsewhere"
    assert ada.submit(solution)["verdict"] == "accepted"
    outcome = check_party([ada])
    assert (outcome["winner_id"], outcome["unrated_because"], outcome["rated"]) == (ada.id, "practice", False)
    problem = ada.wait_for("round_started")["problem"]
    ada.practise(problem_id=problem["id"])
    assert ada.wait_for("round_started")["problem"]["id"] == problem["id"]
    ada.ask("resign", room=ada.room)
    assert check_party([ada])["winner_id"] is None
    assert ada.room != room
    assert len(ada.player.get("/sessions")) == 2
    assert ada.refused("practise", problem_id=10**6) == "problem_not_found"


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"capacity": 1}, "capacity"),
        ({"capacity": 101}, "capacity"),
        ({"capacity": True}, "capacity"),
        ({"rounds": 0}, "rounds"),
        ({"rounds": 10}, "rounds"),
        ({"round_seconds": 29}, "round_seconds"),
        ({"round_seconds": 7201}, "round_seconds"),
        ({"countdown_seconds": 61}, "countdown_seconds"),
        ({"mode": "slowest"}, "mode"),
        ({"mode": "reverse"}, "mode"),
        ({"name": "x" * 61}, "name"),
        ({"name": "two\nlines"}, "name"),
        ({"problems": {"ids": [1, 2]}}, "problems.ids"),
        ({"problems": {"ids": [2**31 - 1]}}, "problems.ids"),
        ({"problems": {"rank": "wood"}}, "problems.rank"),
        ({"problems": {"topic": "no such topic"}}, "problems.topic"),
        ({"languages": []}, "languages"),
        ({"languages": ["klingon"]}, "languages"),
        ({"unknown": 1}, "unknown"),
    ],
)
def test_impossible_settings_are_named(settings: dict[str, object], field: str, server: Server) -> None:
    ada = _somebody(server)
    answer = ada.connection.ask("create_room", {"settings": settings})
    assert (answer["ok"], answer["code"]) == (False, "invalid_settings")
    assert [name.split(".")[0] for name in answer["fields"]] == [field.split(".")[0]]


_known: dict[str, Guest] = {}


def _somebody(server: Server) -> Guest:
    if server.url not in _known:
        _known[server.url] = Guest(Player(server.url))
    return _known[server.url]
