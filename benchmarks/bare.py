"""The baseline: a Flask-SocketIO server of the same kind that does nothing but pass messages on in rooms of two."""

from gevent import monkey

monkey.patch_all()

import sys
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any

from flask import Flask
from flask_socketio import SocketIO, emit, join_room
from gevent.pywsgi import WSGIHandler, WSGIServer

app = Flask(__name__)
socketio = SocketIO(app, async_mode="gevent", manage_session=False)


@socketio.on("join")
def join(room: str) -> dict[str, bool]:
    """Enter a room."""
    join_room(room)
    return {"ok": True}


@socketio.on("relay")
def relay(message: dict[str, Any]) -> dict[str, bool]:
    """Pass a message on to everybody in its room."""
    emit("relayed", message, to=message["room"])
    return {"ok": True}


class Handler(WSGIHandler):
    """Sends small packets at once, as Codemaze does; without it every acknowledgement after an event takes 40 ms."""

    def handle(self) -> None:
        """Serve one connection."""
        self.socket.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        super().handle()


if __name__ == "__main__":
    server = WSGIServer(("127.0.0.1", int(sys.argv[1])), app, log=None, handler_class=Handler)
    server.start()
    print("stop it: Ctrl-C", flush=True)
    server.serve_forever()
