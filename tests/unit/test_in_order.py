"""The client of the demo and of the tests handles a packet before it reads the next one."""

import threading

from engineio import packet

from demo.in_order import InOrderClient


def test_a_packet_is_handled_before_the_next_is_read() -> None:
    client = InOrderClient(reconnection=False)
    handled: list[tuple[str, threading.Thread]] = []
    client.eio.on("message", lambda body: handled.append((body, threading.current_thread())))
    for body in ("first", "second"):
        client.eio._receive_packet(packet.Packet(packet.MESSAGE, body))
    assert handled == [(body, threading.current_thread()) for body in ("first", "second")]
