"""What happens, and what is logged, when the database fails underneath."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, OperationalError
from structlog.testing import capture_logs

from application.base.database import db
from application.matches import deadlines
from tests.conftest import PATIENCE_SECONDS
from tests.integration.conftest import House

AWAY = OperationalError("SELECT 1", {}, Exception("server closed the connection\nand more"))


def test_an_error_does_not_tell_what_was_written(house: House, workspace: Path) -> None:
    with pytest.raises(DBAPIError) as failed:
        db.session.execute(text("SELECT 1 / 0 WHERE :code = :code"), {"code": "print('a secret idea')"})
    db.session.rollback()
    assert "secret" not in str(failed.value)
    log = workspace / "postgres" / "postgres.log"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while "division by zero" not in log.read_text():  # what PostgreSQL reports is on its way through a pipe
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert "secret" not in log.read_text()


def test_the_timekeeper_is_left_to_say_once_that_the_database_is_away(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def away(*_: object) -> Iterator[None]:
        raise AWAY
        yield

    monkeypatch.setattr(deadlines, "transaction", away)
    with capture_logs() as logged, pytest.raises(OperationalError):
        house.codemaze.matches.deadlines.handle_due()
    assert logged == []


def test_a_disconnect_that_cannot_be_written_down_is_only_logged(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    user = house.user("ada")
    with house.app.app_context():
        token = house.codemaze.accounts.tokens.issue(house.codemaze.accounts.users.get(user))
    client = house.codemaze.web.socketio.test_client(house.app, auth={"token": token})
    assert client.is_connected()

    def away(_user_id: int) -> None:
        raise AWAY

    monkeypatch.setattr(house.codemaze.matches.arrivals, "offline", away)
    with capture_logs() as logged:
        client.disconnect()
    assert [(entry["event"], entry["user_id"]) for entry in logged] == [("disconnect_not_recorded", user)]
    assert not house.codemaze.sockets.connections.is_online(user)
