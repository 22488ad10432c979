"""Bad input over HTTP: a clear error of the one shape, no 500, nothing changed."""

from __future__ import annotations

import http.client
import json
import time
from typing import Any
from urllib.parse import urlsplit

import jwt
import pytest

from tests.e2e.conftest import QUICK, Server, StartServer
from tests.e2e.duel import paired
from tests.e2e.player import Player

BODIES = {
    "/auth/register": ("POST", {"username": "mallory", "password": "correct horse"}),
    "/auth/login": ("POST", {"username": "mallory", "password": "correct horse"}),
    "/users/update": ("PATCH", {"avatar": "https://example.org/a.png"}),
    "/users/avatars": ("POST", {"username_one": "nobody-1", "username_two": "nobody-2"}),
}
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def ada(server: Server) -> Player:
    return Player(server.url)


def send(
    server: Server,
    method: str,
    path: str,
    body: Any = None,
    headers: dict[str, str] | None = None,
    chunked: bool = False,
) -> tuple[int, Any, http.client.HTTPMessage]:
    """A request as raw as can be: status, decoded body, headers."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    connection.request(method, path, body, headers or {}, encode_chunked=chunked)
    answer = connection.getresponse()
    raw = answer.read()
    connection.close()
    return answer.status, json.loads(raw) if raw and method != "HEAD" else None, answer.headers


def refused(answer: tuple[int, Any, http.client.HTTPMessage], *statuses: int) -> Any:
    """The body of a refusal, which must have the contract's shape and tell nothing of the inside."""
    status, body, _ = answer
    assert status in statuses, answer
    assert (body["status"], body["error"]) == ("fail", body["message"])
    assert body["code"].replace("_", "").isalpha()
    assert set(body) <= {"status", "code", "message", "error", "fields"}
    assert "Traceback" not in str(body) and len(str(body)) < 5000
    return body


MALFORMED: dict[str, bytes] = {
    "nothing": b"",
    "no json": b"{",
    "not utf-8": b'{"username": "\xff\xfe"}',
    "a list": b"[]",
    "a number": b"7",
    "null": b"null",
    "a string": b'"text"',
    "deep": b"[" * 100_000,
    "deep object": b'{"a":' * 50_000,
    "empty": b"{}",
    "nan": b"NaN",
}


@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize("kind", MALFORMED)
def test_bodies_that_are_none(path: str, kind: str, server: Server, ada: Player) -> None:
    headers = JSON | {"Authorization": f"Bearer {ada.token}"}
    refused(send(server, BODIES[path][0], path, MALFORMED[kind], headers), 400)


HOSTILE = ["\x00", "\ud800", "a" * 200_000, "' OR 1", "<b>", "%00", "{}", "‮", 7, 10**400, True, None, [], {}]
"""None is a value for a field that may be null, and no other."""


@pytest.mark.parametrize("path", BODIES)
def test_fields_of_the_wrong_kind_and_hostile_text(path: str, server: Server, ada: Player) -> None:
    method, good = BODIES[path]
    headers = JSON | {"Authorization": f"Bearer {ada.token}"}
    before = ada.get("/users/profile"), len(ada.get("/users/leaderboard?limit=500"))
    for field in good:
        for value in HOSTILE:
            if value is None and field == "avatar":
                continue
            body = json.dumps(good | {field: value}).encode()
            refused(send(server, method, path, body, headers), 400, 401, 422)
        less = json.dumps({name: value for name, value in good.items() if name != field})
        assert field in refused(send(server, method, path, less, headers), 400)["fields"]
    more = refused(send(server, method, path, json.dumps(good | {"is_admin": True}), headers), 400)
    assert "is_admin" in str(more["fields"])
    assert (ada.get("/users/profile"), len(ada.get("/users/leaderboard?limit=500"))) == before


