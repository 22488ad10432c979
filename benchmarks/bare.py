"""The baseline: a Flask-SocketIO server of the same kind that does nothing but pass messages on in rooms of two."""

from gevent import monkey

monkey.patch_all()

import sys
from itertools import count
from typing import Any

from flask import Response, jsonify, request
from flask_socketio import emit, join_room

from benchmarks.baseline import new_app, serve

app, socketio = new_app()
waiting: list[str] = []
numbers = count()


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


if __name__ == "__main__":
    serve(app, int(sys.argv[1]))
