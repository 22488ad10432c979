"""What ``/health/ready`` looks at: each check says what is wrong, or None."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import structlog
from sqlalchemy import text

from application.base.config import Settings
from application.base.database import db
from application.judge.machine import Judge
from application.judge.sandbox.store import MIB, free_bytes
from application.problems.catalogue.service import Problems
from application.realtime.relay import Relay

Check = Callable[[], str | None]

log = structlog.get_logger()


def checks(settings: Settings, judge: Judge, problems: Problems, relay: Relay[Any]) -> dict[str, Check]:
    """The checks of this server, by name."""
    return {
        "database": _database,
        "disk": partial(_disk, settings),
        **({"redis": partial(_shared, relay)} if relay.has_redis else {}),
        "sandbox": partial(_sandbox, judge),
        "problems": partial(_problems, problems),
    }


def _database() -> str | None:
    try:
        db.session.execute(text("SELECT 1"))
    except Exception:
        db.session.rollback()
        log.exception("database_away")
        return "cannot be reached; the log says why"
    return None


def _disk(settings: Settings) -> str | None:
    free = free_bytes(settings.data_folder) // MIB
    enough = free >= settings.disk_free_mib
    return None if enough else f"{free} MiB are free in DATA_FOLDER; DISK_FREE_MIB is {settings.disk_free_mib}"


def _shared(relay: Relay[Any]) -> str | None:
    return None if relay.is_reachable() else "Redis cannot be reached; each process goes on by itself"


def _sandbox(judge: Judge) -> str | None:
    return None if judge.self_test.ok else "; ".join(judge.self_test.problems)


def _problems(problems: Problems) -> str | None:
    try:
        return None if problems.count_in_play() else "no problem is in play yet"
    except Exception:
        db.session.rollback()
        return "unknown, as the database is away"
