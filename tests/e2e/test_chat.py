"""Talk between real clients of a real server process: each message once, to those who may read it, to nobody else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest

from application.chat.announcements import SAYINGS
from tests.e2e.conftest import Server, StartServer
from tests.e2e.duel import check_the_end, paired, solution
from tests.e2e.player import Connection, Json, Player, http
from tests.e2e.wire import Wire


def heard(connection: Connection, event: str = "message") -> list[Json]:
    """What the connection was told of this kind. Whatever was sent to it before its last acknowledgement is there."""
    assert connection.ask("cancel_find")["ok"]
    told = [body for name, body in connection.notices if name == event]
    for body in told:
        SAYINGS[event].model_validate(body)
    return told


def texts(connection: Connection, event: str = "message") -> list[str]:
    """The texts of what it was told."""
    return [body["text"] for body in heard(connection, event)]


def said(player: Player, room: str, text: str, **more: object) -> int:
    """Say something; its number."""
    answer = player.ask("say", room=room, text=text, **more)
    assert answer["ok"], answer
    message_id: int = answer["message_id"]
    return message_id


def read(player: Player, room: str, query: str = "") -> list[str]:
    """What a room's messages are read as."""
    return [line["text"] for line in player.get(f"/rooms/{room}/messages{query}")]


def refused(answer: Json) -> str:
    """The code of a refusal, which has the form of all."""
    assert not answer["ok"] and set(answer) <= {"ok", "code", "message", "fields", "retry_after"}, answer
    code: str = answer["code"]
    return code


@pytest.fixture
def trio(server: Server) -> tuple[Player, Player, Player, str]:
    """Two who play with each other, somebody who does not, and the room."""
    ada, bob, eve = (Player(server.url) for _ in range(3))
    return ada, bob, eve, paired(ada, bob)


def test_what_is_said_is_heard_once_on_every_connection_of_the_room(trio: tuple[Player, Player, Player, str]) -> None:
    ada, bob, eve, room = trio
    tab = bob.connect()
    assert tab.ask("resume")["ok"]
    first = said(ada, room, "  good \u202e luck\n<b>bob</b> ", client_id="c1")
    assert said(ada, room, "good luck", client_id="c1") == first
    second = said(bob, room, "you too")
    for connection in (ada.connection, bob.connection, tab):
        assert [body["message_id"] for body in heard(connection)] == [first, second]
    told = heard(bob.connection)[0]
    assert {name: told[name] for name in ("room", "channel", "user_id", "username", "text")} == {
        "room": room, "channel": "room", "user_id": ada.id, "username": ada.name, "text": "good luck <b>bob</b>",
    }  # fmt: skip
    assert heard(eve.connection) == []
    assert refused(eve.ask("say", room=room, text="hello")) == "not_a_player"
    assert http(f"{eve.url}/rooms/{room}/messages", token=eve.token)[0] == 403
    assert bob.get(f"/rooms/{room}/messages") == heard(ada.connection)


def test_a_match_is_none_the_wiser(trio: tuple[Player, Player, Player, str]) -> None:
    """Talk is in no journal: versions stay without gaps; and it goes on when the match is over, after a reload too."""
    ada, bob, _, room = trio
    said(ada, room, "watch this")
    ada.ask("submit_code", room=room, language="python", code=solution(ada))
    check_the_end(ada, bob, room, "solved", winner=ada)
    bob.connection.close()
    said(ada, room, "good game")
    bob.connection = bob.connect()
    assert read(bob, room) == ["watch this", "good game"]
    said(bob, room, "well played")
    assert texts(ada.connection) == ["watch this", "good game", "well played"]
    assert texts(bob.connection) == ["well played"]


def test_messages_are_paged_after_a_reconnect(trio: tuple[Player, Player, Player, str]) -> None:
    ada, bob, _, room = trio
    bob.connection.close()
    ids = [said(ada, room, f"line {number}") for number in range(5)]
    bob.connection = bob.connect()
    assert heard(bob.connection) == []
    assert read(bob, room) == [f"line {number}" for number in range(5)]
    assert read(bob, room, f"?before={ids[3]}&limit=2") == ["line 1", "line 2"]
    assert refused(ada.ask("say", room=room, text="one too many")) == "rate_limited"
    assert ada.ask("tell", username=bob.name, text="one too many")["retry_after"] <= 10


