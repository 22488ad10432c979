"""What browsers are given: pages with a policy, short answers, and all of it below a path of another site's."""

from __future__ import annotations

import contextlib
import gzip
import json
import re
import socket
import threading
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from urllib import error, request

import pytest
import socketio

from cluster import free_port
from tests.e2e.conftest import Server, StartServer
from tests.e2e.player import WAIT_SECONDS, Player

PREFIX = "/duels"
PROTOCOL = Path(__file__).resolve().parents[2] / "docs" / "protocol"


def get(url: str, **headers: str) -> tuple[int, Message, bytes]:
    """Status, headers and body of a GET."""
    asked = request.Request(url, headers={name.replace("_", "-"): value for name, value in headers.items()})
    try:
        with request.urlopen(asked, timeout=WAIT_SECONDS) as answer:
            return answer.status, answer.headers, answer.read()
    except error.HTTPError as failed:
        return failed.code, failed.headers, failed.read()


class Proxy(threading.Thread):
    """A reverse proxy before one server: it takes the prefix off the address, and says so in X-Forwarded-Prefix."""

    def __init__(self, port: int, prefix: str = PREFIX, said: str = PREFIX) -> None:
        super().__init__(daemon=True)
        self._port, self._prefix, self._said = port, prefix, said
        self._listening = socket.create_server(("127.0.0.1", free_port()))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}{prefix}"

    def run(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def close(self) -> None:
        """Accept nobody any more."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _serve(self, client: socket.socket) -> None:
        with client, client.makefile("rb") as reading, socket.create_connection(("127.0.0.1", self._port)) as server:
            method, address, version = reading.readline().decode().split()
            lines = list(iter(reading.readline, b"\r\n"))
            if not address.startswith(self._prefix + "/"):
                client.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
            lines = [line for line in lines if not line.lower().startswith((b"x-forwarded", b"accept-encoding"))]
            if not any(line.lower().startswith(b"upgrade:") for line in lines):
                lines = [line for line in lines if not line.lower().startswith(b"connection:")]
                version = "HTTP/1.0"  # one request a connection, and the answer says so
            told = f"X-Forwarded-Prefix: {self._said}\r\nX-Forwarded-For: 10.0.0.1\r\n"
            first = f"{method} {address.removeprefix(self._prefix)} {version}\r\n"
            server.sendall(first.encode() + b"".join(lines) + told.encode() + b"\r\n")
            back = threading.Thread(target=pump, args=(server.recv, client), daemon=True)
            back.start()
            pump(reading.read1, server)
            back.join()


def pump(read: object, target: socket.socket) -> None:
    """Hand on what is read until there is no more."""
    with contextlib.suppress(OSError):
        while piece := read(65536):  # type: ignore[operator]
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)


@pytest.fixture(scope="module")
def proxied(start_server: StartServer) -> Server:
    """A server that believes one proxy."""
    return start_server(TRUSTED_PROXIES="1")


@pytest.fixture(scope="module")
def below(proxied: Server) -> Iterator[str]:
    """The address below which that server lies at its proxy."""
    proxy = Proxy(proxied.port)
    proxy.start()
    yield proxy.url
    proxy.close()


def assets(body: bytes) -> set[str]:
    """What a page loads and where its own links lead."""
    return {
        found
        for found in re.findall(r'(?:href|src)="([^"]+)"', body.decode())
        if not found.startswith(("#", "data:", "http"))
    }


def test_all_pages_work_below_a_path(below: str, proxied: Server) -> None:
    # Asked without the prefix first: what is made once must not keep the path it was first made for.
    assert json.loads(get(f"{proxied.url}/swagger.json")[2])["basePath"] == "/"
    root = below.removesuffix(PREFIX)
    seen = set()
    for path in ("/", "/docs", "/protocol", "/protocol/matches"):
        get(proxied.url + path)
        status, _, body = get(below + path)
        assert status == 200
        seen |= assets(body)
    assert seen >= {f"{PREFIX}/docs", f"{PREFIX}/protocol", f"{PREFIX}/swaggerui/swagger-ui-bundle.js"}
    for address in seen:
        assert address.startswith(PREFIX + "/")
        assert get(root + address)[0] in (200, 503), address
    assert f'"{PREFIX}/swagger.json"'.encode() in get(below + "/docs")[2]
    assert json.loads(get(below + "/swagger.json")[2])["basePath"] == PREFIX
    sockets = json.loads(get(below + "/asyncapi.json")[2])
    assert sockets["channels"]["socket"]["address"] == f"{PREFIX}/socket.io"
    assert json.loads(get(proxied.url + "/asyncapi.json")[2])["channels"]["socket"]["address"] == "/socket.io"


@pytest.mark.parametrize("transport", ["polling", "websocket"])
def test_a_player_connects_below_a_path(transport: str, below: str, proxied: Server) -> None:
    ada = Player(proxied.url)
    client = socketio.Client(reconnection=False)
    client.connect(
        below.removesuffix(PREFIX),
        auth={"token": ada.token},
        transports=[transport],
        socketio_path=f"{PREFIX}/socket.io",
        wait_timeout=WAIT_SECONDS,
    )
    assert client.call("resume", {}, timeout=WAIT_SECONDS)["ok"]
    client.disconnect()


@pytest.mark.parametrize("prefix", ["//evil.example", "/a b", "https://evil.example", '/"onload=x', "/a/../b//c"])
def test_a_prefix_that_is_no_path_is_none(prefix: str, proxied: Server) -> None:
    assert json.loads(get(f"{proxied.url}/swagger.json", X_Forwarded_Prefix=prefix)[2])["basePath"] == "/"
    assert b"evil" not in get(f"{proxied.url}/", X_Forwarded_Prefix=prefix)[2]


def test_a_prefix_is_believed_of_a_proxy_only(server: Server) -> None:
    assert json.loads(get(f"{server.url}/swagger.json", X_Forwarded_Prefix=PREFIX)[2])["basePath"] == "/"
    assert PREFIX.encode() not in get(f"{server.url}/", X_Forwarded_Prefix=PREFIX)[2]


def policy(headers: Message) -> dict[str, list[str]]:
    """A Content-Security-Policy, taken apart."""
    return {words[0]: words[1:] for part in headers["Content-Security-Policy"].split(";") if (words := part.split())}


def test_every_answer_has_a_policy(server: Server) -> None:
    engine = ("/socket.io/?EIO=4&transport=polling", "/socket.io/?EIO=3", "/socket.io/?sid=none")
    flask = (
        "/",
        "/protocol",
        "/protocol/matches",
        "/docs",
        "/languages",
        "/nothing",
        "/swagger.json",
        "/metrics",
        "/auth/login",
    )
    for path in (*flask, *engine):
        _, headers, body = get(server.url + path)
        found = policy(headers)
        assert (found["default-src"], found["frame-ancestors"], found["base-uri"]) == (["'none'"],) * 3
        assert "'unsafe-inline'" not in found.get("script-src", []) + found.get("style-src", [])
        assert headers["Referrer-Policy"] == "no-referrer" and headers["X-Content-Type-Options"] == "nosniff"
        for tag, rest in re.findall(r"<(script|style)\b([^>]*)>", body.decode() if path in ("/", "/docs") else ""):
            nonce = re.search(r'nonce="([^"]+)"', rest)
            assert "src=" in rest or (nonce and f"'nonce-{nonce[1]}'" in found[f"{tag}-src"])
    for path in ("/", "/protocol", "/protocol/matches", "/languages"):
        assert "script-src" not in policy(get(server.url + path)[1])
    first, second = (policy(get(f"{server.url}/docs")[1])["script-src"] for _ in range(2))
    assert first != second


def test_the_protocol_is_pages_and_plain_text_for_who_wants_it(server: Server) -> None:
    pages = {}
    unread = {"/protocol"}
    while unread:
        path = unread.pop()
        status, headers, body = get(server.url + path, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
        assert status == 200 and headers["Content-Type"].startswith("text/html") and "Accept" in headers["Vary"]
        assert get(server.url + path, Accept="*/*")[1]["Content-Type"].startswith("text/html")
        pages[path] = body.decode()
        unread |= protocol_links(pages[path], path).keys() - pages.keys()
        _, headers, body = get(server.url + path, Accept="text/plain")
        assert headers["Content-Type"].startswith("text/plain") and body.startswith(b"# ")
    names = {path.stem for path in PROTOCOL.glob("*.md")} - {"README"}
    assert set(pages) == {"/protocol", *(f"/protocol/{name}" for name in names)}
    assert all("<table>" in page for page in pages.values())
    assert '<h2 id="error-codes">' in pages["/protocol"] and '<a href="#error-codes">' in pages["/protocol"]
    assert '<a href="/protocol#error-codes">' in pages["/protocol/problems"]
    for path, page in pages.items():
        for target, headings in protocol_links(page, path).items():
            assert headings <= set(re.findall(r'id="([^"]+)"', pages[target])), (path, target)
    for name in ("nothing", "..%2Fproblems", "matches.md"):
        assert get(f"{server.url}/protocol/{name}")[0] == 404


def test_the_protocol_has_every_route(server: Server) -> None:
    swagger = json.loads(get(f"{server.url}/swagger.json")[2])["paths"]
    served = {(method.upper(), path) for path, methods in swagger.items() for method in set(methods) - {"parameters"}}
    served = {f"{method} {re.sub('{[^}]+}', '<>', path)}" for method, path in served}
    text = "".join(page.read_text(encoding="utf-8") for page in PROTOCOL.glob("*.md"))
    written = re.findall(r"^\| `([A-Z]+ /[^`]*)` \|", text, re.MULTILINE)
    assert sorted(re.sub("<[^>]+>", "<>", route) for route in written if route != "POST /run") == sorted(served)


def protocol_links(page: str, path: str) -> dict[str, set[str]]:
    """The pages of the protocol that a page leads to, and the headings it names of each."""
    found: dict[str, set[str]] = {}
    for address, heading in re.findall(r'href="(/protocol[^"#]*|)(?:#([^"]+))?"', page):
        found.setdefault(address or path, set()).update({heading} - {""})
    return found


def test_answers_are_as_short_as_the_client_reads(server: Server) -> None:
    assert get(f"{server.url}/swaggerui/swagger-ui.css", Accept_Encoding="br")[1]["Content-Encoding"] == "br"
    for path in ("/swagger.json", "/protocol"):
        _, headers, plain = get(server.url + path)
        assert headers["Content-Encoding"] is None
        _, headers, zipped = get(server.url + path, Accept_Encoding="gzip")
        assert headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in headers["Vary"]
        assert len(zipped) < len(plain) / 2
        assert path == "/protocol" or gzip.decompress(zipped) == plain
        assert get(server.url + path, Accept_Encoding="br")[1]["Content-Encoding"] == "br"
    ada = Player(server.url)
    body = json.dumps({"username": ada.name, "password": ada.password}).encode()
    asked = {"Content-Type": "application/json", "Accept-Encoding": "gzip, br"}
    with request.urlopen(request.Request(f"{server.url}/auth/login", body, asked)) as answer:
        assert answer.headers["Content-Encoding"] is None