@pytest.mark.parametrize("path", BODIES)
def test_sizes_and_kinds_of_bodies(path: str, server: Server, ada: Player) -> None:
    method, good = BODIES[path]
    token = {"Authorization": f"Bearer {ada.token}"}
    large = json.dumps({"username": "x" * (256 * 1024)}).encode()
    assert refused(send(server, method, path, large, JSON | token), 413)["code"] == "payload_too_large"
    pieces = (large[start : start + 8192] for start in range(0, len(large), 8192))
    chunked = JSON | token | {"Transfer-Encoding": "chunked"}
    assert refused(send(server, method, path, pieces, chunked, chunked=True), 413)["code"] == "payload_too_large"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert refused(send(server, method, path, "a=b", form | token), 415)["code"] == "unsupported_media_type"
    assert refused(send(server, method, path, json.dumps(good), token), 415)


@pytest.mark.parametrize(
    "path",
    [
        "/users/leaderboard?limit=0",
        "/users/leaderboard?limit=501",
        "/users/leaderboard?limit=-1",
        "/users/leaderboard?limit=1e3",
        "/users/leaderboard?limit=",
        "/users/leaderboard?limit=%D9%A3",
        "/users/leaderboard?offset=99999999999999999999",
        "/problems?rank=diamond",
        "/problems?limit=101",
        "/problems?rank=%00",
        "/sessions?offset=-1",
    ],
)
def test_pages_that_are_none(path: str, server: Server, ada: Player) -> None:
    answer = send(server, "GET", path, headers={"Authorization": f"Bearer {ada.token}"})
    assert refused(answer, 400)["fields"]


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/users/no%00body",
        "/users/%ff",
        "/users/no-such-user",
        "/users/" + "a" * 5000,
        "/problems/0",
        "/problems/-1",
        "/problems/99999999999999999999",
        "/problems/2147483647",
        "/problems/x",
        "/sessions/0",
        "/sessions/2147483648",
        "/sessions/1/nothing",
        "/sessions/99999999/events",
        "/users/../../etc/passwd",
        "/static/../run.py",
    ],
)
def test_addresses_where_nothing_is(path: str, server: Server, ada: Player) -> None:
    refused(send(server, "GET", path, headers={"Authorization": f"Bearer {ada.token}"}), 404)


def test_methods(server: Server) -> None:
    status, _, headers = answer = send(server, "DELETE", "/auth/login")
    assert (status, refused(answer, 405)["code"]) == (405, "method_not_allowed")
    assert "POST" in headers["Allow"]
    refused(send(server, "PUT", "/"), 405)
    assert send(server, "HEAD", "/users/leaderboard")[0] == 200
    assert send(server, "OPTIONS", "/auth/login")[0] == 200


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer a.b.c", "Bearer " + "x" * 5000, "é"])
def test_tokens_that_are_none(header: str, server: Server) -> None:
    headers = {"Authorization": header.encode("utf-8").decode("latin-1")} if header else {}
    for method, path in (
        ("GET", "/users/profile"),
        ("GET", "/problems"),
        ("GET", "/problems/1"),
        ("GET", "/problems/random"),
        ("POST", "/problems/generate"),
        ("GET", "/sessions"),
        ("POST", "/sessions"),
        ("GET", "/sessions/1"),
        ("GET", "/sessions/1/events"),
        ("POST", "/auth/logout"),
    ):
        assert refused(send(server, method, path, headers=headers), 401)["code"] == "not_authenticated"


def forged(key: str = QUICK["JWT_SECRET_KEY"], algorithm: str = "HS256", **claims: Any) -> str:
    """A token of the user 1 that ends in an hour, with these claims instead of its own."""
    now = int(time.time())
    own = {"sub": "1", "jti": "made-up", "type": "access", "iat": now, "nbf": now, "exp": now + 3600, "fresh": False}
    return jwt.encode({**own, **claims}, None if algorithm == "none" else key, algorithm)