def test_what_is_hidden_is_gone_for_everybody(trio: tuple[Player, Player, Player, str]) -> None:
    ada, bob, eve, room = trio
    message_id = said(ada, room, "oops")
    assert refused(bob.ask("unsay", message_id=message_id)) == "not_your_message"
    assert refused(eve.ask("unsay", message_id=message_id)) == "message_not_found"
    for _ in range(2):
        assert ada.ask("unsay", message_id=message_id)["ok"]
    for player in (ada, bob):
        assert heard(player.connection, "message_hidden") == [{"message_id": message_id}]
        assert read(player, room) == []
    assert heard(eve.connection, "message_hidden") == []
    report = bob.ask("report_message", message_id=message_id, reason="it was rude")
    assert report["ok"] and bob.ask("report_message", message_id=message_id, reason="again") == report
    assert refused(eve.ask("report_message", message_id=message_id, reason="hm")) == "message_not_found"
    assert http(f"{bob.url}/rooms/reports", token=bob.token)[1]["code"] == "not_a_teacher"


def test_telling_and_blocking(trio: tuple[Player, Player, Player, str]) -> None:
    ada, bob, eve, room = trio
    tab = eve.connect()
    told = ada.ask("tell", username=eve.name.upper(), text="come and see")
    assert told["ok"]
    for connection in (ada.connection, eve.connection, tab):
        (body,) = heard(connection, "told")
        assert (body["message_id"], body["from"], body["to"]) == (told["message_id"], ada.name, eve.name)
    assert heard(bob.connection, "told") == []
    assert ada.get(f"/messages/{eve.name}") == eve.get(f"/messages/{ada.name}") == [body]

    assert bob.ask("block", username=ada.name) == {"ok": True}
    said(ada, room, "can you hear me?")
    assert texts(ada.connection) == ["can you hear me?"] and texts(bob.connection) == []
    assert read(bob, room) == []
    blocked = ada.ask("tell", username=bob.name, text="hello?")
    assert refused(blocked) == "blocked" and bob.name not in blocked["message"]
    assert refused(bob.ask("tell", username=ada.name, text="no")) == "blocked"
    assert bob.ask("unblock", username=ada.name) == {"ok": True}
    assert read(bob, room) == ["can you hear me?"]
    assert ada.ask("tell", username=bob.name, text="hello?")["ok"]
    assert texts(bob.connection, "told") == ["hello?"]


