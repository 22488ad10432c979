"""The client of the demo and of the tests handles one packet after the other."""

import threading

from engineio import packet

from demo.in_order import InOrderClient


def test_packets_are_handled_by_one_thread_in_their_order() -> None:
    client, numbers = InOrderClient(reconnection=False), [str(number) for number in range(100)]
    handled: list[tuple[str, threading.Thread]] = []
    done = threading.Event()

    def handle(body: str) -> None:
        handled.append((body, threading.current_thread()))
        if body == numbers[-1]:
            done.set()

    client.eio.on("message", handle)
    for body in numbers:
        client.eio._receive_packet(packet.Packet(packet.MESSAGE, body))
    assert done.wait(60)
    assert [body for body, _ in handled] == numbers
    assert len({thread for _, thread in handled}) == 1
