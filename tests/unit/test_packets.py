"""Packets that the library could not decode, or would take for its own."""

from __future__ import annotations

from typing import Any

import pytest
from engineio import packet as engine_packet
from hypothesis import given
from hypothesis import strategies as st
from socketio import packet

from application.realtime.frames import MAX_FRAMES, frames_in, is_proper
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
        "1{",
        "3[",
    ],
)
def test_what_is_no_event_is_malformed(encoded: Any) -> None:
    decoded = TolerantPacket(encoded_packet=encoded)
    assert (decoded.packet_type, decoded.data) == (packet.EVENT, [MALFORMED])


def test_broken_credentials_are_none() -> None:
    decoded = TolerantPacket(encoded_packet='0{"token":')
    assert (decoded.packet_type, decoded.data) == (packet.CONNECT, None)


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


def test_frames_that_engine_io_takes() -> None:
    for frame in ("1", "2probe", "3", "3probe", "5", '40{"token":"x"}', '42["x"]', '49["x"]', '42["\x1f\n\u2028"]'):
        assert is_proper(frame)


@pytest.mark.parametrize(
    "frame", ["", "x", "²", "0", "2", "6", "9", "bAAAA", "4", "4x", "4{}", "4[", "4²", "3[", b"42"]
)
def test_frames_that_engine_io_would_trip_over(frame: Any) -> None:
    assert not is_proper(frame)


def test_a_polling_request_keeps_what_is_proper() -> None:
    frames = frames_in(b'x\x1e42["a"]\x1e\x1e4{\x1e\xff\x1e42["\xff"]\x1e3')
    assert len(frames) == 7  # each is counted
    assert list(filter(is_proper, frames)) == ['42["a"]', '42["\ufffd"]', "3"]
    assert len(frames_in(b"\x1e" * 10**6)) == MAX_FRAMES + 1


@given(st.text())
def test_whatever_is_proper_can_be_decoded(text: str) -> None:
    for frame in (text, "4" + text, "3" + text):
        if is_proper(frame):
            engine_packet.Packet(encoded_packet=frame)