WRONG: list[tuple[str, Callable[[Json], Json], str]] = [
    ("say", lambda _: {}, "invalid_request"),
    ("say", lambda known: known | {"text": 7}, "invalid_request"),
    ("say", lambda known: known | {"text": None}, "invalid_request"),
    ("say", lambda known: known | {"text": ["hello"]}, "invalid_request"),
    ("say", lambda known: known | {"text": ""}, "invalid_request"),
    ("say", lambda known: known | {"text": " \u200b\u2066\n"}, "invalid_request"),
    ("say", lambda known: known | {"text": "x" * 281}, "invalid_request"),
    ("say", lambda known: known | {"text": "x" * 100_000}, "invalid_request"),
    ("say", lambda known: known | {"text": "a\x00b"}, "invalid_request"),
    ("say", lambda known: known | {"channel": "everybody"}, "invalid_request"),
    ("say", lambda known: known | {"html": True}, "invalid_request"),
    ("say", lambda known: known | {"user_id": 1}, "invalid_request"),
    ("say", lambda known: known | {"room": "qqqqqq"}, "invalid_request"),
    ("say", lambda known: known | {"room": "ZZZZZZ"}, "match_not_found"),
    ("say", lambda known: known | {"channel": "watchers"}, "wrong_channel"),
    ("tell", lambda _: {"username": "nobody-at-all", "text": "hello"}, "user_not_found"),
    ("tell", lambda _: {"username": "no\x1bbody", "text": "hello"}, "user_not_found"),
    ("tell", lambda _: {"username": 7, "text": "hello"}, "invalid_request"),
    ("tell", lambda _: {"username": "x" * 1000, "text": "hello"}, "invalid_request"),
    ("unsay", lambda _: {"message_id": 2**31 - 1}, "message_not_found"),
    ("unsay", lambda _: {"message_id": 2**31}, "invalid_request"),
    ("unsay", lambda _: {"message_id": 0}, "invalid_request"),
    ("unsay", lambda _: {"message_id": True}, "invalid_request"),
    ("mute", lambda known: {"room": known["room"], "user_id": 1, "seconds": 60}, "not_the_host"),
    ("mute", lambda known: {"room": known["room"], "user_id": 1, "seconds": -1}, "invalid_request"),
    ("mute", lambda known: {"room": known["room"], "user_id": 1, "seconds": 10**9}, "invalid_request"),
    ("mute", lambda _: {"room": "ZZZZZZ", "user_id": 1, "seconds": 60}, "match_not_found"),
    ("block", lambda _: {"username": "nobody-at-all"}, "user_not_found"),
    ("unblock", lambda _: {}, "invalid_request"),
    ("report_message", lambda _: {"message_id": 2**31 - 1, "reason": "bad"}, "message_not_found"),
    ("report_message", lambda _: {"message_id": 1, "reason": "\u200b"}, "invalid_request"),
    ("report_message", lambda _: {"message_id": 1, "reason": "x" * 1001}, "invalid_request"),
]


@pytest.fixture(scope="module")
def duel(server: Server) -> tuple[Player, Player, str]:
    ada, bob = Player(server.url), Player(server.url)
    return ada, bob, paired(ada, bob)


@pytest.mark.parametrize(("event", "payload", "code"), WRONG)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    event: str, payload: Callable[[Json], Json], code: str, duel: tuple[Player, Player, str], server: Server
) -> None:
    ada, bob, room = duel
    asks = Player(server.url) if event == "tell" else ada  # what is refused for its room or its people counts, too
    answer: Any = asks.ask(event, **payload({"room": room, "text": "hello"}))
    assert refused(answer) == code, answer
    assert read(bob, room) == [] and heard(bob.connection) == []


def test_halves_of_surrogate_pairs_are_refused(duel: tuple[Player, Player, str]) -> None:
    ada, bob, room = duel
    wire = Wire(ada)
    assert wire.ask(f'427["say",{{"room":"{room}","text":"a\\ud800"}}]', 7)["code"] == "invalid_request"
    assert read(bob, room) == []


def test_the_same_at_once_on_many_connections_is_said_once(trio: tuple[Player, Player, Player, str]) -> None:
    ada, bob, _, room = trio
    connections = [ada.connect() for _ in range(4)]
    answers: list[Json] = []
    asked = {"room": room, "text": "me first"}
    threads = [threading.Thread(target=lambda one=one: answers.append(one.ask("say", asked))) for one in connections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer["ok"] for answer in answers) == [False, False, False, True]
    assert texts(bob.connection) == read(bob, room) == ["me first"]


def test_a_site_without_chat(start_server: StartServer) -> None:
    server = start_server(CHAT="off")
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    assert refused(ada.ask("say", room=room, text="hello")) == "chat_off"
    assert refused(ada.ask("tell", username=bob.name, text="hello")) == "chat_off"
    assert read(bob, room) == [] and heard(bob.connection) == []


def test_what_was_said_outlives_a_killed_server(start_server: StartServer) -> None:
    server = start_server()
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    said(ada, room, "still here?")
    server.kill()
    server.start()
    ada.connection, bob.connection = ada.connect(), bob.connect()
    assert read(bob, room) == ["still here?"]
    said(bob, room, "still here")
    assert texts(ada.connection) == ["still here"]
