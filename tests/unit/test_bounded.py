"""What is read of a server that answers too much, too slowly, or packed."""

from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import httpx2
import pytest

from application.ai import bounded
from application.ai.bounded import Bounded, Punctual


class Pouring(httpx2.SyncByteStream):
    """An answer without an end; counts what was taken of it."""

    def __init__(self) -> None:
        self.taken, self.closed = 0, False

    def __iter__(self) -> Iterator[bytes]:
        while True:
            self.taken += 1000
            yield b"x" * 1000

    def close(self) -> None:
        self.closed = True


def asked(stream: httpx2.SyncByteStream, seconds: float = 60, **headers: str) -> bytes:
    """What a client has of an answer, of which 10,000 bytes are read."""
    inner = httpx2.MockTransport(lambda request: httpx2.Response(200, headers=headers, stream=stream))
    with httpx2.Client(transport=Bounded(inner, 10_000, seconds)) as client:
        return client.get("http://model/v1").content


def test_an_answer_without_an_end_is_read_up_to_the_bound() -> None:
    pouring = Pouring()
    assert len(asked(pouring)) == 10_000
    assert pouring.taken == 10_000 and pouring.closed


def test_an_answer_that_drips_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter(range(0, 10_000, 7))
    monkeypatch.setattr(bounded.time, "monotonic", lambda: next(now))
    with pytest.raises(httpx2.ReadTimeout):
        asked(Pouring(), seconds=20)


def test_a_packed_answer_is_not_unpacked() -> None:
    bomb = gzip.compress(b"x" * 1_000_000)
    assert asked(httpx2.ByteStream(bomb), **{"Content-Encoding": "gzip"}) == bomb[:10_000]


def test_a_head_that_drips_is_late() -> None:
    """Each byte comes in time, but the head has no end."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while not late.wait(0.05):
                    connection.sendall(b"x")

        late = threading.Event()
        dripping = threading.Thread(target=drip)
        dripping.start()
        transport = Bounded(Punctual(httpx2.Limits()), 10_000, seconds=0.5)
        try:
            with httpx2.Client(transport=transport, timeout=60) as client, pytest.raises(httpx2.ReadTimeout):
                client.get(f"http://127.0.0.1:{listening.getsockname()[1]}/v1")
        finally:
            late.set()
            dripping.join()


def test_a_head_that_begins_anew_again_and_again_is_late() -> None:
    """Interim answers, as fast as they can be sent."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def pour() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                while True:
                    connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

        pouring = threading.Thread(target=pour)
        pouring.start()
        transport = Bounded(Punctual(httpx2.Limits()), 10_000, seconds=0.5)
        with httpx2.Client(transport=transport, timeout=60) as client, pytest.raises(httpx2.ReadTimeout):
            client.get(f"http://127.0.0.1:{listening.getsockname()[1]}/v1")
        pouring.join()
