"""What people say, on a real PostgreSQL: kept once, given to those who may read it, and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from application.base.errors import CodemazeError, InvalidRequest
from application.chat.announcements import SAYINGS
from application.chat.company import Seated
from application.chat.models import ChatMessage, ChatMute, ChatReport
from application.chat.rules import Standing
from application.chat.service import Chat
from application.journal.errors import MatchNotFound
from application.matches.errors import NotAPlayer
from tests.integration.conftest import House, headers

Json = dict[str, Any]
HALL = "QQQQQQ"


class Hall:
    """The company of one room with players, a host who watches, and watchers; all of it as a test wants it."""

    def __init__(self, players: list[int], host: int, watchers: list[int]) -> None:
        self.players, self.host, self.watchers = players, host, watchers
        self.chat, self.playing = "all", True

    def standing(self, room: str, user_id: int) -> Standing:
        """As it is."""
        if room != HALL:
            raise MatchNotFound
        if user_id not in (*self.players, self.host, *self.watchers):
            raise NotAPlayer
        role = "player" if user_id in self.players else "watcher"
        return Standing(role, user_id == self.host, self.chat, self.playing)  # type: ignore[arg-type]

    def seated(self, room: str) -> Seated:
        """Its players."""
        if room != HALL:
            raise MatchNotFound
        return Seated(self.players, self.playing)


class Gathered:
    """A hall with Ada and Bob, who play, Hana, who hosts, and Wim and Xia, who watch; all of them connected. Zoe is
    somewhere else."""

    def __init__(self, house: House) -> None:
        self.house = house
        names = ("ada", "bob", "hana", "wim", "xia", "zoe")
        self.ada, self.bob, self.hana, self.wim, self.xia, self.zoe = (house.user(name) for name in names)
        self.name = dict(zip((self.ada, self.bob, self.hana, self.wim, self.xia, self.zoe), names, strict=True))
        self.hall = Hall([self.ada, self.bob], self.hana, [self.wim, self.xia])
        self.chat = settle(house, self.hall)
        for user_id in self.name:
            house.connect(user_id, self.name[user_id])
        self.follow(house)

    def follow(self, house: House) -> None:
        """Let those who are in the hall follow it at this process."""
        house.codemaze.sockets.feed.following = lambda room: {  # type: ignore[method-assign]
            one.sid: one.user_id
            for one in house.codemaze.sockets.connections.all()
            if room == HALL and one.user_id in (self.hana, self.wim, self.xia)
        }

    def say(self, user_id: int, text: str, channel: Any = "room") -> int:
        """Say something; its number."""
        message_id: int = self.chat.say(user_id, HALL, text, channel)["message_id"]
        return message_id

    def read(self, user_id: int) -> list[str]:
        """What the user is given of the hall."""
        return [line["text"] for line in self.chat.last(HALL, user_id)]


def settle(house: House, hall: Hall) -> Chat:
    """Have the chat of this process ask the hall who is there."""
    chat = house.codemaze.talk.chat
    chat._company = chat.delivery._company = hall
    return chat


@pytest.fixture
def gathered(house: House) -> Gathered:
    return Gathered(house)


def refused(call: Callable[[], Any]) -> str:
    """The code of the refusal that this must meet."""
    with pytest.raises(CodemazeError) as error:
        call()
    return error.value.code


def heard(house: House, message_id: int, event: str = "message") -> set[str]:
    """The connections that were told of the message, each once; what they were told has the form it is to have."""
    told = [(sid, body) for sid, name, body in house.sent if name == event and body["message_id"] == message_id]
    for _, body in told:
        SAYINGS[event].model_validate(body)
    assert len({sid for sid, _ in told}) == len(told)
    return {sid for sid, _ in told}


def test_a_duel_has_a_chat_for_its_players_also_when_it_is_over(house: House) -> None:
    ada, bob, eve = (house.user(name) for name in ("ada", "bob", "eve"))
    for user_id in (ada, bob, eve):
        house.connect(user_id)
    room, chat = house.playing(ada, bob), house.codemaze.talk.chat
    first = chat.say(ada, room, " good\u202e  luck ")["message_id"]
    assert heard(house, first) == {f"socket of {ada}", f"socket of {bob}"}
    house.matches.resign(ada, room)
    second = chat.say(bob, room, "again?")["message_id"]
    assert heard(house, second) == {f"socket of {ada}", f"socket of {bob}"}
    assert chat.last(room, ada) == [
        {"message_id": first, "room": room, "channel": "room", "user_id": ada, "username": "ada", "text": "good luck",
         "at": "2026-01-31T12:00:03.000Z"},
        {"message_id": second, "room": room, "channel": "room", "user_id": bob, "username": "bob", "text": "again?",
         "at": "2026-01-31T12:00:03.000Z"},
    ]  # fmt: skip
    assert refused(lambda: chat.say(eve, room, "hello")) == "not_a_player"
    assert refused(lambda: chat.last(room, eve)) == "not_a_player"
    assert refused(lambda: chat.say(eve, "ZZZZZZ", "hello")) == "match_not_found"
    assert house.count(ChatMessage) == 2
    assert house.names(room)[-1] == "match_finished"


def test_who_plays_hears_nothing_of_who_watches_until_the_match_is_over(house: House, gathered: Gathered) -> None:
    aside = gathered.say(gathered.wim, "it is a heap", "watchers")
    assert heard(house, aside) == {"hana", "wim", "xia"}
    aloud = gathered.say(gathered.ada, "this is hard")
    assert heard(house, aloud) == {"ada", "bob", "hana", "wim", "xia"}
    assert refused(lambda: gathered.say(gathered.bob, "psst", "watchers")) == "wrong_channel"
    assert (gathered.read(gathered.bob), gathered.read(gathered.xia)) == (
        ["this is hard"],
        ["it is a heap", "this is hard"],
    )
    gathered.hall.chat = "players"
    assert refused(lambda: gathered.say(gathered.wim, "the heap!")) == "wrong_channel"
    gathered.hall.playing = False
    assert gathered.read(gathered.bob) == ["it is a heap", "this is hard"]
    assert heard(house, gathered.say(gathered.wim, "well played")) == {"ada", "bob", "hana", "wim", "xia"}
    gathered.hall.chat = "off"
    assert refused(lambda: gathered.say(gathered.wim, "hello?")) == "chat_off"


def test_nobody_says_the_same_twice_within_a_minute(house: House, gathered: Gathered) -> None:
    gathered.say(gathered.ada, "Good game")
    assert refused(lambda: gathered.say(gathered.ada, "goooood  GAME")) == "rate_limited"
    gathered.say(gathered.bob, "good game")
    house.clock.advance(61)
    gathered.say(gathered.ada, "good game")
    assert gathered.read(gathered.bob) == ["Good game", "good game", "good game"]


def test_the_same_at_once_is_kept_once(house: House, gathered: Gathered) -> None:
    answers = house.at_once(*[lambda: gathered.say(gathered.ada, "me first")] * 4)
    assert sorted(type(answer).__name__ for answer in answers) == ["RateLimited"] * 3 + ["int"]
    assert house.count(ChatMessage) == 1


def test_a_request_that_comes_again_is_carried_out_once(house: House, gathered: Gathered) -> None:
    once = gathered.chat.say(gathered.ada, HALL, "hello", "room", "c1")
    assert gathered.chat.say(gathered.ada, HALL, "hello", "room", "c1") == once
    told = gathered.chat.tell(gathered.ada, "bob", "hi", "c2")
    assert gathered.chat.tell(gathered.ada, "bob", "hi", "c2") == told
    assert refused(lambda: gathered.chat.tell(gathered.ada, "bob", "hey", "c1")) == "client_id_reused"
    assert house.count(ChatMessage) == 2
    assert heard(house, once["message_id"]) and heard(house, told["message_id"], "told") == {"ada", "bob"}


def test_five_in_ten_seconds(house: House, gathered: Gathered) -> None:
    for number in range(4):
        gathered.say(gathered.ada, f"line {number}")
    gathered.chat.tell(gathered.ada, "bob", "psst")
    assert refused(lambda: gathered.say(gathered.ada, "one more")) == "rate_limited"
    assert refused(lambda: gathered.chat.tell(gathered.ada, "bob", "one more")) == "rate_limited"
    gathered.say(gathered.bob, "I may")
    assert house.count(ChatMessage) == 6


def test_what_a_blocked_person_says_is_not_shown(house: House, gathered: Gathered) -> None:
    before = gathered.say(gathered.ada, "hello all")
    gathered.chat.block(gathered.bob, "ADA")
    gathered.chat.block(gathered.bob, "ada")
    after = gathered.say(gathered.ada, "hello bob")
    assert "bob" in heard(house, before) and heard(house, after) == {"ada", "hana", "wim", "xia"}
    assert gathered.read(gathered.bob) == [] and gathered.read(gathered.wim) == ["hello all", "hello bob"]
    assert "ada" in heard(house, gathered.say(gathered.bob, "is anybody here?"))
    assert refused(lambda: gathered.chat.tell(gathered.ada, "bob", "hello?")) == "blocked"
    assert refused(lambda: gathered.chat.tell(gathered.bob, "ada", "leave me alone")) == "blocked"
    gathered.chat.unblock(gathered.bob, "ada")
    assert heard(house, gathered.chat.tell(gathered.ada, "bob", "sorry")["message_id"], "told") == {"ada", "bob"}
    assert len(gathered.read(gathered.bob)) == 3
    assert refused(lambda: gathered.chat.block(gathered.bob, "nobody")) == "user_not_found"
    assert refused(lambda: gathered.chat.block(gathered.bob, "Bob")) == "invalid_request"


def test_private_messages_are_for_two(house: House, gathered: Gathered) -> None:
    chat = gathered.chat
    first = chat.tell(gathered.ada, "Zoe", "are you coming?")["message_id"]
    house.clock.advance(1)
    second = chat.tell(gathered.zoe, "ada", "are you coming?")["message_id"]
    chat.tell(gathered.bob, "zoe", "hello")
    assert heard(house, first, "told") == heard(house, second, "told") == {"ada", "zoe"}
    expected = [
        {"message_id": first, "from": "ada", "to": "zoe", "text": "are you coming?", "at": "2026-01-31T12:00:00.000Z"},
        {"message_id": second, "from": "zoe", "to": "ada", "text": "are you coming?", "at": "2026-01-31T12:00:01.000Z"},
    ]
    assert chat.private(gathered.ada, "zoe", None, 50) == chat.private(gathered.zoe, "ada", None, 50) == expected
    assert chat.private(gathered.ada, "zoe", second, 50) == expected[:1]
    assert refused(lambda: chat.tell(gathered.ada, "ada", "hm")) == "invalid_request"
    assert refused(lambda: chat.tell(gathered.ada, "nobody", "hm")) == "user_not_found"
    assert refused(lambda: chat.unsay(gathered.bob, first)) == "message_not_found"
    assert refused(lambda: chat.unsay(gathered.zoe, first)) == "not_your_message"
    chat.unsay(gathered.ada, first)
    assert heard(house, first, "message_hidden") == {"ada", "zoe"}
    assert chat.private(gathered.zoe, "ada", None, 50) == expected[1:]


def test_the_host_mutes_for_a_time(house: House, gathered: Gathered) -> None:
    chat = gathered.chat
    assert refused(lambda: chat.mute(gathered.ada, HALL, gathered.bob, 60)) == "not_the_host"
    assert refused(lambda: chat.mute(gathered.zoe, HALL, gathered.bob, 60)) == "not_a_player"
    assert refused(lambda: chat.mute(gathered.hana, HALL, 999, 60)) == "user_not_found"
    assert chat.mute(gathered.hana, HALL, gathered.bob, 60) == {"until": "2026-01-31T12:01:00.000Z"}
    with pytest.raises(CodemazeError) as muted:
        gathered.say(gathered.bob, "but")
    assert (muted.value.code, muted.value.retry_after) == ("muted", 60)
    chat.tell(gathered.bob, "ada", "I am muted")
    house.clock.advance(60)
    gathered.say(gathered.bob, "I am back")
    house.codemaze.accounts.users.set_role("zoe", "teacher")
    chat.mute(gathered.zoe, HALL, gathered.bob, 60)
    assert refused(lambda: gathered.say(gathered.bob, "again?")) == "muted"
    assert chat.mute(gathered.zoe, HALL, gathered.bob, 0) == {"until": None}
    gathered.say(gathered.bob, "at last")
    assert refused(lambda: chat.mute(gathered.zoe, "ZZZZZZ", gathered.bob, 60)) == "match_not_found"
    assert house.count(ChatMute) == 1


@pytest.mark.parametrize("by", ["author", "host", "teacher"])
def test_a_message_is_hidden(house: House, gathered: Gathered, by: str) -> None:
    message_id = gathered.say(gathered.wim, "the answer is a heap", "watchers")
    house.codemaze.accounts.users.set_role("zoe", "teacher")
    assert refused(lambda: gathered.chat.unsay(gathered.xia, message_id)) == "not_your_message"
    assert refused(lambda: gathered.chat.unsay(gathered.ada, message_id)) == "message_not_found"
    assert refused(lambda: gathered.chat.unsay(gathered.ada, 999)) == "message_not_found"
    who = {"author": gathered.wim, "host": gathered.hana, "teacher": gathered.zoe}[by]
    assert gathered.chat.unsay(who, message_id) == {}
    assert gathered.chat.unsay(who, message_id) == {}
    assert heard(house, message_id, "message_hidden") == {"hana", "wim", "xia"}
    assert gathered.read(gathered.xia) == []


def test_a_report_has_the_lines_before_it(house: House, gathered: Gathered) -> None:
    client = house.app.test_client()
    for number in range(12):
        gathered.say(gathered.xia if number % 3 else gathered.wim, f"line {number}", "watchers")
        house.clock.advance(1)
        if number % 4 == 3:
            gathered.chat._rate._own._hits.clear()
    gathered.say(gathered.hana, "elsewhere", "room")
    bad = gathered.say(gathered.wim, "something bad", "watchers")
    gathered.chat.unsay(gathered.wim, bad)
    first = gathered.chat.report(gathered.xia, bad, " no way\x00to talk ")
    assert gathered.chat.report(gathered.xia, bad, "again") == first
    assert refused(lambda: gathered.chat.report(gathered.ada, bad, "what?")) == "message_not_found"
    assert refused(lambda: gathered.chat.report(gathered.zoe, bad, "what?")) == "message_not_found"
    with pytest.raises(InvalidRequest):
        gathered.chat.report(gathered.xia, bad, "\u200b")
    assert house.count(ChatReport) == 1

    assert client.get("/rooms/reports", headers=headers(house, gathered.ada)).status_code == 403
    house.codemaze.accounts.users.set_role("zoe", "teacher")
    answer = client.get("/rooms/reports", headers=headers(house, gathered.zoe))
    assert (answer.status_code, answer.headers["X-Total-Count"]) == (200, "1")
    (report,) = answer.get_json()
    assert (report["report_id"], report["username"], report["reason"]) == (first["report_id"], "xia", "no wayto talk")
    assert (report["message"]["text"], report["message"]["hidden"]) == ("something bad", True)
    assert [line["text"] for line in report["lines"]] == [f"line {number}" for number in range(2, 12)]


def test_messages_are_paged(house: House, gathered: Gathered) -> None:
    client, as_wim = house.app.test_client(), headers(house, gathered.wim)
    for number in range(120):
        gathered.chat._rate._own._hits.clear()
        house.clock.advance(20)
        gathered.say(gathered.ada, f"line {number}", "room")

    def page(query: str = "") -> list[str]:
        answer = client.get(f"/rooms/{HALL}/messages{query}", headers=as_wim)
        assert answer.status_code == 200, answer.get_json()
        lines = answer.get_json()
        ids.append(lines[0]["message_id"] if lines else None)
        return [line["text"] for line in lines]

    ids: list[int | None] = []
    assert page() == gathered.read(gathered.wim) == [f"line {number}" for number in range(70, 120)]
    assert page(f"?before={ids[-1]}&limit=69") == [f"line {number}" for number in range(1, 70)]
    assert page(f"?before={ids[-1]}") == ["line 0"]
    assert page(f"?before={ids[-1]}") == []
    assert len(page("?limit=100")) == 100
    for query in ("?limit=101", "?limit=0", "?before=0", "?before=x", "?before=-1", "?before=99999999999"):
        answer = client.get(f"/rooms/{HALL}/messages{query}", headers=as_wim)
        assert (answer.status_code, answer.get_json()["code"]) == (400, "invalid_request")
    for code, status in ((HALL, 403), ("ZZZZZZ", 404), ("%00", 404), ("lower!", 404)):
        answer = client.get(f"/rooms/{code}/messages", headers=headers(house, gathered.zoe))
        assert answer.status_code == status, (code, answer.get_json())
    assert client.get(f"/rooms/{HALL}/messages").status_code == 401
    assert client.get("/messages/ADA", headers=as_wim).get_json() == []
    assert client.get("/messages/nobody", headers=as_wim).status_code == 404


def test_what_is_said_at_another_process_is_heard_here(house: House, gathered: Gathered) -> None:
    twin = house.twin()
    settle(twin, gathered.hall)
    gathered.follow(twin)
    twin.connect(gathered.bob, "bob elsewhere")
    twin.connect(gathered.xia, "xia elsewhere")
    notices: list[tuple[str, int]] = []
    gathered.chat.delivery._tell = lambda became, message_id: notices.append((became, message_id))
    message_id = gathered.say(gathered.ada, "hello")
    gathered.chat.tell(gathered.ada, "bob", "psst")
    gathered.chat.block(gathered.xia, "ada")
    for notice in notices:
        twin.codemaze.sockets.relay.on_talk(*notice)
    assert [(sid, event) for sid, event, _ in twin.sent] == [("bob elsewhere", "message"), ("bob elsewhere", "told")]
    gathered.chat.unsay(gathered.ada, message_id)
    twin.codemaze.sockets.relay.on_talk(*notices[-1])
    assert twin.sent[-1] == ("bob elsewhere", "message_hidden", {"message_id": message_id})
    assert notices[-1] == ("hidden", message_id)


def test_a_site_without_chat(house: House, gathered: Gathered) -> None:
    gathered.say(gathered.ada, "hello")
    quiet = house.twin(chat=False)
    chat = settle(quiet, gathered.hall)
    assert refused(lambda: chat.say(gathered.ada, HALL, "still there?")) == "chat_off"
    assert refused(lambda: chat.tell(gathered.ada, "bob", "still there?")) == "chat_off"
    assert [line["text"] for line in chat.last(HALL, gathered.bob)] == ["hello"]


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "x" * 281, "\x00\x1b"])
def test_what_cannot_be_said(house: House, gathered: Gathered, text: str) -> None:
    assert refused(lambda: gathered.say(gathered.ada, text)) == "invalid_request"
    assert refused(lambda: gathered.chat.tell(gathered.ada, "bob", text)) == "invalid_request"
    gathered.say(gathered.ada, "x" * 140 + "\u200b" + "y" * 140)
    assert house.count(ChatMessage) == 1


def test_a_message_that_cannot_be_brought_is_kept(house: House, gathered: Gathered) -> None:
    gathered.chat.delivery._send = lambda *_: 1 / 0  # type: ignore[assignment, return-value, func-returns-value]
    gathered.say(gathered.ada, "hello")
    assert gathered.read(gathered.bob) == ["hello"]
