"""Bad input over Socket.IO: always a refusal with a code, never a dropped connection, nothing changed."""

from __future__ import annotations

import json
from typing import Any

import pytest
import socketio.exceptions

from application.realtime.requests import MAX_CODE_LENGTH
from tests.conftest import PATIENCE_SECONDS
from tests.e2e.conftest import Server
from tests.e2e.duel import SLOWLY, check_the_end, paired, solution
from tests.e2e.player import Connection, Player, http
from tests.e2e.wire import Wire, opened

REQUESTS = [
    "find_match",
    "cancel_find",
    "resume",
    "submit_code",
    "save_code",
    "run_code",
    "resign",
    "claim_win",
    "leave_room",
    "say",
    "tell",
    "unsay",
    "mute",
    "block",
    "unblock",
    "report_message",
]
DEEP: Any = []
for _ in range(400):
    DEEP = [DEEP]


@pytest.fixture(scope="module")
def ada(server: Server) -> Player:
    return Player(server.url)


def refused(answer: Any, code: str = "invalid_request") -> Any:
    assert (answer["ok"], answer["code"]) == (False, code), answer
    assert set(answer) <= {"ok", "code", "message", "fields", "retry_after"}
    assert len(str(answer)) < 5000
    return answer


@pytest.mark.parametrize("token", [None, "", "nonsense", 7, ["x"], {"a": 1}, "x" * 100_000, "\x00", "a.b.c"])
def test_connections_without_a_valid_token_are_refused(token: Any, server: Server, ada: Player) -> None:
    greeting = Wire(ada, token).greeting
    assert greeting.startswith("44")
    said = json.loads(greeting[2:])
    assert said["code"] == "not_authenticated" and said["message"]
    assert said["data"] == {"code": said["code"], "message": said["message"]}


@pytest.mark.parametrize("auth", ["", '"text"', "[]", "7", "null", "NaN", "{", '{"token":'])
def test_auth_of_any_kind(auth: str, ada: Player) -> None:
    socket = opened(ada.url)
    socket.send("40" + auth)
    assert json.loads(socket.recv()[2:])["code"] == "not_authenticated"


def test_a_revoked_token_is_refused_by_name(server: Server) -> None:
    player = Player(server.url)
    http(f"{server.url}/auth/logout", "POST", token=player.token)
    assert json.loads(Wire(player).greeting[2:])["code"] == "token_revoked"
    with pytest.raises(socketio.exceptions.ConnectionError):
        Connection(server.url, player.token)


PAYLOADS: list[Any] = [
    [],
    "text",
    7,
    True,
    {"surprise": 1},
    {"room": 7},
    {"room": "lower!"},
    {"room": "ABCDEF\n"},
    {"room": None, "code": None},
    {"room": "ABCDEF", "language": "\ud800", "code": "\x00"},
    {"room": "ABCDEF", "language": "python", "code": "x" * (MAX_CODE_LENGTH + 1)},
    {"room": "ABCDEF", "language": "python", "code": ["x"]},
    {"room": "ABCDEF", "language": "python", "code": "x = '\x00'"},
    {"room": "ABCDEF", "language": "python", "code": "x = '\ud800'"},
    {"client_id": ""},
    {"client_id": "x" * 65},
    {"client_id": 7},
    {"after": -1},
    {"after": 10**30},
    {"after": "1"},
    {"room": "ABCDEF", "language": "python", "code": "x" * 300_000},
    {"after": float("nan")},
    {"deep": DEEP},
    {"x" * 200_000: 1},
]


@pytest.mark.parametrize("event", REQUESTS)
def test_payloads_that_are_none(event: str, ada: Player) -> None:
    for payload in PAYLOADS:
        refused(ada.connection.ask(event, payload))
    refused(ada.connection.client.call(event, ({}, {}), timeout=30))
    assert ada.ask("cancel_find")["ok"]


def test_what_is_wrong_is_said_field_by_field(ada: Player) -> None:
    fields = refused(ada.ask("submit_code", room="ABCDEF", code=7, extra=1))["fields"]
    assert set(fields) == {"language", "code", "extra"}


@pytest.mark.parametrize(
    "event", ["nothing", "connect", "disconnect", "connect_error", "message", "json", "__proto__", "*", ""]
)
def test_events_that_are_none(event: str, server: Server) -> None:
    player = Player(server.url)
    wire = Wire(player)
    answer = wire.ask(f"427{json.dumps([event, {}])}", 7)
    assert (answer["ok"], answer["code"]) in ((False, "unknown_event"), (False, "invalid_request"))
    assert wire.is_well()


@pytest.mark.parametrize(
    "packet",
    [
        "42",
        "42{",
        '42["submit_code",{bad',
        '42{"a":1}',
        "42[]",
        "42[7]",
        "42[null,{}]",
        "42" + "[" * 100_000,
        '451-["submit_code",{"_placeholder":true,"num":0}]',
        '4599999999999-["x"]',
        '461-7["x"]',
        "43999[1]",
        "43",
        "49",
        "4x",
        "4",
        '42/admin,["find_match",{}]',
        '42["find_match",{"client_id":NaN}]',
        "42" + "1" * 200 + '["find_match",{}]',
        '44{"message":"x"}',
        "40{}",
        '40/admin,{"token":"x"}',
    ],
)
def test_packets_that_are_none_do_not_end_the_connection(packet: str, ada: Player) -> None:
    wire = Wire(ada)
    wire.send(packet)
    assert wire.is_well()


