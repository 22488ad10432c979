"""How much may wait for a client that does not read."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from engineio.packet import MESSAGE, Packet
from gevent.queue import Queue

from application.realtime.sending import MAX_UNREAD, MAX_UNREAD_BYTES, is_unread


@pytest.mark.parametrize(
    ("sizes", "unread"),
    [
        ([], False),
        ([1] * MAX_UNREAD, False),
        ([1] * (MAX_UNREAD + 1), True),
        ([MAX_UNREAD_BYTES // 2] * 2, False),
        ([MAX_UNREAD_BYTES // 2] * 2 + [1], True),
    ],
)
def test_packets_are_bounded_in_number_and_in_bytes(sizes: list[int], unread: bool) -> None:
    transport = SimpleNamespace(queue=Queue())
    transport.queue.put(None)  # the sign of an end, which may wait, too
    transport.queue.get()
    for size in sizes:
        transport.queue.put(Packet(MESSAGE, data="x" * size))
    assert is_unread(transport) is unread
