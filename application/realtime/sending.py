"""Sending to one connection. A client that does not read what it is sent is disconnected before that costs much
memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import structlog
from flask_socketio import SocketIO

from application.base.measures import CUT
from application.realtime.connections import Pulse

MAX_UNREAD = 500
"""Packets that may wait for a client to take them; a duel has some fifty. It can ``resume`` when it reads again."""

MAX_UNREAD_BYTES = 8 * 1024 * 1024
"""How many bytes these packets may have together, as a single one may be large."""

log = structlog.get_logger()


def is_unread(transport: Any) -> bool:
    """Whether too much waits for the client of a connection of Engine.IO to take it."""
    waiting = transport.queue
    if waiting.qsize() > MAX_UNREAD:
        return True
    texts = (packet.data for packet in list(waiting.queue) if packet is not None)
    return sum(len(text) for text in texts if isinstance(text, str | bytes)) > MAX_UNREAD_BYTES


class Sender:
    """Sends events to single connections of this process."""

    def __init__(self, socketio: SocketIO) -> None:
        self._socketio = socketio

    def send(self, sids: Sequence[str], event: str, body: dict[str, Any]) -> None:
        """Send an event to these connections, encoded once, without waiting for their clients to take it."""
        reading = [sid for sid in sids if not self.is_slow(sid)]
        if reading:
            self._socketio.emit(event, body, to=reading)

    def is_slow(self, sid: str) -> bool:
        """Whether too much waits for the client to read it; if so the connection is closed."""
        transport = self._transport(sid)
        slow = transport is not None and is_unread(transport)
        if slow:
            self.cut(sid, "unread")
        return slow

    def cut(self, sid: str, reason: str) -> None:
        """End the connection, whether its client reads or not; ``reason`` is what it is counted and logged as."""
        CUT.labels(reason).inc()
        log.info("connection_cut", reason=reason, sid=sid)
        transport = self._transport(sid)
        self._socketio.server.disconnect(sid)
        if transport is not None:
            transport.close(wait=False, abort=True)

    def pulse(self, sid: str) -> Pulse:
        """When something was last heard of the connection's client, over whichever transport."""
        transport = self._transport(sid)
        if transport is None:  # it ended while it was being let in
            return Pulse()
        found: Pulse = transport.session["pulse"]
        return found

    def _transport(self, sid: str) -> Any:
        server = self._socketio.server
        eio_sid = server.manager.eio_sid_from_sid(sid, "/")
        return server.eio.sockets.get(eio_sid) if eio_sid else None