def test_binary_frames_do_not_end_the_connection(ada: Player) -> None:
    wire = Wire(ada)
    wire.send('451-["submit_code",{"_placeholder":true,"num":0}]')
    wire.socket.send_binary(b"\xff\x00attachment")
    wire.socket.send_binary(b"")
    assert wire.is_well()


def test_an_undecodable_packet_with_an_ack_id_is_answered(ada: Player) -> None:
    wire = Wire(ada)
    assert refused(wire.ask('425["submit_code",{bad', 5))
    assert wire.is_well()


def test_logging_out_closes_the_sockets_of_that_token_alone(server: Server) -> None:
    player = Player(server.url)
    second = player.connect()
    other = Connection(server.url, player.log_in())
    http(f"{server.url}/auth/logout", "POST", token=player.token)
    assert player.connection.closed.wait(PATIENCE_SECONDS) and second.closed.wait(PATIENCE_SECONDS)
    assert other.ask("cancel_find")["ok"] and not other.closed.is_set()


def test_a_flood_is_refused_softly(ada: Player) -> None:
    wire = Wire(ada)
    for number in range(1, 201):
        wire.send(f'42{number}["resume",{{}}]')
    answers = {}
    while len(answers) < 200:
        answer = wire.socket.recv()
        if answer.startswith("43"):
            number, _, body = answer[2:].partition("[")
            answers[number] = json.loads("[" + body)[0]
    assert any(answer["ok"] for answer in answers.values())
    assert {answer["code"] for answer in answers.values() if not answer["ok"]} <= {"rate_limited"}
    assert wire.is_well()


def test_requests_about_others_matches(server: Server, ada: Player) -> None:
    bob, eve = Player(server.url), Player(server.url)
    room = paired(bob, eve)
    before = bob.ask("resume", room=room)["version"]
    code = {"language": "python", "code": solution(bob)}
    for event, payload in (
        ("submit_code", code),
        ("run_code", code),
        ("resign", {}),
        ("claim_win", {}),
        ("leave_room", {}),
        ("resume", {}),
    ):
        refused(ada.ask(event, room=room, **payload), "not_a_player")
        refused(ada.ask(event, room="ZZZZZZ", **payload), "match_not_found")
    refused(bob.ask("submit_code", room=room, language="cobol", code="x"), "unknown_language")
    refused(bob.ask("submit_code", room=room, language="python", code=" \n"), "empty_submission")
    refused(bob.ask("run_code", room=room, language="python", code=""), "empty_submission")
    refused(bob.ask("claim_win", room=room), "opponent_present")
    assert bob.ask("resume", room=room)["version"] == before
    assert eve.ask("submit_code", room=room, language="python", code=SLOWLY + solution(eve))["ok"]
    refused(eve.ask("submit_code", **code, room=room), "submission_pending")
    assert ada.connection.received == []
    bob.ask("resign", room=room)
    check_the_end(bob, eve, room, "solved", winner=eve)
    for event, payload in (("submit_code", code), ("run_code", code), ("resign", {}), ("claim_win", {})):
        refused(bob.ask(event, room=room, **payload), "match_already_finished")
    assert bob.ask("leave_room", room=room)["ok"]


def test_a_request_is_repeated_safely_by_its_client_id(server: Server) -> None:
    bob, eve = Player(server.url), Player(server.url)
    assert bob.ask("find_match", client_id="one") == bob.ask("find_match", client_id="one")
    refused(bob.ask("cancel_find", client_id="one"), "client_id_reused")
    eve.ask("find_match")
    assert bob.ask("find_match", client_id="one")["status"] == "waiting"
    room = bob.wait_for("round_started")["room"]
    refused(bob.ask("find_match", client_id="one", surprise=1))
    first = bob.ask("resign", room=room, client_id="two")
    assert bob.ask("resign", room=room, client_id="two") == first


def test_trying_code_tells_only_who_tries(server: Server) -> None:
    bob, eve = Player(server.url), Player(server.url)
    room = paired(bob, eve)
    problem = bob.wait_for("round_started")["problem"]
    answer = bob.ask("run_code", room=room, language="python", code="print('hi')\n" + solution(bob))
    assert [result["verdict"] for result in answer["results"]] == ["accepted"] * len(problem["examples"])
    first = answer["results"][0]
    assert (first["got"], first["console"]) == (first["expected"], "hi\n")
    wrong = bob.ask(
        "run_code", room=room, language="javascript", code=f"function {problem['signature']['function']}() {{}}"
    )
    assert {result["verdict"] for result in wrong["results"]} == {"wrong_answer"}
    own = bob.ask("run_code", room=room, language="python", code=solution(bob), args=first["args"])
    assert own["results"][0]["got"] == first["got"]
    assert own["results"][0]["expected"] is None
    bad = bob.ask("run_code", room=room, language="python", code=solution(bob), args=[DEEP])
    assert "args" in refused(bad, "invalid_arguments")["fields"]
    bob.ask("resign", room=room)
    check_the_end(bob, eve, room, "resigned", winner=eve)


def test_nothing_unexpected_was_logged(server: Server) -> None:
    assert server.errors() == [], server.log.read_text()[-3000:]
