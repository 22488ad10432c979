"""Transactions in plain SQL, with as few round trips to PostgreSQL as possible."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg2
from sqlalchemy import exc
from sqlalchemy.pool import PoolProxiedConnection

Connect = Callable[[], PoolProxiedConnection]
"""Takes a connection out of the pool."""

Row = tuple[Any, ...]


class Transaction:
    """One transaction. Writes are sent together with the next query, or with the commit.

    It begins with the first query that is not the last one. A transaction of one round trip needs neither a ``BEGIN``
    nor a ``COMMIT``: statements that come together are one transaction anyway.
    """

    def __init__(self, connection: PoolProxiedConnection) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._waiting: list[bytes] = []
        self._begun = False

    def write(self, statement: str, values: Sequence[object] | dict[str, Any] = ()) -> None:
        """Send a statement of which no result is needed; only its failure is noticed."""
        self._waiting.append(self._cursor.mogrify(statement, values))

    def read(self, statement: str, values: Sequence[object] | dict[str, Any] = ()) -> list[Row]:
        """Query, after everything that was written; the transaction goes on."""
        self.write(statement, values)
        if not self._begun:
            self._waiting.insert(0, b"BEGIN")
            self._begun = True
        return self._send()

    def last(self, statement: str, values: Sequence[object] | dict[str, Any] = ()) -> list[Row]:
        """Query, after everything that was written, and commit. Only when there was no query before."""
        assert not self._begun, "the answer of a commit holds no rows"
        self.write(statement, values)
        return self._send()

    def commit(self) -> None:
        """Send what is left, and commit."""
        if self._begun:
            self._waiting.append(b"COMMIT")
        if self._waiting:
            self._send()
        self._begun = False

    def roll_back(self) -> None:
        """Undo all of it."""
        self._waiting.clear()
        if self._begun and not self._connection.dbapi_connection.closed:  # type: ignore[union-attr]
            self._waiting.append(b"ROLLBACK")
            self._send()
        self._begun = False

    def _send(self) -> list[Row]:
        statements, self._waiting = b";".join(self._waiting), []
        try:
            self._cursor.execute(statements)
        except psycopg2.Error as error:
            raise _known(error) from None
        return list(self._cursor.fetchall()) if self._cursor.description else []


@contextmanager
def transaction(connect: Connect) -> Iterator[Transaction]:
    """A transaction that is committed when the block ends normally, and rolled back when it raises.

    Raises what SQLAlchemy raises, without the statement in the message: it has what players wrote in it.
    """
    connection = connect()
    healthy = False
    try:
        connection.dbapi_connection.autocommit = True  # type: ignore[union-attr]
        begun = Transaction(connection)
        try:
            yield begun
            begun.commit()
        except Exception:
            begun.roll_back()
            healthy = True
            raise
        healthy = True
    finally:
        if healthy and not connection.dbapi_connection.closed:  # type: ignore[union-attr]
            connection.dbapi_connection.autocommit = False  # type: ignore[union-attr]
        else:  # broken off in the middle: nobody knows what it would answer next
            connection.invalidate()
        connection.close()


def _known(error: psycopg2.Error) -> exc.DBAPIError:
    """The error as SQLAlchemy names it, in PostgreSQL's words of one line: the others quote the statement."""
    said = type(error)(str(error).partition("\n")[0])
    wrapped = exc.DBAPIError.instance(None, None, said, psycopg2.Error)
    assert isinstance(wrapped, exc.DBAPIError)
    wrapped.__cause__ = None
    return wrapped
