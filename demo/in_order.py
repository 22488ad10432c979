"""A Socket.IO client that handles what comes in the order in which it comes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import engineio
import socketio


class _OnePacketAfterAnother(engineio.Client):  # type: ignore[misc]  # the library has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._in_turn = ThreadPoolExecutor(1)

    def start_background_task(self, target: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if target == self.handlers.get("message"):
            return self._in_turn.submit(target, *args, **kwargs)
        return super().start_background_task(target, *args, **kwargs)


class InOrderClient(socketio.Client):  # type: ignore[misc]
    """The library starts a thread for every packet, so of two events that come together the later one may be handled
    first. Here one thread handles them all: a handler must not ask the server anything."""

    def _engineio_client_class(self) -> type[engineio.Client]:
        return _OnePacketAfterAnother
