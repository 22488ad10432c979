"""Packets that the library could not decode, or would take for its own."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from socketio import packet

from application.realtime.packets import MALFORMED, TolerantPacket


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        b"",
        "2",
        "2{",
        '2["x"',
        "2[]",
        "2[7]",
        '2{"a":1}',
        "9",
        "x",
        '2["disconnect"]',
        '2["connect",1]',
        "2" + "[" * 10**5,
        '51-["x",{"_placeholder":true,"num":0}]',
        '61-1["x"]',
        '4{"message":"x"}',
        "0{",
        "1{",
        "3[",
    ],
)
def test_what_is_no_event_is_malformed(encoded: Any) -> None:
    decoded = TolerantPacket(encoded_packet=encoded)
    assert (decoded.packet_type, decoded.data) == (packet.EVENT, [MALFORMED])


def test_the_number_to_acknowledge_survives() -> None:
    assert TolerantPacket(encoded_packet='217["x",{bad').id == 17


@given(
    st.text(min_size=1).filter(lambda name: name not in ("connect", "connect_error", "disconnect", "*")), st.integers(0)
)
def test_proper_packets_are_left_as_they_are(name: str, number: int) -> None:
    sent = TolerantPacket(packet.EVENT, data=[name, {"n": number}], id=5)
    read = TolerantPacket(encoded_packet=sent.encode())
    assert (read.packet_type, read.data, read.id) == (packet.EVENT, [name, {"n": number}], 5)


@given(st.one_of(st.text(), st.binary()))
def test_nothing_that_is_received_can_raise(encoded: Any) -> None:
    decoded = TolerantPacket(encoded_packet=encoded)
    assert decoded.packet_type in (packet.CONNECT, packet.DISCONNECT, packet.EVENT, packet.ACK)
