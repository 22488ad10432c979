"""How many frames a connection may send in a time, whatever the order in which it sends them."""

from __future__ import annotations

import gevent
import gevent.socket
from engineio.async_drivers.gevent import Thread
from gevent.event import Event
from hypothesis import given
from hypothesis import strategies as st
from wsproto import ConnectionType, WSConnection
from wsproto.events import Request, TextMessage

from application.realtime.frames import MAX_WAITING_FRAMES, BoundedWebSocket
from application.realtime.gate import Allowance

PACE, BURST = 10.0, 5


@given(st.lists(st.floats(0, 3), max_size=200))
def test_no_order_of_frames_beats_the_pace(pauses: list[float]) -> None:
    allowance, now = Allowance(PACE, BURST, 0.0), 0.0
    let_in = []
    for pause in pauses:
        now += pause
        now += allowance.take(now)
        let_in.append(now)
    for first, began in enumerate(let_in):
        for count, at in enumerate(let_in[first:], 1):
            assert count <= BURST + 1 + (at - began) * PACE + 1e-6


@given(st.integers(1, 50))
def test_who_asks_side_by_side_waits_for_all_before(waiting: int) -> None:
    allowance = Allowance(PACE, BURST, 0.0)
    waits = [allowance.take(0.0) for _ in range(BURST + waiting)]
    assert waits[:BURST] == [0.0] * BURST
    assert waits[-1] == waiting / PACE
    assert not allowance.is_full(waits[-1])
    assert allowance.is_full(waits[-1] + BURST / PACE)


def test_no_more_of_a_websocket_is_read_than_is_let_in() -> None:
    theirs, ours = gevent.socket.socketpair()
    client, frames = WSConnection(ConnectionType.CLIENT), [f"{number:04}" + "x" * 1000 for number in range(200)]

    asked = client.send(Request(host="here", target="/")).decode()
    key = asked.lower().partition("sec-websocket-key: ")[2].partition("\r\n")[0]
    key = asked[asked.lower().index(key) :][: len(key)]

    def send() -> None:
        client.receive_data(theirs.recv(4096))
        list(client.events())
        for frame in frames:
            theirs.sendall(client.send(TextMessage(frame)))

    sending = gevent.spawn(send)
    headers = {"HTTP_HOST": "here", "HTTP_UPGRADE": "websocket", "HTTP_CONNECTION": "Upgrade"}
    headers |= {"HTTP_SEC_WEBSOCKET_KEY": key, "HTTP_SEC_WEBSOCKET_VERSION": "13"}
    options = {"thread_class": Thread, "event_class": Event, "max_message_size": 2000}
    server = BoundedWebSocket({"werkzeug.socket": ours, "PATH_INFO": "/", **headers}, **options)
    for frame in frames:
        gevent.sleep(0)
        assert server.receive() == frame
        assert len(server.input_buffer) <= MAX_WAITING_FRAMES + server.receive_bytes // 1000
    sending.join()
    server.close()
