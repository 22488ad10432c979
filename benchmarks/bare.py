"""The baseline: a Flask-SocketIO server of the same kind that does nothing but pass messages on in rooms of two."""

from gevent import monkey

monkey.patch_all()

import gc
import sys
from itertools import count
from socket import IPPROTO_TCP, TCP_NODELAY
from typing import Any

from flask import Flask, Response, jsonify, request
from flask_socketio import SocketIO, emit, join_room
from gevent.pywsgi import WSGIHandler, WSGIServer

app = Flask(__name__)
socketio = SocketIO(app, async_mode="gevent", manage_session=False)
waiting: list[str] = []
numbers = count()


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


@socketio.on("pair")
def pair() -> dict[str, bool]:
    """Share a new room with whoever waits, or wait."""
    sid: str = request.sid  # type: ignore[attr-defined]
    if not waiting:
        waiting.append(sid)
        return {"ok": True}
    room = f"room {next(numbers)}"
    for each in (waiting.pop(), sid):
        join_room(room, sid=each)
    emit("paired", {"room": room}, to=room)
    return {"ok": True}


@app.get("/users/leaderboard")
def leaderboard() -> Response:
    """A hundred users, always the same."""
    return jsonify([{"id": number, "username": f"user-{number}", "xp": 1000 - number} for number in range(100)])


class Handler(WSGIHandler):
    """Sends small packets at once, as Codemaze does; without it every acknowledgement after an event takes 40 ms."""

    def handle(self) -> None:
        """Serve one connection."""
        self.socket.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        super().handle()


if __name__ == "__main__":
    server = WSGIServer(("127.0.0.1", int(sys.argv[1])), app, log=None, handler_class=Handler)
    server.start()
    gc.set_threshold(700, 10, 1_000_000)  # as Codemaze does, or its 1,000 rooms would be compared with pauses
    print("stop it: Ctrl-C", flush=True)
    server.serve_forever()
