"""Floods below the requests of a match: over whichever transport they come, they cost their sender and nobody else."""

from __future__ import annotations

import json
import re
import select
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from typing import Any
from urllib import error, request
from urllib.parse import urlsplit

import pytest
import websocket

from tests.e2e.conftest import QUICK, Server, StartServer
from tests.e2e.player import WAIT_SECONDS, Player, http
from tests.e2e.wire import Polling, Wire, ended_unheard, opened

CONNECTIONS, EVENTS, LOGINS, CLASS = 40, 20, 10, 30
ENDED = (websocket.WebSocketConnectionClosedException, ConnectionError)
"""What reading says of a connection that has ended; that nothing comes in time is something else."""


@pytest.fixture(scope="module")
def strict(start_server: StartServer) -> Server:
    """A server whose rates do not come back while a test looks at them."""
    return start_server(
        EVENT_RATE=f"{EVENTS} per hour",
        TRUSTED_PROXIES="1",
        CONNECT_RATE=f"{CONNECTIONS} per hour",
        LOGIN_RATE=f"{LOGINS} per hour",
    )


def handshake(server: Server, query: str, address: str, path: str = "/socket.io/") -> int:
    asked = request.Request(f"{server.url}{path}?{query}", headers={"X-Forwarded-For": address})
    try:
        with request.urlopen(asked, timeout=WAIT_SECONDS) as answer:
            return int(answer.status)
    except error.HTTPError as failed:
        return failed.code


DISGUISES = ["", "&xsid=1", "&sid=", "&xsid=1&sid", "&a=sid=1", "&%73id="]


@pytest.mark.parametrize("more", DISGUISES)
def test_every_handshake_is_counted_for_its_own_address(more: str, strict: Server) -> None:
    address = f"192.0.2.{1 + DISGUISES.index(more)}"
    query = f"EIO=4&transport=polling{more}"
    statuses = [handshake(strict, query, address) for _ in range(CONNECTIONS + 1)]
    assert statuses == [200] * CONNECTIONS + [429]
    assert handshake(strict, query, "198.51.100.1") == 200


def sender(transport: str, player: Player) -> Callable[[list[str]], list[Any]]:
    """Sends packets, each with a number, over the transport; what each is answered."""
    if transport == "polling":
        polling = Polling(player)

        def post(packets: list[str]) -> list[Any]:
            polling.post("\x1e".join(packets))
            return [json.loads(packet[packet.index("[") :])[0] for packet in polling.received(len(packets))]

        return post
    wire = Wire(player)
    return lambda packets: [wire.ask(packet, int(packet[2:5])) for packet in packets]


@pytest.mark.parametrize("transport", ["websocket", "polling"])
@pytest.mark.parametrize("event", ['["cancel_find",{}]', '["nothing",{}]', '["cancel_find"', '["disconnect"]', "[7]"])
def test_every_event_spends_the_same_rate(event: str, transport: str, strict: Server) -> None:
    ada = Player(strict.url)
    answers = sender(transport, ada)([f"42{number}{event}" for number in range(100, 101 + EVENTS)])
    codes = [answer.get("code", "ok") for answer in answers]
    assert codes.count("rate_limited") == 1
    assert ada.ask("resume")["code"] == "rate_limited"


def test_others_are_answered_while_polling_requests_full_of_events_are_let_in(server: Server) -> None:
    ada, eve = Player(server.url), Player(server.url)
    attackers = [Polling(eve) for _ in range(4)]
    flood = "\x1e".join(f'42{number}["nothing",{{}}]' for number in range(1000, 1500))
    with ThreadPoolExecutor(len(attackers)) as pool:
        posts = [pool.submit(attacker.post, flood) for attacker in attackers]
        for attacker in attackers:
            assert attacker.received(1)  # it has begun
        for _ in range(3):
            assert ada.ask("cancel_find")["ok"]
            assert ada.get("/users/profile")
        assert not any(post.done() for post in posts)
        for attacker in attackers:
            attacker.post("1")


def test_polling_requests_side_by_side_end_their_connection(server: Server) -> None:
    polling = Polling(Player(server.url))
    address = urlsplit(server.url).netloc
    begun = []
    for _ in range(5):
        connection = HTTPConnection(address, timeout=WAIT_SECONDS)
        connection.putrequest("POST", polling.path)
        connection.putheader("Content-Length", "5")
        connection.endheaders(b"42")
        begun.append(connection)
    # The last one to be looked at ends them; which one that is, nobody knows.
    ended = next(connection for connection in _answered(begun))
    assert ended.getresponse().status == 429
    assert polling.post("3") == 400
    for connection in begun:
        connection.close()


