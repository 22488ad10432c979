"""The control socket of a sandbox, seen from inside. It is read and written as a file: nothing in a sandbox may use
the system calls for sockets.

Both ways a message is a u32 length, big-endian, a header (JSON) of that length, and as many bytes as the header's
``console`` and ``result`` (from us) or ``length`` (to us) say.
"""

from __future__ import annotations

import json
import os
import struct
from typing import Any

_LENGTH = struct.Struct("!I")


class Control:
    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def header(self) -> dict[str, Any]:
        """The header of the next message; its bytes are still to be received. The end of the socket is our end."""
        (length,) = _LENGTH.unpack(self.receive(_LENGTH.size))
        header: dict[str, Any] = json.loads(self.receive(length))
        return header

    def receive(self, length: int) -> bytes:
        received = bytearray()
        while len(received) < length:
            chunk = os.read(self.descriptor, min(1 << 20, length - len(received)))
            if not chunk:
                os._exit(0)
            received += chunk
        return bytes(received)

    def send(self, header: dict[str, Any], console: bytes = b"", result: bytes = b"") -> None:
        text = json.dumps({**header, "console": len(console), "result": len(result)}).encode()
        unsent = memoryview(_LENGTH.pack(len(text)) + text + console + result)
        while unsent:
            unsent = unsent[os.write(self.descriptor, unsent) :]
