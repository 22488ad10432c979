"""Who is connected, over all server processes, and which of the processes are alive.

Each process keeps a row for itself, which it renews every second, and one for each user who has a connection to it. A
process that no longer renews its row is buried by the others: its users count as gone from there, and the submissions
it was to have judged are taken over.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from application.base.turns import Turns
from application.base.version import VERSION
from application.journal.transaction import Connect, Transaction, transaction

DEAD_SECONDS = 8
"""A process that has not renewed its row for this long is dead, or cut off from the database."""


class LocalPresence(Protocol):
    """The connections of this process. One that has left the room of its user's match does not count."""

    def is_online(self, user_id: int) -> bool:
        """Whether the user has a connection here."""
        ...

    def user_ids(self) -> list[int]:
        """Everybody who has."""
        ...

    def silent_user_ids(self) -> set[int]:
        """Those of them who have not been heard from for too long."""
        ...


class Roster:
    """This process's part in the roster, and a view of the whole."""

    def __init__(self, local: LocalPresence, connect: Connect, alone: bool) -> None:
        """``alone`` says that there is no second process, so that any other row found at a start belongs to a process
        that has ended."""
        self._local, self._connect, self._alone = local, connect, alone
        self._process_id: int | None = None
        self._unsettled: set[int] = set()
        self._beating_since: float | None = None
        self._turns: Turns[int] = Turns()

    @property
    def process_id(self) -> int:
        """The number of this process in the database, where it is entered when first asked for."""
        if self._process_id is None:
            with transaction(self._connect) as asked:
                ((self._process_id,),) = asked.last(_ENTER, (VERSION,))
        return self._process_id

    def is_online(self, user_id: int, asked: Transaction) -> bool:
        """Whether the user has a connection to any process, or is a bot."""
        return self._local.is_online(user_id) or bool(asked.read(_ANYWHERE, (user_id,))[0][0])

    def present(self, user_ids: Sequence[int], asked: Transaction) -> set[int]:
        """Those of the users who have a connection to any process, or are bots."""
        elsewhere = {row[0] for row in asked.read(_PRESENT, (list(user_ids),))}
        return {user_id for user_id in user_ids if user_id in elsewhere or self._local.is_online(user_id)}

    def silent_user_ids(self) -> set[int]:
        """Who has connections to this process, but none that something is heard of, or has just lost them, which is not
        yet written down."""
        leaving = {user_id for user_id in self._unsettled if not self._local.is_online(user_id)}
        return self._local.silent_user_ids() | leaving

    @contextmanager
    def settling(self, user_id: int) -> Iterator[Transaction]:
        """A transaction that first writes down whether the user is connected here. What cannot be written is tried
        again with each ``beat``."""
        self._unsettled.add(user_id)
        process_id = self.process_id
        # Of a connection that ends and one that opens at once, the later one to have its turn sees what is true. No
        # other process writes the rows of this one.
        with self._turns.of(user_id):
            with transaction(self._connect) as asked:
                if self._local.is_online(user_id):
                    asked.write(_HERE, (user_id, process_id))
                else:
                    asked.write(_NOT_HERE, (process_id, user_id))
                yield asked
            self._unsettled.discard(user_id)

    def beat(self) -> None:
        """Show that this process is alive, write down what could not be written before, and bury the dead."""
        try:
            with transaction(self._connect) as asked:
                if not asked.last(_SEEN, (self.process_id,)):
                    self._enter_again()
            for user_id in list(self._unsettled):
                with self.settling(user_id):
                    pass
        except SQLAlchemyError:
            self._beating_since = None
            raise
        now = time.monotonic()
        self._beating_since = self._beating_since or now
        # After an outage of the database everybody's row is old, until each has had its chance to renew it.
        if now - self._beating_since > DEAD_SECONDS:
            self._bury(DEAD_SECONDS)

    def start(self) -> None:
        """Called when this process begins. Where there is only one at a time, what its predecessor left is freed."""
        self.beat()
        if self._alone:
            self._bury(None)

    def leave(self) -> None:
        """Called when this process ends."""
        with transaction(self._connect) as asked:
            asked.write("DELETE FROM server_processes WHERE id = %s", (self.process_id,))

    def _enter_again(self) -> None:
        """The other processes have declared this one dead, too early."""
        with transaction(self._connect) as asked:
            asked.write(_ENTER_AGAIN, (self.process_id, VERSION))
        self._unsettled.update(self._local.user_ids())

    def _bury(self, seconds: float | None) -> None:
        """The processes that were not seen for so long; None: all others."""
        which, values = "", list[float]((self.process_id,))
        if seconds is not None:
            which, values = " AND seen_at < now() - %s * interval '1 second'", [self.process_id, seconds]
        dead = "SELECT id FROM server_processes WHERE id <> %s" + which
        with transaction(self._connect) as asked:
            if asked.last(dead + " LIMIT 1", values):
                with transaction(self._connect) as burying:
                    burying.write(f"DELETE FROM server_processes WHERE id IN ({dead} FOR UPDATE SKIP LOCKED)", values)


def note_absences(written: Transaction, at: datetime, seconds: float) -> None:
    """Players who play or wait without a connection get ``seconds`` from now to reconnect.

    After that a player counts as gone. Players who count as gone already, or have such a deadline, are left out.
    """
    written.write(_ABSENT_PLAYERS, (at + timedelta(seconds=seconds),))
    written.write(_ABSENT_WAITING, (at,))


def is_here(user_id: str) -> str:
    """The condition, in SQL, that the user of this expression has a connection, or is a bot, which needs none."""
    return f"""(EXISTS (SELECT 1 FROM attendances a WHERE a.user_id = {user_id})
        OR EXISTS (SELECT 1 FROM users b WHERE b.id = {user_id} AND b.bot))"""


_ENTER = "INSERT INTO server_processes (seen_at, release) VALUES (now(), %s) RETURNING id"
_ENTER_AGAIN = "INSERT INTO server_processes (id, seen_at, release) VALUES (%s, now(), %s)"
_SEEN = "UPDATE server_processes SET seen_at = now() WHERE id = %s RETURNING id"
_PRESENT = f"SELECT u.id FROM users u WHERE u.id = ANY(%s) AND {is_here('u.id')}"
_ANYWHERE = f"SELECT coalesce((SELECT {is_here('u.id')} FROM users u WHERE u.id = %s), false)"
# Nowhere, where this process was buried too early; it then writes down everybody with its next beat.
_HERE = """
    INSERT INTO attendances (process_id, user_id) SELECT id, %s FROM server_processes WHERE id = %s
    ON CONFLICT DO NOTHING"""
_NOT_HERE = "DELETE FROM attendances WHERE process_id = %s AND user_id = %s"
_ABSENT_PLAYERS = f"""
    INSERT INTO deadlines (match_id, kind, user_id, due_at)
    SELECT p.match_id, 'absence', p.user_id, %s FROM match_players p WHERE p.live AND NOT p.gone
    AND NOT {is_here("p.user_id")}
    AND NOT EXISTS (
        SELECT 1 FROM deadlines d WHERE d.match_id = p.match_id AND d.user_id = p.user_id AND d.kind = 'absence')"""
_ABSENT_WAITING = """
    UPDATE lobby_entries l SET absent_since = %s
    WHERE l.absent_since IS NULL AND NOT EXISTS (SELECT 1 FROM attendances a WHERE a.user_id = l.user_id)"""
