"""The other baseline: what a journal costs at the least, where nobody checks who asks, or what, or whether they may.

A Flask-SocketIO server of the same kind that locks a room's row, inserts an event, sets the room's new version and
commits, with psycopg2, and then tells everybody in the room: in four trips to PostgreSQL, or in one.
"""

from gevent import monkey

monkey.patch_all()

from psycogreen.gevent import patch_psycopg

patch_psycopg()

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
from flask_socketio import emit
from gevent.queue import LifoQueue
from psycopg2.extensions import cursor
from psycopg2.extras import Json

from benchmarks.baseline import new_app, serve

ROOMS = 10_000
CONNECTIONS = 20
"""To the database, as many as Codemaze has."""

_TABLES = f"""
CREATE TABLE lean_rooms (id integer PRIMARY KEY, version integer NOT NULL, changed_at timestamptz NOT NULL);
CREATE TABLE lean_events (
    room integer NOT NULL, version integer NOT NULL, at timestamptz NOT NULL, body jsonb NOT NULL,
    PRIMARY KEY (room, version)
);
INSERT INTO lean_rooms SELECT number, 0, now() FROM generate_series(1, {ROOMS}) number;
CREATE FUNCTION lean_append(asked integer, event jsonb) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE new integer;
BEGIN
    UPDATE lean_rooms SET version = version + 1, changed_at = now() WHERE id = asked RETURNING version INTO new;
    INSERT INTO lean_events VALUES (asked, new, now(), event);
    RETURN new;
END $$;
"""

app, socketio = new_app()
idle: LifoQueue[Any] = LifoQueue()


@contextmanager
def _database() -> Iterator[cursor]:
    """A connection that nobody else has meanwhile. What is not begun otherwise is committed at once."""
    connection = idle.get()
    try:
        with connection.cursor() as asked:
            yield asked
    finally:
        idle.put(connection)


def _tell(room: int, version: int, event: dict[str, Any]) -> dict[str, Any]:
    emit("appended", {"room": room, "version": version, "event": event}, to=room)
    return {"ok": True, "version": version}


@socketio.on("four_trips")
def four_trips(message: dict[str, Any]) -> dict[str, Any]:
    """Append what came to its room's journal, one statement after the other."""
    room, event = message["room"], message["event"]
    with _database() as database:
        database.execute("BEGIN; SELECT version FROM lean_rooms WHERE id = %s FOR UPDATE", (room,))
        version = _number(database) + 1
        database.execute("INSERT INTO lean_events VALUES (%s, %s, now(), %s)", (room, version, Json(event)))
        database.execute("UPDATE lean_rooms SET version = %s, changed_at = now() WHERE id = %s", (version, room))
        database.execute("COMMIT")
    return _tell(room, version, event)


@socketio.on("one_trip")
def one_trip(message: dict[str, Any]) -> dict[str, Any]:
    """The same in one statement, which is a transaction of its own."""
    room, event = message["room"], message["event"]
    with _database() as database:
        database.execute("SELECT lean_append(%s, %s)", (room, Json(event)))
        version = _number(database)
    return _tell(room, version, event)


def _number(database: cursor) -> int:
    row = database.fetchone()
    assert row is not None
    return int(row[0])


def main(port: int, url: str) -> None:
    """Make the tables and serve."""
    for _ in range(CONNECTIONS):
        connection = psycopg2.connect(url)
        connection.autocommit = True
        idle.put(connection)
    with _database() as database:
        database.execute(_TABLES)
    serve(app, port)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
