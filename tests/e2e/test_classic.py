"""The classic client against a real server: every frame of the contract, and what nobody may do with them."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import websocket

from application.judge.scripts import LIMITS
from tests.e2e.conftest import Server, StartServer
from tests.e2e.duel import in_short
from tests.e2e.duel import paired as dueling
from tests.e2e.page import Page, question
from tests.e2e.player import Connection, Player, http
from tests.e2e.test_hostile_sockets import DEEP
from tests.e2e.wire import Wire, opened

FRAMES = [
    "join_room",
    "sendRooms",
    "setting_question",
    "getting_question",
    "button_press",
    "button_enable",
    "display_popup",
    "hide_popup",
    "check_answer",
    "set_opponent",
    "set_winner",
    "send_user_rooms",
    "leave_room",
]
PASSED_ON = {
    "button_press": "button_pressed",
    "button_enable": "button_enabled",
    "display_popup": "displayed_popup",
    "hide_popup": "hidden_popup",
}


@pytest.fixture(scope="module")
def server(start_server: StartServer) -> Server:
    return start_server(CLASSIC_CLIENT="1", GRACE_SECONDS="3", CLASSIC_RUN_RATE="10000 per minute")


def page(server: Server, player: Player | None = None) -> Page:
    """A page of a player, by default of a new one; their own connection with a token is of no use here."""
    if player is None:
        player = Player(server.url)
        player.connection.close()
    return Page(server.url, player)


def met(server: Server) -> tuple[Page, Page]:
    """Two pages in one room: who waited, and who came. Somebody whom another test left waiting may be met first."""
    host = page(server)
    host.join()
    while (guest := page(server)).join() != host.room:
        host = guest
    return host, guest


def waiting(server: Server) -> Page:
    """A page that waits alone."""
    while (host := page(server)).join() and host.arrive()["members"] != 1:
        pass
    return host


def paired(server: Server) -> tuple[Page, Page]:
    """Two pages in one room, both on the page of the game."""
    ada, bob = met(server)
    ada.arrive()
    bob.arrive()
    return ada, bob


def playing(server: Server) -> tuple[Page, Page]:
    """Two pages with the question before them."""
    ada, bob = paired(server)
    asked = question()
    for each in (ada, bob):
        each.ask_question(asked)
    return ada, bob


def finished(server: Server) -> tuple[Page, Page]:
    """Two pages after a game that the first one won."""
    ada, bob = playing(server)
    ada.submit()
    assert ada.win() == {"ok": True}
    return ada, bob


def report(by: Page, one: Page, other: Page, winner: Page, **changed: Any) -> tuple[int, Any]:
    """What the page of the winner reports at the end."""
    body = {
        "problem_id": by.player.get("/problems")[0]["id"],
        "user_one_id": str(one.player.id),
        "user_two_id": str(other.player.id),
        "winner_id": str(winner.player.id),
    }
    return http(f"{by.player.url}/sessions", "POST", body | changed, by.player.token)


def refused(answer: Any, code: str) -> None:
    assert (answer["ok"], answer["code"]) == (False, code), answer
    assert set(answer) <= {"ok", "success", "code", "message", "fields", "retry_after"}
    assert len(str(answer)) < 5000


# --- taking a seat


def test_joining_is_told_to_that_connection_alone(server: Server) -> None:
    ada, bob = met(server)
    tab = page(server, ada.player)
    assert ada.heard("receiveData") == [{"room": ada.room, "name": ada.player.name, "success": True}]
    assert bob.heard("receiveData") == [{"room": ada.room, "name": bob.player.name, "success": True}]
    assert tab.heard("receiveData") == []
    assert set(ada.names()) == set(bob.names()) == {"receiveData"}


def test_ids_are_text_or_numbers_and_names_ignore_case(server: Server) -> None:
    ada = page(server)
    payload = {"username": ada.player.name.upper(), "userId": ada.player.id, "more": 1}
    room = ada.send("join_room", payload)["room"]
    assert ada.wait("receiveData")["name"] == ada.player.name
    assert ada.join() == room


def test_joining_twice_never_pairs_a_player_with_themselves(server: Server) -> None:
    ada = page(server)
    payload = {"username": ada.player.name, "userId": str(ada.player.id)}
    for _ in range(2):  # as React does in strict mode: both before either is answered
        ada.client.emit("join_room", payload)
    ada.wait("receiveData", times=2)
    tab = page(server, ada.player)
    rooms = {said["room"] for said in ada.heard("receiveData")} | {tab.join()}
    assert len(rooms) == 1
    ada.room = rooms.pop()
    shown = ada.arrive()
    assert shown["users"].count(ada.player.name) == 1


@pytest.mark.parametrize("joining", [{"userId": "0"}, {"username": "nobody-there"}, {"userId": "999999999999"}])
def test_joining_names_an_existing_user(joining: dict[str, Any], server: Server) -> None:
    ada = page(server)
    payload = {"username": ada.player.name, "userId": str(ada.player.id)} | joining
    answer = ada.send("join_room", payload)
    refused(answer, "user_not_found")
    assert answer["success"] is False
    assert ada.received == []


def test_name_and_id_of_two_users_are_nobody(server: Server) -> None:
    ada, bob = page(server), page(server)
    refused(ada.send("join_room", {"username": ada.player.name, "userId": str(bob.player.id)}), "user_not_found")


def test_the_room_is_told_who_is_in_it_and_again_when_the_second_arrives(server: Server) -> None:
    ada, bob = met(server)
    names, ids = [ada.player.name, bob.player.name], [ada.player.id, bob.player.id]
    shown = {ada.room: {"members": 2, "users": names, "user_ids": ids, "winner_id": None, "question_data": None}}
    bob.arrive()
    assert ada.heard("receiveRooms2") == bob.heard("receiveRooms2") == [shown]
    ada.arrive()
    assert ada.heard("receiveRooms2") == bob.heard("receiveRooms2") == [shown] * 2


def test_who_waits_alone_is_shown_alone(server: Server) -> None:
    first = waiting(server)
    shown = first.heard("receiveRooms2")[-1][first.room]
    assert (shown["members"], shown["users"], shown["user_ids"]) == (1, [first.player.name], [first.player.id])
    second = page(server)
    assert second.join() == first.room
    second.arrive()
    assert first.heard("receiveRooms2")[-1][first.room]["users"] == [first.player.name, second.player.name]


def test_a_third_gets_another_room(server: Server) -> None:
    ada, _ = paired(server)
    assert page(server).join() != ada.room


def test_reloading_leads_back_into_the_game(server: Server) -> None:
    ada, bob = playing(server)
    ada.close()
    again = page(server, ada.player)
    shown = again.arrive(ada.room)
    assert shown["users"] == [ada.player.name, bob.player.name]
    assert shown["question_data"] == bob.heard("got_question")[0]
    bob.submit()
    assert again.wait("button_pressed", 1) is None
    again.ask_question(question())
    assert again.heard("got_question")[-1] == bob.heard("got_question")[0]
    assert again.win() == {"ok": True}
    assert bob.wait("winner_set") == ada.player.id


def test_joining_leads_back_into_the_game_too(server: Server) -> None:
    ada, _ = playing(server)
    ada.close()
    assert page(server, ada.player).join() == ada.room


def test_a_stranger_gets_no_seat_in_a_room(server: Server) -> None:
    ada, bob = paired(server)
    bob.close()
    eve = page(server)
    for name in (eve.player.name, "nobody-there"):
        answer = eve.send("sendRooms", {"r": {"room": ada.room, "name": name, "success": True}})
        assert answer["code"] in ("match_not_found", "user_not_found")
    assert eve.join() != ada.room
    refused(eve.send("sendRooms", {"r": {"room": ada.room, "name": bob.player.name}}), "not_a_player")
    refused(eve.send("sendRooms", {"r": {"room": "ZZZZZZ", "name": eve.player.name}}), "match_not_found")
    ada.submit()
    assert eve.heard("button_pressed") == []
    assert page(server, bob.player).arrive(ada.room)["users"] == [ada.player.name, bob.player.name]


def test_nobody_moves_over_to_the_seat_of_the_opponent(server: Server) -> None:
    ada, bob = playing(server)
    bob.close()
    refused(ada.send("sendRooms", {"r": {"room": ada.room, "name": bob.player.name}}), "not_a_player")
    ada.submit()
    refused(ada.send("set_winner", bob.player.id), "not_a_win")


def test_a_disconnect_is_not_leaving_until_the_grace_is_over(server: Server) -> None:
    ada, bob = playing(server)
    bob.close()
    assert ada.join() == ada.room
    left = ada.room
    time.sleep(3.5)
    assert ada.join() != left
    refused(
        page(server, bob.player).send("sendRooms", {"r": {"room": left, "name": bob.player.name}}), "match_not_found"
    )


def test_leaving_is_leaving_at_once(server: Server) -> None:
    ada, bob = playing(server)
    left = ada.room
    assert ada.send("leave_room", {"room": left}) == {"ok": True}
    refused(ada.send("button_press", {"room": left}), "not_seated")
    assert ada.join() != left
    bob.submit()
    assert ada.heard("button_pressed") == []
    assert bob.join() != left


def test_who_leaves_a_room_alone_is_met_by_nobody(server: Server) -> None:
    ada = waiting(server)
    assert ada.send("leave_room", {"room": ada.room}) == {"ok": True}
    assert page(server).join() != ada.room
    again = {"r": {"room": ada.room, "name": ada.player.name}}
    refused(page(server, ada.player).send("sendRooms", again), "match_not_found")


# --- playing


def test_the_first_question_is_what_both_play(server: Server) -> None:
    ada, bob = paired(server)
    first = question()
    assert ada.send("getting_question") == {"ok": True}
    ada.ask_question(first)
    bob.ask_question(question())
    told = {"question": first["initialQ"], "testcases": first["testCase"], "expected": first["expectedOutcome"]}
    assert ada.heard("got_question") == bob.heard("got_question") == [told] * 2


def test_question_and_asking_for_it_without_a_pause(server: Server) -> None:
    ada, bob = paired(server)
    ada.client.emit("setting_question", question())
    ada.client.emit("getting_question")
    assert bob.wait("got_question") == ada.wait("got_question")


@pytest.mark.parametrize("frame", PASSED_ON)
def test_buttons_and_popups_are_told_to_the_room_and_to_nobody_else(frame: str, server: Server) -> None:
    ada, bob = paired(server)
    eve, _ = paired(server)
    assert ada.send(frame, {"room": ada.room}) == {"ok": True}
    assert ada.heard(PASSED_ON[frame]) == bob.heard(PASSED_ON[frame]) == [None]
    assert eve.heard(PASSED_ON[frame]) == []
    refused(eve.send(frame, {"room": ada.room}), "not_a_player")
    assert ada.heard(PASSED_ON[frame]) == [None]


def test_answers_are_told_as_they_were_given(server: Server) -> None:
    ada, bob = paired(server)
    before = len(ada.heard("checked_answer"))
    for answer in (True, False, None):
        assert ada.send("check_answer", answer) == {"ok": True}
    assert ada.send("check_answer") == {"ok": True}
    assert ada.heard("checked_answer")[before:] == bob.heard("checked_answer")[-4:] == [True, False, None, None]
    assert [said for name, said in bob.received if name == "checked_answer"][-1] == []


def test_the_opponent_is_told_to_who_asks(server: Server) -> None:
    ada, bob = paired(server)
    before = len(bob.heard("opponent_set"))
    assert ada.send("set_opponent", str(ada.player.id)) == {"ok": True}
    assert ada.heard("opponent_set")[-1] == bob.player.id
    assert len(bob.heard("opponent_set")) == before


def test_a_win_comes_after_a_question_and_a_button(server: Server) -> None:
    ada, bob = paired(server)
    refused(ada.win(), "not_a_win")
    ada.submit()
    refused(ada.win(), "not_a_win")
    ada.ask_question(question())
    for other in (0, "0", bob.player.id, 10**17):
        refused(ada.send("set_winner", other), "not_a_win")
    assert ada.heard("winner_set") == bob.heard("winner_set") == []
    assert ada.win() == {"ok": True}
    refused(ada.win(), "not_a_win")
    refused(bob.win(), "not_a_win")
    assert ada.heard("winner_set") == bob.heard("winner_set") == [ada.player.id]
    assert page(server, bob.player).arrive(bob.room)["winner_id"] == ada.player.id


def test_what_strict_mode_sends_twice_happens_once(server: Server) -> None:
    ada, bob = paired(server)
    asked = question()
    seated = {"r": {"room": ada.room, "name": ada.player.name, "success": True}}
    for frame, payload in (
        ("sendRooms", seated),
        ("setting_question", asked),
        ("button_press", {"room": ada.room}),
        ("set_winner", str(ada.player.id)),
    ):
        for _ in range(2):  # both before either is answered
            ada.client.emit(frame, payload)
    ada.catch_up()
    ada.wait("winner_set")
    bob.wait("winner_set")
    again = page(server, bob.player).arrive(bob.room)
    assert (again["members"], again["winner_id"]) == (2, ada.player.id)
    assert again["question_data"]["question"] == asked["initialQ"]
    assert ada.heard("winner_set") == bob.heard("winner_set") == [ada.player.id]
    assert report(ada, ada, bob, ada)[1] == report(ada, ada, bob, ada)[1]
    assert ada.player.get("/users/profile")["wins"] == 1


def test_a_question_without_a_button_is_no_win(server: Server) -> None:
    ada, _ = playing(server)
    refused(ada.win(), "not_a_win")


def test_who_plays_alone_cannot_win(server: Server) -> None:
    ada = waiting(server)
    ada.ask_question(question())
    ada.submit()
    refused(ada.win(), "not_a_win")


def test_the_rooms_are_sent_back_to_who_asks(server: Server) -> None:
    ada, bob = paired(server)
    assert ada.send("send_user_rooms") == {"ok": True}
    assert ada.wait("sendback_user_rooms") == {ada.player.name: ada.room, bob.player.name: ada.room}
    assert bob.heard("sendback_user_rooms") == []
    nobody = page(server)
    nobody.send("send_user_rooms")
    assert nobody.wait("sendback_user_rooms") == {}


def test_after_a_game_both_start_a_new_one(server: Server) -> None:
    ada, bob = finished(server)
    old = ada.room
    assert ada.join() != old
    heard = len(ada.heard("button_pressed"))
    bob.submit()  # still on the page of the old one
    assert len(ada.heard("button_pressed")) == heard
    assert bob.join() != old


# --- what nobody may do


@pytest.mark.parametrize("frame", [frame for frame in FRAMES if frame not in ("join_room", "sendRooms")])
def test_without_a_seat_nothing_is_told_to_anybody(frame: str, server: Server) -> None:
    ada, bob = paired(server)
    for each in (ada, bob):
        each.catch_up()
    heard = [list(each.received) for each in (ada, bob)]
    payloads: dict[str, Any] = {
        "setting_question": question(),
        "check_answer": True,
        "set_opponent": 1,
        "set_winner": 1,
    }
    answer = page(server).send(frame, payloads.get(frame, {"room": ada.room}))
    if frame != "send_user_rooms":
        refused(answer, "not_seated")
    for each, before in zip((ada, bob), heard, strict=True):
        each.catch_up()
        assert each.received == before


ANYTHING: list[Any] = [
    "",
    "text",
    7,
    -1,
    1.5,
    10**30,
    [],
    [1],
    {},
    {"room": 7},
    {"room": "lower!"},
    {"room": "ABCDEF\n"},
    {"r": "roomData"},
    {"r": {"room": ["ABCDEF"], "name": {}}},
    {"r": {"room": "ABCDEF", "name": "\x00"}},
    {"username": ["x"], "userId": {}},
    {"username": "x" * 300_000, "userId": "1"},
    {"username": "\ud800", "userId": "1"},
    {"username": "ada\x00", "userId": "1"},
    {"username": "ada", "userId": "9" * 400},
    {"username": "ada", "userId": "٣"},
    {"initialQ": "x", "testCase": 7, "expectedOutcome": None},
    {"initialQ": "\x00", "testCase": "", "expectedOutcome": ""},
    {"initialQ": "", "testCase": "", "expectedOutcome": ""},
    {"initialQ": "x" * 300_000, "testCase": "", "expectedOutcome": ""},
    {"deep": DEEP},
    DEEP,
    {"x" * 200_000: 1},
    "x" * 300_000,
]


@pytest.mark.parametrize("frame", [frame for frame in FRAMES if frame not in ("getting_question", "send_user_rooms")])
def test_payloads_that_are_none(frame: str, server: Server) -> None:
    ada, bob = playing(server)
    for each in (ada, bob):
        each.catch_up()
    heard = [list(each.received) for each in (ada, bob)]
    for payload in ANYTHING:
        allowed = {"set_opponent": ("not_a_win",), "set_winner": ("not_a_win",)}.get(frame, ())
        answer = ada.send(frame, payload)
        if frame == "set_opponent" and payload == 7:
            assert answer == {"ok": True}
            continue
        assert answer["code"] in ("invalid_request", *allowed), (payload, answer)
    two = ada.client.call(frame, ({}, {}), timeout=30)
    refused(two, "invalid_request")
    for each, before in zip((ada, bob), heard, strict=True):
        each.catch_up()
        assert [event for event in each.received if event[0] != "opponent_set"] == [
            event for event in before if event[0] != "opponent_set"
        ]
    ada.submit()
    assert ada.win() == {"ok": True}


@pytest.mark.parametrize("frame", ["getting_question", "send_user_rooms"])
def test_what_comes_with_a_bare_frame_is_not_read(frame: str, server: Server) -> None:
    ada, _ = playing(server)
    for payload in ANYTHING[:6]:
        assert ada.send(frame, payload) == {"ok": True}


@pytest.mark.parametrize(
    "event", ["find_match", "resume", "submit_code", "nothing", "message", "__proto__", "receiveRooms2"]
)
def test_events_that_are_not_of_the_classic_client(event: str, server: Server) -> None:
    refused(page(server).send(event, {}), "unknown_event")


def test_packets_that_are_none_do_not_end_the_connection(server: Server) -> None:
    socket = opened(server.url)
    socket.send("40")
    assert socket.recv().startswith("40")
    for packet in (
        "42",
        "42{",
        "42[]",
        "42[7]",
        '42["join_room",{bad',
        '451-["set_winner",{"_placeholder":true,"num":0}]',
    ):
        socket.send(packet)
    assert _answer(socket, '427["send_user_rooms"]', 7) == {"ok": True}


def _answer(socket: websocket.WebSocket, packet: str, number: int) -> Any:
    socket.send(packet)
    while not (answer := socket.recv()).startswith(f"43{number}["):
        if answer == "2":
            socket.send("3")
    return json.loads(answer[len(f"43{number}") :])[0]


def test_no_argument_goes_out_with_null_on_the_wire(server: Server) -> None:
    player = Player(server.url)
    socket = opened(server.url)
    socket.send("40")
    assert socket.recv().startswith("40")
    joined = _answer(socket, f'421["join_room",{{"username":"{player.name}","userId":"{player.id}"}}]', 1)
    assert joined["success"]
    socket.send('42["check_answer",null]')
    while not (heard := socket.recv()).startswith('42["checked'):
        pass
    assert heard == '42["checked_answer"]'


def test_a_burst_is_dropped_softly(server: Server) -> None:
    ada, bob = paired(server)
    for _ in range(100):
        ada.client.emit("setting_question", question())
        ada.client.emit("getting_question")
    assert ada.send("button_press", {"room": ada.room}) == {"ok": True}
    assert ada.win() == {"ok": True}
    assert bob.wait("winner_set") == ada.player.id
    assert not ada.closed.is_set() and not bob.closed.is_set()
    assert 1 <= len(bob.heard("got_question")) < 60
    assert len({asked["question"] for asked in bob.heard("got_question")}) == 1
    for _ in range(60):  # without waiting for answers, which may take longer than it takes to be allowed one more
        ada.client.emit("getting_question")
    refused(ada.send("getting_question"), "rate_limited")
    time.sleep(1)
    assert ada.send("getting_question") == {"ok": True}


def test_a_connection_with_a_token_is_as_it_always_was(server: Server) -> None:
    ada, bob = Player(server.url), Player(server.url)
    for frame in FRAMES:
        if frame != "leave_room":
            refused(ada.ask(frame), "unknown_event")
    room = dueling(ada, bob)
    ada.ask("resign", room=room)
    assert bob.wait_for("match_finished")["outcome"]["winner_id"] == bob.id


@pytest.mark.parametrize("token", ["", "nonsense", 7])
def test_a_wrong_token_is_not_the_same_as_none(token: Any, server: Server) -> None:
    assert json.loads(Wire(Player(server.url), token).greeting[2:])["code"] == "not_authenticated"


# --- recording


def test_the_winner_reports_the_game(server: Server) -> None:
    ada, bob = finished(server)
    status, session = report(ada, ada, bob, ada)
    assert status == 201
    assert [user["id"] for user in session["winner"]] == [ada.player.id]
    assert session["outcome"]["reason"] == "solved"
    assert report(ada, ada, bob, ada) == report(bob, bob, ada, ada) == (201, session)
    assert ada.player.get("/sessions") == bob.player.get("/sessions") == [session]


def test_two_reports_at_once_are_one_match(server: Server) -> None:
    ada, bob = finished(server)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: report(ada, ada, bob, ada), range(6)))
    assert [status for status, _ in answers] == [201] * 6
    assert len({session["id"] for _, session in answers}) == 1
    assert ada.player.get("/users/profile")["xp"] == 10


def test_what_cannot_be_reported(server: Server) -> None:
    ada, bob = playing(server)
    eve = page(server)
    assert report(ada, ada, bob, ada)[1]["code"] == "winner_not_announced"
    ada.submit()
    ada.win()
    for answer, code in (
        (report(eve, ada, bob, ada), "not_a_player"),
        (report(eve, eve, ada, eve), "winner_not_announced"),
        (report(ada, ada, bob, bob), "winner_not_announced"),
        (report(ada, ada, bob, eve), "winner_not_announced"),
        (report(ada, ada, ada, ada), "winner_not_announced"),
        (report(ada, ada, eve, ada), "winner_not_announced"),
        (report(ada, ada, bob, ada, user_two_id="0"), "winner_not_announced"),
    ):
        assert (answer[0], answer[1]["code"]) == (403, code)
    for problem in ("999999", 10**17, 0):
        status, body = report(ada, ada, bob, ada, problem_id=problem)
        assert (status, body["code"]) == (404, "problem_not_found")
    for wrong in (None, "x", -1, 1.5, True, [], {}, "9" * 400):
        status, body = report(ada, ada, bob, ada, problem_id=wrong)
        assert (status, set(body["fields"])) == (400, {"problem_id"})
    for body in (b"{", b"[]", b"null", b'"x"'):
        assert http(f"{server.url}/sessions", "POST", body, ada.player.token)[0] == 400
    assert http(f"{server.url}/sessions", "POST", {})[0] == 401
    assert ada.player.get("/sessions") == []


def test_a_live_match_goes_on_while_a_game_is_reported(server: Server) -> None:
    ada, bob = finished(server)
    eve = Player(server.url)
    ada.player.connection = ada.player.connect()
    room = dueling(ada.player, eve)
    assert report(ada, ada, bob, ada)[0] == 201
    eve.ask("resign", room=room)
    ada.player.wait_for("match_finished")
    profile = ada.player.get("/users/profile")
    assert (profile["xp"], profile["wins"], len(profile["sessions"])) == (20, 2, 2)


def test_a_whole_game_with_a_reload(server: Server) -> None:
    ada, bob = met(server)
    ada.arrive()
    problem = ada.player.get("/problems/random")
    example = problem["examples"][0]
    asked = {
        "initialQ": problem["description"],
        "testCase": example["test_case"],
        "expectedOutcome": example["output"],
    }
    ada.ask_question(asked)
    assert bob.arrive()["question_data"]["question"] == problem["description"]
    bob.ask_question(question())
    assert bob.heard("got_question")[-1]["expected"] == example["output"]

    bob.submit()
    bob.send("check_answer", False)
    bob.send("display_popup", {"room": bob.room})
    assert ada.wait("displayed_popup") is None
    bob.send("button_enable", {"room": bob.room})
    bob.send("hide_popup", {"room": bob.room})

    ada.close()
    ada = page(server, ada.player)
    shown = ada.arrive(bob.room)
    assert (len(shown["users"]), shown["winner_id"]) == (2, None)
    ada.send("set_opponent", str(ada.player.id))
    assert ada.heard("opponent_set")[-1] == bob.player.id

    ada.submit()
    printed = http(
        f"{server.url}/run", "POST", {"code": f"print('{example['output']}')", "language": "py", "input": ""}
    )
    assert printed[1]["output"].strip() == example["output"]
    assert ada.win() == {"ok": True}
    for each in (ada, bob):
        assert each.heard("winner_set") == [ada.player.id]
        assert each.heard("checked_answer")[-1] is True
        assert each.wait("displayed_popup") is None
    status, session = report(ada, ada, bob, ada, problem_id=problem["id"])
    assert status == 201
    assert [shown["id"] for shown in session["problem"]] == [problem["id"]]
    for each, xp, wins, losses in ((ada, 10, 1, 0), (bob, 0, 0, 1)):
        profile = each.player.get("/users/profile")
        assert (profile["xp"], profile["wins"], profile["losses"]) == (xp, wins, losses)
        assert each.player.get("/sessions") == [session]
        assert profile["sessions"] == [in_short(session)]
        place = next(row for row in each.player.get("/users/leaderboard?limit=500") if row["id"] == each.player.id)
        assert (place["xp"], place["wins"], place["losses"]) == (xp, wins, losses)
        replay = each.player.get(f"/sessions/{session['id']}/events")["events"]
        assert [event["event"] for event in replay][-1] == "match_finished"
        assert replay[-1]["outcome"] == session["outcome"]
        each.player.connection = each.player.connect()
        view = each.player.ask("resume", room=session["room"])["view"]
        assert (view["phase"], view["outcome"]) == ("finished", session["outcome"])


# --- running programs


def run(server: Server, **body: Any) -> tuple[int, Any]:
    return http(f"{server.url}/run", "POST", body)


@pytest.mark.parametrize(
    ("language", "code", "given", "output"),
    [
        ("py", "print('hi', [0, 1])", "", "hi [0, 1]\n"),
        ("py", "import sys\nprint(int(input()) + 1, sys.stdin.read())", "41\nrest", "42 rest\n"),
        ("py", "if __name__ == '__main__':\n    print('main')", "", "main\n"),
        ("js", "console.log('hi', [0, 1])", "", "hi [ 0, 1 ]\n"),
        ("js", "console.log(require('fs').readFileSync(0, 'utf8').split('\\n').length)", "a\nb", "2\n"),
        (
            "js",
            "const rl = require('readline').createInterface({ input: process.stdin });\n"
            "rl.on('line', (line) => console.log('>' + line)).on('close', () => console.log('end'));",
            "a\nb\n",
            ">a\n>b\nend\n",
        ),
        ("js", "setTimeout(() => console.log('later'), 20); console.log('now');", "", "now\nlater\n"),
        (
            "js",
            "process.stdout.write('a'); process.stdout.write('b\\n'); process.exit(0); console.log('c')",
            "",
            "ab\n",
        ),
    ],
)
def test_a_program_is_run_as_a_script(server: Server, language: str, code: str, given: str, output: str) -> None:
    status, body = run(server, code=code, language=language, input=given, headers={"Content-Type": "x"})
    assert status == 200
    assert abs(body.pop("timeStamp") / 1000 - time.time()) < 60
    info = {"py": "Python ", "js": "JavaScript "}[language]
    assert body.pop("info").startswith(info)
    assert body == {"status": 200, "output": output, "error": "", "language": language}


@pytest.mark.parametrize(
    ("language", "code", "output", "error"),
    [
        ("py", "print('a')\n1/0", "a\n", "ZeroDivisionError"),
        ("py", "x = (", "", "SyntaxError"),
        ("py", "import sys\nprint('e', file=sys.stderr)", "", "e"),
        ("py", "import sys\nsys.exit('no')", "", "no"),
        ("py", "input()", "", "EOFError"),
        ("py", "while True:\n    pass", "", f"{LIMITS.time_ms} ms"),
        ("py", "x = [0] * 10**9", "", "memory"),
        ("py", "open('/etc/passwd')", "", "FileNotFoundError"),
        ("py", "import os\nos.fork()", "", "PermissionError"),
        ("py", "import socket\nsocket.create_connection(('127.0.0.1', 4000))", "", "Error"),
        ("js", "console.log('a'); null.x", "a\n", "TypeError"),
        ("js", "let x = ;", "", "SyntaxError"),
        ("js", "console.error('e')", "", "e"),
        ("js", "for (;;);", "", f"{LIMITS.time_ms} ms"),
        ("js", "require('child_process')", "", "is not available here"),
    ],
)
def test_what_goes_wrong_in_a_program_is_told(
    server: Server, language: str, code: str, output: str, error: str
) -> None:
    status, body = run(server, code=code, language=language)
    assert (status, body["output"]) == (200, output)
    assert error in body["error"]
    assert "/judge" not in body["error"] and "solution" not in body["error"]


def test_output_is_cut(server: Server) -> None:
    for code in ("print('x' * 200_000)", "print('x' * 2_000_000)"):
        _, body = run(server, code=code, language="py")
        assert 65_536 <= len(body["output"]) < 66_000
    _, body = run(server, code="import sys\nprint('x' * 200_000, file=sys.stderr)", language="py")
    assert len(body["error"]) == 65_536


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, {"code", "language"}),
        ({"code": "", "language": "py"}, {"code"}),
        ({"code": 7, "language": ["py"], "input": {"a": 1}}, {"code", "language", "input"}),
        ({"code": "x" * 70_000, "language": "py"}, {"code"}),
        ({"code": "x", "language": "cobol", "input": "x" * 70_000}, {"language", "input"}),
    ],
)
def test_what_is_no_program(server: Server, body: dict[str, Any], wrong: set[str]) -> None:
    status, answer = run(server, **body)
    assert (status, answer["code"], set(answer["fields"])) == (400, "invalid_request", wrong)
    assert (answer["status"], answer["error"]) == ("fail", answer["message"])


# --- servers


def test_a_game_outlives_a_restart_and_runs_are_limited(start_server: StartServer) -> None:
    server = start_server(CLASSIC_CLIENT="1", CLASSIC_RUN_RATE="2 per minute")
    ada, bob = playing(server)
    ada.submit()
    server.kill()
    server.start()
    room = ada.room
    ada, bob = page(server, ada.player), page(server, bob.player)
    assert ada.arrive(room)["question_data"] == bob.arrive(room)["question_data"] is not None
    assert ada.win() == {"ok": True}
    assert bob.wait("winner_set") == ada.player.id
    assert [run(server, code="print(1)", language="py")[0] for _ in range(3)] == [200, 200, 429]


def test_two_processes_share_the_rooms(server: Server, start_server: StartServer) -> None:
    other = start_server(CLASSIC_CLIENT="1", DATABASE_URL=server.environment["DATABASE_URL"])
    ada = waiting(server)
    bob = page(server)
    there = Page(other.url, bob.player)
    assert there.join() == ada.room
    there.arrive()
    ada.arrive()
    asked = question()
    there.ask_question(asked)
    ada.ask_question(question())
    assert ada.heard("got_question")[-1]["question"] == asked["initialQ"]
    ada.submit()
    assert ada.win() == {"ok": True}
    assert there.wait("winner_set") == ada.player.id
    refused(there.win(), "not_a_win")
    assert report(ada, ada, bob, ada)[0] == 201


def test_switched_off_there_is_no_classic_client(start_server: StartServer) -> None:
    server = start_server()
    player = Player(server.url)
    socket = opened(server.url)
    socket.send("40")
    assert json.loads(socket.recv()[2:])["code"] == "not_authenticated"
    for frame in FRAMES:
        if frame != "leave_room":
            refused(player.ask(frame), "unknown_event")
    status, body = run(server, code="print(1)", language="py")
    assert (status, body["code"]) == (404, "not_found")
    ids = dict.fromkeys(("problem_id", "user_one_id", "user_two_id", "winner_id"), str(player.id))
    status, body = http(f"{server.url}/sessions", "POST", ids, player.token)
    assert (status, body["code"]) == (403, "classic_client_off")
    assert http(f"{server.url}/sessions", "POST", ids)[0] == 401
    assert "/run" not in http(f"{server.url}/swagger.json")[1]["paths"]


def test_an_old_authorization_header_does_not_keep_anybody_from_logging_in(server: Server) -> None:
    player = Player(server.url)
    body = {"username": player.name, "password": player.password}
    assert http(f"{server.url}/auth/login", "POST", body, "an.old.token")[0] == 200


def test_ids_of_changed_and_sought_users_are_text(server: Server) -> None:
    ada, bob = Player(server.url), Player(server.url)
    avatar = {"avatar": "https://example.org/ada.png"}
    changed = http(f"{server.url}/users/update", "PATCH", avatar, ada.token)
    assert changed == (200, {"id": str(ada.id), "username": ada.name, **avatar})
    names = {"username_one": ada.name, "username_two": bob.name}
    status, found = http(f"{server.url}/users/avatars", "POST", names, ada.token)
    assert (status, [user["id"] for user in found]) == (200, [str(ada.id), str(bob.id)])


def test_nothing_unexpected_was_logged(server: Server) -> None:
    assert server.errors() == [], server.log.read_text()[-3000:]
    assert Connection(server.url, Player(server.url).token).ask("cancel_find")["ok"]
