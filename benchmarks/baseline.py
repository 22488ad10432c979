"""What the baselines share: rooms that connections enter, on an HTTP server of the kind that Codemaze has."""

from __future__ import annotations

import gc
from socket import IPPROTO_TCP, TCP_NODELAY

from flask import Flask
from flask_socketio import SocketIO, join_room
from gevent.pywsgi import WSGIHandler, WSGIServer


def new_app() -> tuple[Flask, SocketIO]:
    """An application in which a connection enters a room with ``join``."""
    app = Flask(__name__)
    socketio = SocketIO(app, async_mode="gevent", manage_session=False)

    def join(room: str) -> dict[str, bool]:
        join_room(room)
        return {"ok": True}

    socketio.on_event("join", join)
    return app, socketio


class Handler(WSGIHandler):
    """Sends small packets at once, as Codemaze does; without it every acknowledgement after an event takes 40 ms."""

    def handle(self) -> None:
        """Serve one connection."""
        self.socket.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        super().handle()


def serve(app: Flask, port: int) -> None:
    """Serve for ever."""
    server = WSGIServer(("127.0.0.1", port), app, log=None, handler_class=Handler)
    server.start()
    gc.set_threshold(700, 10, 1_000_000)  # as Codemaze does, or its 1,000 rooms would be compared with pauses
    print("stop it: Ctrl-C", flush=True)
    server.serve_forever()
