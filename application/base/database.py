"""The Flask extensions that more than one part needs, and the one way to make a transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask import request
from flask_jwt_extended import JWTManager
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import DateTime, MetaData
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, registry, scoped_session


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


@contextmanager
def transaction() -> Iterator[scoped_session[Session]]:
    """Commit what is done inside when it ends well, and undo it when it does not."""
    try:
        yield db.session
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
