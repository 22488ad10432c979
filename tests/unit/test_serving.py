"""How the server treats its connections."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from socket import IPPROTO_TCP, TCP_NODELAY

import gevent.socket
from gevent.pywsgi import WSGIServer

from application.serving import _Handler


def test_small_packets_do_not_wait_for_one_another() -> None:
    seen: list[int] = []

    class Watched(_Handler):
        def handle_one_response(self) -> None:
            seen.append(self.socket.getsockopt(IPPROTO_TCP, TCP_NODELAY))
            super().handle_one_response()

    def nothing(environ: object, start_response: Callable[..., object]) -> Iterator[bytes]:
        start_response("204 No Content", [])
        return iter(())

    server = WSGIServer(("127.0.0.1", 0), nothing, log=None, handler_class=Watched)
    server.start()
    try:
        with gevent.socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert client.recv(100).startswith(b"HTTP/1.1 204")
    finally:
        server.stop()
    assert seen and all(seen)
