"""A new capability is its own folder, ``tests/toy``, and one line in the list of the house."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, cast

import pytest
from sqlalchemy import Table

from application import house
from application.base.clock import utc_now
from application.base.config import Settings
from application.base.database import db
from application.house import Codemaze
from application.judge.machine import Judge
from application.realtime.contribution import Contribution, together
from tests.conftest import Databases

With = Callable[[Contribution], Codemaze]


@pytest.fixture
def furnished(databases: Databases, judge: Judge) -> Iterator[Codemaze]:
    """A server whose doors are still closed, within its application context."""
    settings = replace(Settings(), database_url=databases.new(), jwt_secret_key="k" * 32)
    codemaze = house.furnish(settings, judge, utc_now, None)
    with codemaze.web.app.app_context():
        yield codemaze
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def applause() -> Iterator[Table]:
    """The toy's table, which is no table of Codemaze's when the test is over."""
    from tests.toy.models import Applause

    table = cast(Table, Applause.__table__)
    yield table
    db.metadata.remove(table)


def test_a_capability_is_a_folder_and_a_line(furnished: Codemaze, applause: Table) -> None:
    from tests.toy import parts as toy_parts

    house.open_doors(furnished, [*furnished.contributions, toy_parts.build(furnished.matches.timekeeper.stop)])

    applause.create(db.engine)
    app, socketio = furnished.web.app, furnished.web.socketio
    client = app.test_client()
    ada = furnished.accounts.users.register("ada", "correct horse battery")
    token = furnished.accounts.tokens.issue(ada)
    socket = socketio.test_client(app, auth={"token": token})

    def applaud(**asked: Any) -> dict[str, Any]:
        return socket.emit("applaud", asked, callback=True)

    assert client.get("/health/ready").get_json()["checks"]["applause"] == {"ok": False, "message": "nobody claps"}
    assert applaud(times=3) == {"ok": True, "claps": 3}
    assert applaud(times=3)["code"] == "too_much_applause"
    assert applaud(times=0)["fields"].keys() == {"times"}
    assert client.get("/applause").get_json() == {"claps": 3}
    assert client.get("/health/ready").get_json()["checks"]["applause"]["ok"]
    assert "toy_claps 3.0" in client.get("/metrics").text
    assert "get" in client.get("/swagger.json").get_json()["paths"]["/applause"]
    assert "applaud" in client.get("/asyncapi.json").get_json()["operations"]
    furnished.matches.timekeeper.run()  # until the toy's own work stops it


def test_what_fails_regularly_keeps_nobody_else_from_their_work(furnished: Codemaze) -> None:
    timekeeper, tried, done = furnished.matches.timekeeper, [], []

    def fail() -> None:
        tried.append(1)
        timekeeper.stop()
        raise RuntimeError("on purpose")

    timekeeper.also([(1, fail), (1, lambda: done.append(1))])
    timekeeper.run()
    assert (tried, done) == ([1], [1])


@pytest.mark.parametrize("named", ["checks", "numbers", "told"])
def test_a_name_is_taken_once(named: str) -> None:
    one: dict[str, Any] = {named: {"same": lambda: None}}
    with pytest.raises(ValueError, match="same"):
        together([Contribution(**one), Contribution(**one)])
