"""Bytes on a socket: whatever is sent, the server answers in its own form or ends the connection, never with a 500."""

from __future__ import annotations

import contextlib
import json
import random
import re
import socket
from collections.abc import Iterator

import pytest

from tests.e2e.conftest import Server
from tests.e2e.player import WAIT_SECONDS

HOST = "Host: localhost"
LOGIN = '{"username": "nobody", "password": "wrong horse"}'


def exchange(server: Server, sent: bytes) -> bytes:
    """Everything that comes back for these bytes, after which nothing more is sent."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=WAIT_SECONDS) as connection:
        received = b""
        with contextlib.suppress(OSError):  # it is refused before all of it is sent
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
        with contextlib.suppress(ConnectionResetError):
            while piece := connection.recv(65536):
                received += piece
        return received


def answers(raw: bytes, method: str = "GET") -> Iterator[tuple[int, dict[str, str], bytes]]:
    """The answers in what came back, which must be whole."""
    while raw:
        head, _, raw = raw.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        assert re.fullmatch(r"HTTP/1\.1 [1-5]\d\d [\w' -]+", first), first
        status = int(first.split()[1])
        headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        if status == 100:
            continue
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while True:
                size, _, raw = raw.partition(b"\r\n")
                piece, raw = raw[: int(size, 16)], raw[int(size, 16) + 2 :]
                if not piece:
                    break
                body += piece
        else:
            size_ = 0 if method == "HEAD" or status in (204, 304) else int(headers["content-length"])
            body, raw = raw[:size_], raw[size_:]
            assert len(body) == size_
        yield status, headers, body


def check_form(status: int, headers: dict[str, str], body: bytes, method: str = "GET") -> None:
    """No failure has another form than ours, and nothing is a crash."""
    assert status < 500, (status, body)
    assert "default-src 'none'" in headers["content-security-policy"]
    if status < 400:
        return
    assert headers["content-type"] == "application/json", (status, headers, body)
    if method == "HEAD":
        return
    failure = json.loads(body)
    assert (failure["status"], failure["error"]) == ("fail", failure["message"])
    assert re.fullmatch("[a-z_]+", failure["code"])


def only(server: Server, sent: bytes, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """The one answer to these bytes."""
    found = list(answers(exchange(server, sent), method))
    assert len(found) == 1, found
    check_form(*found[0], method)
    return found[0]


def head(*lines: str) -> bytes:
    """A head of these lines."""
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


REFUSED = {
    "two lengths": head("POST /auth/login HTTP/1.1", HOST, "Content-Length: 5", "Content-Length: 40") + b"a" * 40,
    "a signed length": head("POST /auth/login HTTP/1.1", HOST, "Content-Length: +40") + b"a" * 40,
    "a negative length": head("POST /auth/login HTTP/1.1", HOST, "Content-Length: -1"),
    "a length and chunks": head("POST /auth/login HTTP/1.1", HOST, "Content-Length: 5", "Transfer-Encoding: chunked")
    + b"0\r\n\r\n",
    "another coding": head("POST /auth/login HTTP/1.1", HOST, "Transfer-Encoding: gzip"),
    "no host": head("GET /languages HTTP/1.1"),
    "two hosts": head("GET /languages HTTP/1.1", HOST, "Host: other"),
    "an odd host": head("GET /languages HTTP/1.1", "Host: a b<c>"),
    "an absolute address": head("GET http://localhost/languages HTTP/1.1", HOST),
    "an address of an authority": head("CONNECT localhost:80 HTTP/1.1", HOST),
    "no address": head("OPTIONS * HTTP/1.1", HOST),
    "bare line feeds": b"GET /languages HTTP/1.1\nHost: localhost\n\n",
    "a bare line feed in a header": head("GET /languages HTTP/1.1", HOST + "\nX: y"),
    "a NUL in a header": head("GET /languages HTTP/1.1", HOST, "X: \x00"),
    "a NUL in the address": head("GET /\x00 HTTP/1.1", HOST),
    "a folded header": head("GET /languages HTTP/1.1", HOST, "X: a", "  b"),
    "a space before the colon": head("GET /languages HTTP/1.1", HOST, "X : a"),
    "no colon": head("GET /languages HTTP/1.1", HOST, "X"),
    "no version": b"GET /languages\r\n\r\n",
    "another version": head("GET /languages HTTP/3.0", HOST),
    "half a head": b"GET /languages HTTP/1.1\r\nHost: local",
    "an empty line": b"\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "a chunk of no size": head("POST /auth/login HTTP/1.1", HOST, "Transfer-Encoding: chunked")
    + b"xyz\r\nabc\r\n0\r\n\r\n",
    "a chunk of a signed size": head("POST /nothing HTTP/1.1", HOST, "Transfer-Encoding: chunked")
    + b"-5\r\nabc\r\n0\r\n\r\n",
    "a chunk that is too long": head("PUT /languages HTTP/1.1", HOST, "Transfer-Encoding: chunked")
    + b"f" * 40
    + b"\r\n",
    "a chunk that ends early": head("POST /users/avatars HTTP/1.1", HOST, "Transfer-Encoding: chunked") + b"ff\r\nabc",
    "a body that ends early": head(
        "POST /auth/login HTTP/1.1", HOST, "Content-Type: application/json", "Content-Length: 99"
    )
    + LOGIN.encode(),
    "chunks of a poll": head("POST /socket.io/?EIO=4 HTTP/1.1", HOST, "Transfer-Encoding: chunked") + b"zz\r\n",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_can_be_read_in_two_ways_is_refused(kind: str, server: Server) -> None:
    status, headers, body = only(server, REFUSED[kind] + head("GET /health/live HTTP/1.1", HOST))
    assert (status, json.loads(body)["code"]) == (400, "invalid_request")
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (head("GET /" + "a" * 9000 + " HTTP/1.1", HOST), 414, "address_too_long"),
        (head("GET / HTTP/1.1", HOST, "X: " + "a" * 20_000), 431, "headers_too_large"),
        (head("GET / HTTP/1.1", HOST, *(f"X-{number}: a" for number in range(200))), 431, "headers_too_large"),
        (
            head("GET / HTTP/1.1", HOST, *(f"X-{number}: {'a' * 15_000}" for number in range(9))),
            431,
            "headers_too_large",
        ),
        (head("TRACE / HTTP/1.1", HOST, "Connection: close"), 405, "method_not_allowed"),
        (head("PROPFIND /users/profile HTTP/1.1", HOST, "Connection: close"), 405, "method_not_allowed"),
        (head("GET /auth//login HTTP/1.1", HOST, "Connection: close"), 404, "not_found"),
        (head("POST /auth//login HTTP/1.1", HOST, "Content-Length: 0", "Connection: close"), 404, "not_found"),
        (head("GET /auth/login/ HTTP/1.1", HOST, "Connection: close"), 404, "not_found"),
        (head("GET /swaggerui/../../api.py HTTP/1.1", HOST, "Connection: close"), 404, "not_found"),
        (
            head("GET /swaggerui/swagger-ui.css HTTP/1.1", HOST, "Range: bytes=99999999-", "Connection: close"),
            416,
            "error",
        ),
    ],
)
def test_each_refusal_has_its_name(sent: bytes, status: int, code: str, server: Server) -> None:
    found, _, body = only(server, sent)
    assert (found, json.loads(body)["code"]) == (status, code)


UPGRADE = ("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: eA==")


@pytest.mark.parametrize(
    "target",
    [
        "/socket.io/",
        "/socket.io/?EIO=3",
        "/socket.io/?EIO=4&transport=carrier-pigeon",
        "/socket.io/?EIO=4&transport=polling&sid=nonsense",
        "/socket.io/?EIO=4&transport=websocket",
        "/socket.io/?EIO=4&transport=polling&j=<script>",
        "/socket.io/?EIO=4&sid=",
        "/socket.io/anything",
        "/socket.io",
        "/languages?transport=websocket",
        "/nothing",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD", "OPTIONS", "DELETE", "TRACE", "PROPFIND", "X"])
def test_nonsense_for_the_engine_and_upgrades_elsewhere(method: str, target: str, server: Server) -> None:
    line = f"{method} {target} HTTP/1.1"
    if "transport=websocket" not in target or method != "GET":
        only(server, head(line, HOST, "Connection: close"), method)
    upgraded = exchange(server, head(line, HOST, "Content-Length: 0", *UPGRADE))
    if b"HTTP/1.1 101 " not in upgraded[:20]:
        for status, headers, body in answers(upgraded, method):
            check_form(status, headers, body, method)


METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "LOCK", "get", "G", "\xff", "*"]
TARGETS = ["/", "/auth/login", "/users/ada", "/users//ada", "/socket.io/?EIO=4&transport=polling", "/swagger.json"]
TARGETS += [
    "/sessions/1",
    "/problems/1/report",
    "/%00",
    "/%ff%fe",
    "/..;/",
    "//",
    "*",
    "http://x/",
    "?",
    "/a#b",
    "/\x7f",
]
HEADERS = [HOST, "Host: [::1", "Host: ", "X-Forwarded-For: <>", "Content-Type: application/json; charset=\xff"]
HEADERS += ["Content-Type: multipart/form-data", "Accept: \xff/\x01", "Accept: text/html;q=x", "Cookie: =;=\xff"]
HEADERS += ["Authorization: Bearer \xff", "Authorization: Digest a=b", "Origin: null", "Origin: http://[", "Range: x"]
HEADERS += ["If-Modified-Since: never", 'If-None-Match: "', "Expect: 100-continue", "Expect: 200-ok", "Upgrade: h2c"]
HEADERS += ["Connection: close, upgrade", "Accept-Encoding: gzip;q=9, br;q=-1, *", "X-Request-Id: \x00", "Trailer: X"]
HEADERS += ["Content-Length: 5", "Transfer-Encoding: chunked", "Access-Control-Request-Method: \xff", "X-Fields: {"]
BODIES = [
    b"",
    b"hello",
    b"5\r\nhello\r\n0\r\n\r\n",
    b'5;x="\r\nhello\r\n0\r\nA\x00: b\r\n\r\n',
    LOGIN.encode(),
    b"\x00" * 50,
]


def crashes(server: Server) -> list[str]:
    """What nobody expected, as the log has it."""
    return [line for line in server.errors() if "Traceback" in line or "request_failed" in line]


@pytest.mark.parametrize("seed", range(4))
def test_noise(seed: int, server: Server) -> None:
    before, chance = crashes(server), random.Random(seed)
    for _ in range(50):
        method, lines = chance.choice(METHODS), chance.sample(HEADERS, chance.randrange(5))
        line = f"{method} {chance.choice(TARGETS)} HTTP/1.{chance.choice('0111')}"
        sent = bytearray(head(line, *([HOST] if chance.random() < 0.7 else []), *lines) + chance.choice(BODIES))
        for _ in range(chance.choice((0, 0, 0, 1, 3))):
            sent[chance.randrange(len(sent))] = chance.randrange(256)
        raw = exchange(server, bytes(sent))
        for answer in answers(raw):
            check_form(*answer)
    assert only(server, head("GET /health/live HTTP/1.1", HOST, "Connection: close"))[0] == 200
    assert crashes(server) == before
