"""Socket.IO packets that nobody can harm the connection with.

The library ends the connection on a packet it cannot decode, and takes a client's event named ``disconnect`` for a
disconnection. Here both become an event of the name ``MALFORMED``, which is answered like any unknown event.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic_core import PydanticSerializationError, to_json
from socketio import packet

MALFORMED = "malformed"
_LIBRARYS_OWN = ("connect", "connect_error", "disconnect", "*")


class Json:
    """JSON for packets. Writing it is half of what an event costs, so Rust does it; reading stays Python's, which takes
    half a surrogate pair and integers of any size for what they are."""

    loads = staticmethod(json.loads)

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        """The value as JSON without spaces."""
        try:
            return to_json(value).decode()
        except (PydanticSerializationError, ValueError):  # half a surrogate pair, or nested deeper than Rust follows
            return json.dumps(value, separators=(",", ":"))


class TolerantPacket(packet.Packet):
    """A packet that decodes whatever it is given, and never has bytes in it."""

    uses_binary_events = False
    json = Json

    data: Any
    packet_type: Any

    def __init__(self, *args: Any, encoded_packet: Any = None, **kwargs: Any) -> None:
        # The library does not decode an empty packet, and trips over it later.
        super().__init__(*args, encoded_packet="?" if encoded_packet in ("", b"") else encoded_packet, **kwargs)

    def decode(self, encoded_packet: Any) -> int:
        """Decode; what is no proper event becomes the event MALFORMED. No binary attachments are waited for."""
        try:
            super().decode(encoded_packet)
        except (ValueError, TypeError, AttributeError, IndexError, RecursionError):
            # Asking for a connection with broken credentials is asking without any, which is refused.
            self.packet_type = packet.CONNECT if self.packet_type == packet.CONNECT else packet.EVENT
        if self.packet_type in (packet.CONNECT, packet.DISCONNECT, packet.ACK):
            return 0
        proper = (
            self.packet_type == packet.EVENT
            and isinstance(self.data, list)
            and bool(self.data)
            and isinstance(self.data[0], str)
            and self.data[0] not in _LIBRARYS_OWN
        )
        if not proper:
            self.packet_type, self.data = packet.EVENT, [MALFORMED]
        return 0
