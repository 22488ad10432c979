"""The Flask extensions that more than one part needs, and the one way to make a transaction."""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import IntEnum
from typing import Any

import structlog
from flask import request
from flask_jwt_extended import JWTManager
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from gevent.monkey import get_original
from psycopg2 import Error
from sqlalchemy import DateTime, MetaData, event, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, registry, scoped_session
from sqlalchemy.pool import Pool, PoolProxiedConnection

log = structlog.get_logger()


class Base(DeclarativeBase):
    """What every table inherits: times with a zone, JSON as JSONB, and predictable names for constraints."""

    registry = registry(
        type_annotation_map={datetime: DateTime(timezone=True), dict[str, Any]: JSONB, list[Any]: JSONB},
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_label)s",
                "uq": "uq_%(table_name)s_%(column_0_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
    )


db = SQLAlchemy(model_class=Base)
migrate = Migrate()
jwt = JWTManager()
limiter = Limiter(key_func=get_remote_address, headers_enabled=True)


@limiter.request_filter
def is_preflight() -> bool:
    """Whether the request is a browser's question whether a page may ask: it is not the page's own request."""
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


class AdvisoryLock(IntEnum):
    """The keys of PostgreSQL's advisory locks, over all processes; nowhere else is one taken. They are taken before any
    row is locked, and never two of them at once."""

    MIGRATING = 0x636D_6D69
    """One process migrates and seeds, others wait."""
    PROVING = 0x636D_7072
    """One process proves the rest of the bank."""
    PAIRING = 0x636D_7061
    """Pairings take turns."""
    JOINING = 0x636D_636C
    """Joinings of the classic client take turns."""
    REPORTING = 0x636D_7270
    """Reports on problems take turns."""
    WANTING = 0x636D_6477
    """With a user's id: their wishes for new problems take turns."""
    STORING = 0x636D_6473
    """New problems take turns on their way into play."""
    STOCKING = 0x636D_7374
    """One process fills the stock of generated problems."""
    SAYING = 0x636D_7361
    """With a user's id: what they say in chats is written down in turn."""
    BOOKING = 0x6169_5F63
    """Calls of the model are booked one after the other: two could both fit into what is left."""


_poll = get_original(
    "select", "poll"
)  # it is asked what is so, not waited for, so no other greenlet need have its turn


@event.listens_for(Pool, "checkout")
def _must_be_alive(connection: Any, _record: object, _proxy: object) -> None:
    """A connection whose server has gone away is readable without having been asked anything: such a one is replaced.

    It costs no trip, as asking the server would.
    """
    try:
        descriptor = connection.fileno()
    except Error:  # it is closed
        descriptor = -1
    watched = _poll()
    if descriptor >= 0:
        watched.register(descriptor, select.POLLIN | select.POLLHUP | select.POLLERR)
    if descriptor < 0 or watched.poll(0):
        raise DisconnectionError


def what_is_wrong() -> str | None:
    """None where the database answers."""
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:
        db.session.rollback()
        log.exception("database_away")
        return "cannot be reached; the log says why"
    return None


def connect() -> PoolProxiedConnection:
    """A connection out of the pool, for those who do without SQLAlchemy on it; needs an application context."""
    return db.engine.raw_connection()


@contextmanager
def transaction() -> Iterator[scoped_session[Session]]:
    """Commit what is done inside when it ends well, and undo it when it does not."""
    try:
        yield db.session
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
