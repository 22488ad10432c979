"""How the server treats its connections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socket import IPPROTO_TCP, TCP_NODELAY

import gevent.socket
import pytest

from application.web import server as http_server
from application.web.server import Handler, Server

Connect = Callable[[], gevent.socket.socket]
REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@contextmanager
def serving(handler: type[Handler] = Handler, most: int | None = None) -> Iterator[Connect]:
    """A server that answers nothing; opens connections to it, and at the end has forgotten all of them."""

    def nothing(environ: object, start_response: Callable[..., object]) -> Iterator[bytes]:
        start_response("204 No Content", [])
        return iter(())

    server = Server(("127.0.0.1", 0), nothing, most, error_log=None, handler_class=handler, spawn=10)
    server.start()
    try:
        yield lambda: gevent.socket.create_connection(("127.0.0.1", server.server_port), timeout=10)
    finally:
        server.stop()
    assert not server.open


def test_small_packets_do_not_wait_for_one_another() -> None:
    seen: list[int] = []

    class Watched(Handler):
        def handle_one_response(self) -> None:
            seen.append(self.socket.getsockopt(IPPROTO_TCP, TCP_NODELAY))
            super().handle_one_response()

    with serving(Watched) as connect, connect() as client:
        client.sendall(REQUEST)
        assert client.recv(100).startswith(b"HTTP/1.1 204")
    assert seen and all(seen)


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: loc", b"GET / HTTP/1.1\r\nHost: localhost\r\nX: "])
def test_who_never_finishes_a_request_is_not_waited_for(sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_server, "HEADER_SECONDS", 0.05)
    with serving() as connect, connect() as client:
        client.sendall(sent)
        assert client.recv(100) == b""


def test_one_address_gets_no_more_than_its_share() -> None:
    served: list[object] = []

    class Watched(Handler):
        def handle(self) -> None:
            served.append(self.socket)
            super().handle()

    with serving(Watched, most=2) as connect:
        with connect(), connect(), connect() as third:
            assert third.recv(100) == b""
            assert len(served) == 2
        with connect() as later:
            later.sendall(REQUEST)
            assert later.recv(100).startswith(b"HTTP/1.1 204")