FORGED: dict[str, tuple[str, str]] = {
    "without a signature": (forged(algorithm="none"), "not_authenticated"),
    "signed with another key": (forged(key="k" * 40), "not_authenticated"),
    "signed in another way": (forged(algorithm="HS512", key="k" * 64), "not_authenticated"),
    "expired": (forged(exp=1), "token_expired"),
    "not valid yet": (forged(nbf=2**40), "not_authenticated"),
    "of nobody": (forged(sub="2147483647"), "not_authenticated"),
    "of no number": (forged(sub="x"), "not_authenticated"),
    "of a number that no id has": (forged(sub="9" * 30), "not_authenticated"),
    "of the wrong type": (forged(type="refresh"), "not_authenticated"),
}


@pytest.mark.parametrize("kind", FORGED)
def test_forged_tokens(kind: str, server: Server, ada: Player) -> None:
    token, code = FORGED[kind]
    headers = {"Authorization": f"Bearer {token}"}
    assert refused(send(server, "GET", "/users/profile", headers=headers), 401)["code"] == code
    assert refused(send(server, "POST", "/auth/logout", headers=headers), 401)["code"] == code


def test_a_token_of_our_making_is_taken(server: Server, ada: Player) -> None:
    headers = {"Authorization": f"Bearer {forged(sub=str(ada.id))}"}
    assert send(server, "GET", "/users/profile", headers=headers)[0] == 200


def test_a_token_that_was_logged_out(server: Server) -> None:
    headers = {"Authorization": f"Bearer {Player(server.url).token}"}
    assert send(server, "POST", "/auth/logout", headers=headers)[0] == 200
    assert refused(send(server, "POST", "/auth/logout", headers=headers), 401)["code"] == "token_revoked"


def test_others_matches_are_closed(server: Server, ada: Player) -> None:
    bob, eve = Player(server.url), Player(server.url)
    room = paired(bob, eve)
    bob.ask("resign", room=room)
    session = bob.wait_for("match_finished")["outcome"]["session_id"]
    for path in (f"/sessions/{session}", f"/sessions/{session}/events"):
        answer = send(server, "GET", path, headers={"Authorization": f"Bearer {ada.token}"})
        assert refused(answer, 403)["code"] == "not_a_player"
    after = send(server, "GET", f"/sessions/{session}/events?after=4", headers={"Authorization": f"Bearer {bob.token}"})
    assert [event["version"] for event in after[1]["events"]] == [5]
    bad = send(server, "GET", f"/sessions/{session}/events?after=x", headers={"Authorization": f"Bearer {bob.token}"})
    assert "after" in refused(bad, 400)["fields"]


def test_a_refusal_repeats_nothing_and_shows_no_pattern(server: Server) -> None:
    for password in ("hunter2", "hunter2" * 100, ["hunter2"], {"hunter2": 1}, 2.718281828):
        for path in ("/auth/register", "/auth/login"):
            body = json.dumps({"username": "ada lovelace!", "password": password, "more": password})
            said = json.dumps(refused(send(server, "POST", path, body, JSON), 400))
            assert "hunter2" not in said and "2.718" not in said and "lovelace" not in said
            assert "more" in said and "[A-Za-z" not in said and "^" not in said
    short = send(server, "POST", "/auth/register", json.dumps({"username": "ada 1", "password": "hunter2"}), JSON)
    assert refused(short, 400)["fields"] == {
        "password": "must have at least 8 characters",
        "username": "is not what it has to be: 2 to 30 letters, digits or _ - .",
    }


def test_an_avatar_can_be_removed(server: Server) -> None:
    eve = Player(server.url)
    headers = JSON | {"Authorization": f"Bearer {eve.token}"}
    for avatar in ("https://example.org/a.png", None):
        assert send(server, "PATCH", "/users/update", json.dumps({"avatar": avatar}), headers)[0] == 200
        assert eve.get("/users/profile")["avatar"] == avatar
    wrong = refused(send(server, "PATCH", "/users/update", json.dumps({"avatar": 7}), headers), 400)
    assert wrong["fields"] == {"avatar": "must be text or null"}


