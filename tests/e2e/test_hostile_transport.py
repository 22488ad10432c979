"""Bad input below Socket.IO: broken frames, polling requests and handshakes. Nobody but their sender comes to harm."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from urllib import request
from urllib.parse import urlsplit

import pytest
import websocket

from tests.conftest import PATIENCE_SECONDS
from tests.e2e.conftest import Server, StartServer
from tests.e2e.player import Player
from tests.e2e.test_hostile_sockets import refused
from tests.e2e.wire import Polling, Wire, opened

FRAMES = [
    "",
    "x",
    "²",
    "0",
    "2",
    "6",
    "9",
    "bAAAA",
    "b!",
    "4",
    "4{}",
    "4null",
    "4" + "[" * 100_000,
    "3" + "[" * 100_000,
]
MEBIBYTE = 1024 * 1024


@pytest.fixture(scope="module")
def quiet(start_server: StartServer) -> Server:
    """A server that nobody else uses, whose matches take their time to start."""
    return start_server(COUNTDOWN_SECONDS="60")


@pytest.fixture(scope="module")
def ada(quiet: Server) -> Player:
    return Player(quiet.url)


@pytest.mark.parametrize("frame", FRAMES)
def test_frames_that_are_none_do_not_end_the_connection(frame: str, ada: Player) -> None:
    wire, polling = Wire(ada), Polling(ada)
    wire.send(frame)
    assert wire.is_well()
    assert polling.post(frame) == 200
    assert polling.post(frame + '\x1e4277["cancel_find",{}]') == 200
    assert polling.received(1) == ['4377[{"ok":true}]']


def test_bytes_that_are_no_text(ada: Player) -> None:
    polling = Polling(ada)
    assert polling.post(b'42\xff\xfe\x1e4277["cancel_find",{"client_id":"\xff"}]') == 200
    assert polling.received(1) == ['4377[{"ok":true}]']


def test_many_requests_in_one_polling_request(ada: Player) -> None:
    polling = Polling(ada)
    assert polling.post("\x1e".join(f'42{number}["cancel_find",{{}}]' for number in range(100, 200))) == 200
    numbers = {packet[2:5] for packet in polling.received(100)}
    assert numbers == {str(number) for number in range(100, 200)}
    assert polling.post("\x1e".join(["3"] * 1001)) == 413
    assert polling.post("x" * (MEBIBYTE + 1)) == 413
    assert polling.post('4277["cancel_find",{}]') == 200
    assert polling.received(1) == ['4377[{"ok":true}]']


def test_a_frame_beyond_a_mebibyte_ends_its_own_connection(ada: Player) -> None:
    wire = Wire(ada)
    # The last of it never comes, so that nobody can have waited for the whole.
    wire.socket.send_frame(websocket.ABNF(fin=0, opcode=websocket.ABNF.OPCODE_TEXT, data=b"x" * MEBIBYTE))
    wire.socket.send_frame(websocket.ABNF(fin=0, opcode=websocket.ABNF.OPCODE_CONT, data=b"x"))
    said = wire.socket.recv_data()
    assert said[0] == websocket.ABNF.OPCODE_CLOSE
    assert int.from_bytes(said[1][:2]) == 1009  # too big
    assert ada.ask("cancel_find")["ok"]


UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\n"


@pytest.mark.parametrize(
    "headers",
    [
        UPGRADE,
        "Upgrade: websocket\r\nConnection: close\r\n",
        UPGRADE + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 99\r\n",
        UPGRADE + "Sec-WebSocket-Version: 13\r\n",
        UPGRADE + "Origin: http://[\r\n",
        UPGRADE + "Origin: https://evil.example\r\n",
    ],
)
def test_handshakes_that_are_none(headers: str, quiet: Server, ada: Player) -> None:
    with socket.create_connection(("127.0.0.1", urlsplit(quiet.url).port or 0), timeout=30) as connection:
        line = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: here\r\n"
        connection.sendall((line + headers + "\r\n").encode())
        assert connection.recv(12) == b"HTTP/1.1 400"


def test_a_request_cut_short(quiet: Server, ada: Player) -> None:
    path = Polling(ada).path
    with socket.create_connection(("127.0.0.1", urlsplit(quiet.url).port or 0), timeout=30) as connection:
        connection.sendall(f"POST {path} HTTP/1.1\r\nHost: here\r\nContent-Length: 50\r\n\r\n42".encode())
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(12) == b"HTTP/1.1 400"


@pytest.mark.parametrize("packet", ["1", "41"])
def test_who_leaves_while_being_let_in_is_gone(packet: str, quiet: Server, ada: Player) -> None:
    eve = Player(quiet.url)
    eve.connection.close()
    all_but_one_are_gone(quiet)
    for _ in range(15):
        polling = Polling(eve, unconnected=True)
        entering = threading.Thread(target=polling.post, args=(polling.greeting,))
        entering.start()
        polling.post(packet)
        entering.join()
        polling.post("1")
    assert connections(quiet) == 1


def connections(server: Server) -> float:
    """How many connections the server counts."""
    with request.urlopen(f"{server.url}/metrics") as answer:
        (count,) = re.findall(r"^codemaze_connections (.+)$", answer.read().decode(), re.MULTILINE)
        return float(count)


def all_but_one_are_gone(server: Server) -> None:
    """Wait until nobody is connected but ``ada``: what other tests have left open ends by its silence."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while connections(server) != 1:
        assert time.monotonic() < deadline


def test_a_second_greeting_changes_nothing(quiet: Server, ada: Player) -> None:
    wire = Wire(ada)
    wire.send("40" + json.dumps({"token": ada.token}))
    assert wire.is_well()
    wire.send("41")
    wire.send("40" + json.dumps({"token": ada.token}))
    assert wire.is_well()
    wire.socket.close()
    stranger = opened(quiet.url)
    stranger.send('427["find_match",{}]')
    stranger.send("40")
    assert stranger.recv().startswith("44")
    all_but_one_are_gone(quiet)


def test_code_before_the_match_has_started(quiet: Server) -> None:
    bob, eve = Player(quiet.url), Player(quiet.url)
    bob.ask("find_match")
    room = eve.ask("find_match")["room"]
    before = bob.ask("resume", room=room)["version"]
    for event in ("submit_code", "run_code"):
        refused(bob.ask(event, room=room, language="python", code="x = 1"), "match_not_started")
    assert bob.ask("resume", room=room)["version"] == before
    bob.connection.close()
    eve.connection.close()


def test_nothing_crashed(quiet: Server) -> None:
    log = quiet.log.read_text()
    assert not re.search("Traceback|handler error|request_failed|connect_failed", log), log[-3000:]
