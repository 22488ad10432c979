"""A Socket.IO client that handles what comes in the order in which it comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import engineio
import socketio


class _OnePacketAfterAnother(engineio.Client):  # type: ignore[misc]  # the library has no types
    def start_background_task(self, target: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if target == self.handlers.get("message"):
            return target(*args, **kwargs)
        return super().start_background_task(target, *args, **kwargs)


class InOrderClient(socketio.Client):  # type: ignore[misc]
    """The library starts a thread for every packet, so of two events that come together the later one may be handled
    first. Here a handler runs before the next packet is read: it must not ask the server anything."""

    def _engineio_client_class(self) -> type[engineio.Client]:
        return _OnePacketAfterAnother