def test_a_live_match_is_its_players_business(server: Server) -> None:
    bob, eve = Player(server.url), Player(server.url)
    room = paired(bob, eve)
    for token in ({}, {"Authorization": f"Bearer {eve.token}"}, {"Authorization": f"Bearer {bob.token}"}):
        shown = send(server, "GET", f"/users/{bob.name}", headers=token)
        assert shown[1]["sessions"] == [] and room not in str(shown[1])
    assert bob.get("/users/profile")["sessions"][0]["room"] == room
    bob.ask("resign", room=room)
    eve.wait_for("match_finished")
    over = send(server, "GET", f"/users/{bob.name}")[1]["sessions"]
    assert [session["room"] for session in over] == [room]
    assert set(over[0]["problem"][0]) == {"id", "slug", "title", "topics", "rank"}


def test_wrong_name_and_wrong_password_look_alike(server: Server, ada: Player) -> None:
    answers = [
        send(server, "POST", "/auth/login", json.dumps({"username": name, "password": "wrong horse"}), JSON)
        for name in (ada.name, "nobody-at-all")
    ]
    assert answers[0][:2] == answers[1][:2]
    assert refused(answers[0], 401)["code"] == "wrong_credentials"


def test_what_this_server_does_not_do(server: Server, ada: Player) -> None:
    token = {"Authorization": f"Bearer {ada.token}"}
    assert refused(send(server, "POST", "/problems/generate", headers=token), 503)["code"] == "ai_not_configured"
    assert refused(send(server, "POST", "/sessions", "{}", JSON | token), 403)["code"] == "classic_client_off"


def test_too_many_logins_and_registrations(start_server: StartServer) -> None:
    server = start_server(LOGIN_RATE="2 per minute", REGISTER_RATE="3 per minute")
    for number in range(3):
        body = json.dumps({"username": f"user{number}", "password": "correct horse"})
        assert send(server, "POST", "/auth/register", body, JSON)[0] == 201
    for path, names in (("/auth/register", ["one more"]), ("/auth/login", ["user0"] * 3)):
        for name in names:
            answer = send(server, "POST", path, json.dumps({"username": name, "password": "correct horse"}), JSON)
        assert refused(answer, 429)["code"] == "rate_limited"
        assert int(answer[2]["Retry-After"]) > 0
    other = json.dumps({"username": "user1", "password": "correct horse"})
    assert send(server, "POST", "/auth/login", other, JSON)[0] == 200


def test_pages_of_other_sites(server: Server) -> None:
    ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization,content-type"}
    welcome = send(server, "OPTIONS", "/auth/login", headers=ask | {"Origin": "http://localhost:5173"})[2]
    assert welcome["Access-Control-Allow-Origin"] == "http://localhost:5173"
    assert "authorization" in welcome["Access-Control-Allow-Headers"]
    stranger = send(server, "OPTIONS", "/auth/login", headers=ask | {"Origin": "https://evil.example"})[2]
    assert stranger["Access-Control-Allow-Origin"] is None


def test_what_anybody_may_read(server: Server, ada: Player) -> None:
    for path in (
        "/users/leaderboard",
        "/languages",
        "/health/live",
        "/health/ready",
        "/swagger.json",
        "/asyncapi.json",
    ):
        assert send(server, "GET", path, headers={"Authorization": "Bearer long gone"})[0] == 200
    assert ada.get(f"/users/{ada.name.upper()}")["id"] == ada.id
    assert {language["id"] for language in ada.get("/languages")} >= {"python", "javascript"}
    ranks = {problem["rank"][0]["name"] for problem in ada.get("/problems?limit=100")}
    assert ranks == {"Bronze", "Silver", "Gold", "Platinum"}
    gold = ada.get("/problems?rank=gold&limit=2&offset=1")
    assert len(gold) == 2 and ada.get(f"/problems/{gold[0]['id']}") == gold[0]
    assert ada.get("/problems/random")["rank"][0]["name"] == "Bronze"
