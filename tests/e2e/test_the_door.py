"""What guards the door, and what tells an operator how things go."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib import error, request

import pytest

from application.base.version import VERSION
from tests.conftest import PATIENCE_SECONDS
from tests.e2e.conftest import PROJECT, Server, StartServer
from tests.e2e.duel import SLOWLY, check_the_end, paired, solution, wrong_solution
from tests.e2e.player import WAIT_SECONDS, Player, http
from tests.e2e.wire import Wire


@pytest.fixture(scope="module")
def narrow(start_server: StartServer) -> Server:
    """A server with the limits that it has by itself."""
    return start_server(SOCKETS_PER_USER="", EVENT_RATE="", CONNECT_RATE="40 per minute", REQUEST_RATE="60 per minute")


def test_preflights_spend_no_rate_and_are_remembered(narrow: Server) -> None:
    headers = {"Origin": "http://localhost:5173", "Access-Control-Request-Method": "POST"}
    for _ in range(70):
        with request.urlopen(request.Request(f"{narrow.url}/auth/login", headers=headers, method="OPTIONS")) as answer:
            assert int(answer.headers["Access-Control-Max-Age"]) >= 600


def test_one_more_connection_ends_the_oldest(narrow: Server) -> None:
    ada = Player(narrow.url)
    later = [ada.connect() for _ in range(5)]
    assert ada.connection.closed.wait(PATIENCE_SECONDS)
    assert all(connection.ask("resume")["ok"] for connection in later)


def test_requests_beyond_the_rate_are_refused_softly(narrow: Server) -> None:
    ada = Player(narrow.url)
    answers = [ada.ask("resume") for _ in range(60)]
    refused = [answer for answer in answers if not answer["ok"]]
    assert refused
    assert {answer["code"] for answer in refused} == {"rate_limited"}
    assert all(answer["retry_after"] >= 1 for answer in refused)


def test_a_flood_of_connections_and_requests_is_refused(narrow: Server) -> None:
    bursts = [http(f"{narrow.url}{path}")[0] for path in ("/languages", "/users/leaderboard") * 35]
    assert bursts[-2:] == [429, 429]
    assert http(f"{narrow.url}/health/live") == (200, {"status": "ok", "version": VERSION})
    handshakes = [status(f"{narrow.url}/socket.io/?EIO=4&transport=polling") for _ in range(45)]
    assert handshakes[-1] == 429


def status(url: str) -> int:
    """The status of a GET whose body is no JSON."""
    try:
        with request.urlopen(url, timeout=WAIT_SECONDS) as answer:
            return int(answer.status)
    except error.HTTPError as failed:
        return failed.code


def test_answers_carry_what_browsers_need(server: Server) -> None:
    with request.urlopen(f"{server.url}/languages") as answer:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["X-Request-Id"]


def test_who_does_not_read_is_cut_off_and_nobody_is_slowed(start_server: StartServer) -> None:
    server = start_server()
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    deaf = Wire(ada, sockopt=[(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)])
    assert ada.ask("save_code", room=room, language="python", code="x" * 20_000)["ok"]  # an answer worth not reading
    for number in range(2000):
        deaf.send(f'42{number}["resume",{{"room":"{room}"}}]')
        if number % 50 == 0:
            deaf.send("3")  # its page runs and answers pings; it only does not read
    deadline = time.monotonic() + WAIT_SECONDS
    while not re.search(r"connection_cut +.*reason=unread", server.log.read_text()):
        assert time.monotonic() < deadline
        assert bob.ask("resume")["ok"]
    bob.ask("submit_code", room=room, language="python", code=solution(bob))
    check_the_end(ada, bob, room, "solved", winner=bob)


def test_the_log_has_no_code_and_no_passwords(start_server: StartServer) -> None:
    server = start_server(LOG_LEVEL="debug", LOG_FORMAT="json")
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    ada.ask("submit_code", room=room, language="python", code="secret_idea = 1")
    ada.wait_for("submission_judged")
    ada.ask("resign", room=room)
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    asked = [line for line in lines if line["event"] == "request" and line["event_name"] == "submit_code"]
    assert [(line["user_id"], line["room"], line["code"]) for line in asked] == [(ada.id, room, "ok")]
    assert {"match_found", "match_finished"} <= {line["event"] for line in lines}
    assert all(line["request_id"] for line in lines if line["event"] == "http")
    for secret in ("secret_idea", ada.password, ada.token, server.environment["JWT_SECRET_KEY"]):
        assert secret not in server.log.read_text()


def flask(server: Server, *words: str) -> str:
    """What a command says that an operator gives beside the running server."""
    command = [str(Path(sys.executable).parent / "flask"), "--app", "application", *words]
    done = subprocess.run(command, cwd=PROJECT, env=server.environment, capture_output=True, text=True)
    return done.stdout + (done.stderr if done.returncode else "")


def test_an_operator_sees_and_ends_matches(own_server: Server) -> None:
    ada, bob = Player(own_server.url), Player(own_server.url)
    room = paired(ada, bob)
    assert f"{room}  playing" in flask(own_server, "matches", "list")
    assert ada.name in flask(own_server, "matches", "show", room)
    assert [json.loads(line)["event"] for line in flask(own_server, "matches", "replay", room).splitlines()] == [
        "match_found",
        "match_started",
        "round_started",
    ]
    assert "has ended: aborted" in flask(own_server, "matches", "abort", room)
    check_the_end(ada, bob, room, "aborted", winner=None)
    assert room not in flask(own_server, "matches", "list")
    assert "is over" in flask(own_server, "matches", "abort", room)
    assert "Error" in flask(own_server, "matches", "show", "NOROOM")


def test_clients_are_told_of_a_restart(own_server: Server) -> None:
    ada, bob = Player(own_server.url), Player(own_server.url)
    room = paired(ada, bob)
    bob.ask("submit_code", room=room, language="python", code=SLOWLY + solution(bob))
    own_server.stop()
    for player in (ada, bob):
        assert [name for name, _ in player.connection.notices] == ["server_restarting"]
        assert 0 < player.connection.notices[0][1]["retry_in_ms"] < 10_000
    own_server.start()
    with request.urlopen(f"{own_server.url}/metrics") as shown:
        numbers = shown.read().decode()
    for name in ("connections", "matches_live", "lobby_waiting", "judging_seconds_bucket", "loop_lag_seconds"):
        assert f"codemaze_{name}" in numbers


def test_code_that_was_saved_comes_back(server: Server) -> None:
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    assert ada.ask("save_code", room=room, language="javascript", code="let half") == {"ok": True}
    assert ada.ask("save_code", room=room, language="javascript", code="let more")["code"] == "rate_limited"
    assert ada.ask("save_code", room=room, language="python", code="def half") == {"ok": True}
    answer = ada.ask("resume")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", answer["now"])
    written = answer["view"]["you"]
    assert written["drafts"] == {"javascript": "let half", "python": "def half"}
    assert written["last_code"] == {"language": "python", "code": "def half"}
    assert bob.ask("resume")["view"]["you"] == {
        "user_id": bob.id,
        "as": "player",
        "drafts": {},
        "last_code": None,
        "pending": None,
        "last_judged": None,
    }
    ada.ask("resign", room=room)


def test_a_player_gets_back_what_they_handed_in(server: Server) -> None:
    ada, bob, eve = Player(server.url), Player(server.url), Player(server.url)
    room = paired(ada, bob)
    wrong, right = wrong_solution(ada), solution(ada)
    for code in (wrong, right):
        submission = ada.ask("submit_code", room=room, language="python", code=code)["submission_id"]
        ada.wait_for("submission_judged", submission_id=submission)
    session = ada.wait_for("match_finished")["outcome"]["session_id"]
    found = ada.get(f"/sessions/{session}/solutions")
    assert [(each["code"], each["verdict"]) for each in found] == [(wrong, "wrong_answer"), (right, "accepted")]
    assert {each["user_id"] for each in found} == {ada.id}
    assert bob.get(f"/sessions/{session}/solutions") == found
    status, body = http(f"{server.url}/sessions/{session}/solutions", token=eve.token)
    assert (status, body["code"]) == (403, "not_a_player")