def _answered(connections: list[HTTPConnection]) -> Iterator[HTTPConnection]:
    sockets = {connection.sock: connection for connection in connections}
    ready, _, _ = select.select(list(sockets), [], [], WAIT_SECONDS)
    yield from (sockets[one] for one in ready)


def cut(server: Server, reason: str) -> float:
    """How many connections the server says that it has ended for this reason."""
    with request.urlopen(f"{server.url}/metrics") as answer:
        found = re.findall(rf'^codemaze_connections_cut_total{{reason="{reason}"}} (.+)$', answer.read().decode(), re.M)
    return float(found[0]) if found else 0.0


def answer_pings(connection: websocket.WebSocket) -> None:
    """Do nothing else until the connection has ended."""
    while True:
        if connection.recv() == "2":
            connection.send("3")


def test_who_does_not_greet_is_cut_off(server: Server) -> None:
    ada, before = Player(server.url), cut(server, "no_greeting")
    silent, refused, left = opened(server.url), opened(server.url), Wire(ada).socket
    refused.send('40{"token":"none"}')
    assert refused.recv().startswith("44")
    left.send("41")
    polling = Polling(ada, unconnected=True)
    for connection in (silent, refused, left):
        with pytest.raises(ENDED):
            answer_pings(connection)
    assert polling.request("GET")[0] in (200, 400)
    assert polling.post("3") == 400
    assert cut(server, "no_greeting") == before + 4
    assert ada.ask("cancel_find")["ok"]


def test_greeting_again_and_again_is_as_connecting(strict: Server) -> None:
    wire = opened(strict.url, header=["X-Forwarded-For: 203.0.113.9"])
    for _ in range(CONNECTIONS):
        wire.send("40")
        assert wire.recv().startswith("44")
    wire.send("40")
    with pytest.raises(ENDED):
        answer_pings(wire)
    assert cut(strict, "greetings") == 1


def test_who_fetches_nothing_is_cut_off(server: Server) -> None:
    before = cut(server, "unread")
    polling = Polling(Player(server.url))
    assert polling.post("\x1e".join(["5"] * 600)) in (200, 400)
    assert polling.post("3") == 400
    assert cut(server, "unread") == before + 1


def test_a_body_that_is_too_large_gives_no_more_guesses(strict: Server) -> None:
    url, wrong = f"{strict.url}/auth/login", {"username": "ada", "password": "wrong horse"}
    statuses = [http(url, "POST", wrong)[0] for _ in range(LOGINS // 2)]
    assert http(url, "POST", b"{" + b" " * 300_000)[0] == 413
    statuses += [http(url, "POST", wrong)[0] for _ in range(LOGINS)]
    assert statuses == [401] * LOGINS + [429] * (LOGINS // 2)


def test_a_stopped_phone_is_soon_ended_and_not_paired_with(strict: Server) -> None:
    ada, bob, eve = (Player(strict.url) for _ in range(3))
    ada.connection.close()
    phone = Wire(ada)
    assert phone.ask('42900["find_match",{}]', 900)["status"] == "waiting"
    assert ended_unheard(phone) <= 2
    assert bob.ask("find_match")["status"] == "waiting"
    assert eve.ask("find_match")["status"] == "matched"
    assert bob.wait_for("match_found")["opponents"][0]["user_id"] == eve.id


def test_a_class_behind_one_address_is_not_refused_by_the_limits_as_they_are(start_server: StartServer) -> None:
    limits = dict.fromkeys((name for name in QUICK if name.endswith("_RATE") or name == "SOCKETS_PER_USER"), "")
    url = start_server(**limits).url

    def sit_down(number: int) -> Player:
        pupil = Player(url, f"pupil{number}")
        assert pupil.get("/users/profile")["username"] == pupil.name
        assert pupil.ask("find_match")["ok"]
        return pupil

    def hand_in(pupil: Player) -> None:
        room = pupil.wait_for("round_started")["room"]
        answer = pupil.ask("submit_code", room=room, language="python", code="x = 1")
        assert answer["ok"], answer
        pupil.wait_for("submission_judged", user_id=pupil.id)

    with ThreadPoolExecutor(CLASS) as pool:
        pupils = list(pool.map(sit_down, range(CLASS)))
        list(pool.map(hand_in, pupils))
    for pupil in pupils:
        pupil.connection.close()
