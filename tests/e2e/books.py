"""The books of a server: what its database must say during a storm and after it, and what clients were told of it."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg2
from sqlalchemy import make_url

from tests.e2e.player import WAIT_SECONDS, Json

Rows = list[tuple[Any, ...]]

GLANCE_SECONDS = 0.01
"""How long the auditor looks away while matches are being played."""

AT_ANY_MOMENT = """
SELECT (SELECT coalesce(sum(xp), 0) FROM users),
       (SELECT 10 * count(*) FROM matches WHERE winner_id IS NOT NULL AND (outcome->>'rated')::boolean),
       (SELECT count(*) FROM room_events WHERE name = 'match_finished'),
       (SELECT count(*) FROM matches WHERE finished_at IS NOT NULL),
       (SELECT count(*) FROM room_events), (SELECT coalesce(sum(version), 0) FROM rooms)
"""
"""One statement sees one moment: points and winners, endings and finished matches, events and versions agree in it."""

NEVER = {
    "a match that goes on": "SELECT room FROM matches WHERE finished_at IS NULL",
    "a hole in a journal": """
        SELECT r.code, r.version, count(*), min(e.version), max(e.version)
        FROM rooms r LEFT JOIN room_events e ON e.room_id = r.id GROUP BY r.id
        HAVING count(*) <> r.version OR max(e.version) <> r.version OR min(e.version) <> 1""",
    "a match that did not end once, with its last event, as its row says": """
        SELECT m.room, m.winner_id, m.outcome FROM matches m JOIN rooms r ON r.id = m.room_id
        LEFT JOIN room_events e ON e.room_id = r.id AND e.version = r.version AND e.name = 'match_finished'
        WHERE e.version IS NULL OR m.outcome IS DISTINCT FROM e.payload OR m.finished_at <> e.at
           OR m.winner_id IS DISTINCT FROM (e.payload->>'winner_id')::int
           OR 1 <> (SELECT count(*) FROM room_events o WHERE o.room_id = m.room_id AND o.name = 'match_finished')""",
    "an outcome other than one winner and losers, or draws all round": """
        SELECT m.room, m.winner_id, r.won, r.drawn, r.players FROM matches m CROSS JOIN LATERAL (
            SELECT array_agg((p->>'user_id')::int) FILTER (WHERE p->>'result' = 'won') AS won,
                   count(*) FILTER (WHERE p->>'result' = 'draw') AS drawn, count(*) AS players
            FROM jsonb_array_elements(m.outcome->'players') p) r
        WHERE CASE WHEN m.winner_id IS NULL THEN r.won IS NOT NULL OR r.drawn <> r.players
                   ELSE r.won IS DISTINCT FROM ARRAY[m.winner_id] OR r.drawn <> 0 END""",
    "a player whose points are not those of their matches": """
        SELECT u.username, u.xp, u.wins, u.losses, t.won, t.lost FROM users u CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE m.winner_id = u.id) AS won,
                   count(*) FILTER (WHERE m.winner_id <> u.id) AS lost
            FROM match_players p JOIN matches m ON m.id = p.match_id AND (m.outcome->>'rated')::boolean
            WHERE p.user_id = u.id) t
        WHERE (u.xp, u.wins, u.losses) IS DISTINCT FROM (10 * t.won, t.won, t.lost)""",
    "a submission that was not received once": """
        SELECT s.id, count(e.version) FROM submissions s LEFT JOIN room_events e ON e.room_id = s.match_id
            AND e.name = 'submission_received' AND (e.payload->>'submission_id')::bigint = s.id
        GROUP BY s.id HAVING count(e.version) <> 1""",
    "a submission of the journal that is not kept": """
        SELECT e.room_id, e.payload FROM room_events e
        LEFT JOIN submissions s ON s.id = (e.payload->>'submission_id')::bigint AND s.match_id = e.room_id
        WHERE e.name IN ('submission_received', 'submission_judged') AND s.id IS NULL""",
    "a submission that was not judged once, unless its match was over first": """
        SELECT s.id, s.verdict, s.judged_at, m.finished_at, count(e.version) FROM submissions s
        JOIN matches m ON m.id = s.match_id
        LEFT JOIN room_events e ON e.room_id = s.match_id AND e.name = 'submission_judged'
            AND (e.payload->>'submission_id')::bigint = s.id
        GROUP BY s.id, m.id HAVING count(e.version) > 1 OR (count(e.version) = 0 AND s.judged_at < m.finished_at)""",
    "a verdict that differs from the journal's": """
        SELECT s.id, s.verdict, e.payload FROM submissions s JOIN room_events e ON e.room_id = s.match_id
            AND e.name = 'submission_judged' AND (e.payload->>'submission_id')::bigint = s.id
        WHERE (s.verdict, s.passed, s.total) IS DISTINCT FROM
            (e.payload->>'verdict', (e.payload->>'passed')::int, (e.payload->>'total')::int)""",
}
"""What there must be none of once all matches of a batch are over, with the rows to show if there is."""


@dataclass(frozen=True)
class Told:
    """An event as a client was told of it live."""

    room: str
    version: int
    name: str
    at: datetime
    submission_id: int | None

    @classmethod
    def of(cls, name: str, body: Json) -> Told:
        """What matters of an envelope."""
        at = datetime.fromisoformat(body["at"])
        return cls(body["room"], body["version"], name, at, body.get("submission_id"))


class Auditor:
    """Reads a server's database while matches are played, and all of it when they are over."""

    def __init__(self, database_url: str) -> None:
        self._dsn = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._told: list[Told] = []
        self._found: list[str] = []
        self._lookups = _Reader(self._dsn)

    def told(self, name: str, body: Json) -> None:
        """A client has just been told of this event, so it must be in the journal by now."""
        told = Told.of(name, body)
        self._told.append(told)
        with contextlib.suppress(psycopg2.Error):  # the database is away, and asked afterwards
            self._look_up(told, self._lookups)

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Within the block, look again and again at what must hold at any moment."""
        over = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(over,), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()

    def audit(self) -> None:
        """All matches are over. What clients were told is true, and the books are in order."""
        reader = _Reader(self._dsn)
        for told in self._told:
            self._look_up(told, reader)
        self._told.clear()
        assert self._found == [], self._found[:10]
        deadline = time.monotonic() + WAIT_SECONDS
        while pending := reader.ask("SELECT id, match_id, received_at FROM submissions WHERE verdict IS NULL"):
            assert time.monotonic() < deadline, f"submissions that nobody judges: {pending}"
            time.sleep(0.1)
        for wrong, statement in NEVER.items():
            rows = reader.ask(statement)
            assert rows == [], f"{wrong}: {rows[:5]}"
        reader.close()

    def wait_for_database(self) -> None:
        """Until it takes connections."""
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            reader = _Reader(self._dsn)
            try:
                reader.ask("SELECT 1")
                reader.close()
                return
            except psycopg2.Error:
                assert time.monotonic() < deadline, "the database does not come back"
                time.sleep(0.05)

    def _look_up(self, told: Told, reader: _Reader) -> None:
        rows = reader.ask(
            "SELECT e.name, e.at, (e.payload->>'submission_id')::bigint FROM room_events e "
            "JOIN matches m ON m.id = e.room_id WHERE m.room = %s AND e.version = %s",
            (told.room, told.version),
        )
        written = [
            (name, at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000), submission_id)
            for name, at, submission_id in rows
        ]
        if written != [(told.name, told.at, told.submission_id)]:
            self._found.append(f"a client was told of {told}; in the journal there is {written or 'nothing'}")

    def _watch(self, over: threading.Event) -> None:
        reader = _Reader(self._dsn)
        while not over.wait(GLANCE_SECONDS):
            with contextlib.suppress(psycopg2.Error):
                xp, won, endings, finished, events, versions = reader.ask(AT_ANY_MOMENT)[0]
                if (xp, endings, events) != (won, finished, versions):
                    self._found.append(
                        f"in one moment {xp} points and {won} for the winners, {endings} endings and {finished} "
                        f"finished matches, {events} events and {versions} versions"
                    )
        reader.close()


class _Reader:
    """One connection, made anew when the database has been away, for one caller at a time."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: Any = None
        self._turn = threading.Lock()

    def ask(self, statement: str, values: Sequence[object] = ()) -> Rows:
        """The rows; raises psycopg2.Error where the database is away."""
        with self._turn:
            try:
                if self._connection is None:
                    self._connection = psycopg2.connect(self._dsn)
                    self._connection.autocommit = True
                with self._connection.cursor() as cursor:
                    cursor.execute(statement, values or None)
                    rows: Rows = cursor.fetchall()
                    return rows
            except psycopg2.Error:
                self._drop()
                raise

    def close(self) -> None:
        """End the connection."""
        with self._turn:
            self._drop()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(psycopg2.Error):
                connection.close()
