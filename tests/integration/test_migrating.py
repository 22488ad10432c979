"""From a database of version 1.0.0, with a live match in it, to one of rooms: with servers of that version still
running (0011 and what expands since), and after the last of them has gone (0012)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from application import serving
from application.base.database import db
from application.judge.machine import Judge
from application.matches import errors
from tests.conftest import Databases
from tests.integration.conftest import Clock, House

BEFORE = Path(__file__).parents[1] / "migration_cases" / "v1.0.0.sql"
"""Eve and Dan are in the middle of a match, Eve's submission was wrong, Dan's is being judged; Ada has won against Bob;
Zoe waits in the lobby."""

EVE, DAN, ZOE, ADA = 3, 4, 5, 1
ROOM, OVER = "FPDQJO", "VSDATY"


@pytest.fixture
def house(databases: Databases, judge: Judge) -> Iterator[House]:
    """A server of this version on a database of the version before, not yet migrated."""
    house = House(databases.empty(), judge, Clock())
    with house.app.app_context():
        upgrade(revision="0010")
        with db.engine.begin() as connection:
            connection.exec_driver_sql(BEFORE.read_text().replace("%", "%%"))
        house.clock.advance(60)
        yield house
        db.session.remove()
        db.engine.dispose()


def before(house: House, statement: str, **values: object) -> object:
    """What a server of the version before does, in a transaction of its own."""
    with db.engine.begin() as connection:
        answer = connection.execute(text(statement), values)
        return answer.scalar() if answer.returns_rows else None


def test_a_live_match_goes_on_beside_servers_of_the_version_before_and_after_them(house: House) -> None:
    upgrade(revision=serving.EXPANDED)
    house.connect(EVE)
    view = house.codemaze.matches.reader.timeline(EVE, room=ROOM).view(EVE, {}, house.clock())
    assert (view["session_id"], view["version"], view["phase"]) == (2, 6, "playing")
    submission = house.submit(EVE, ROOM)
    assert before(house, "SELECT version FROM matches WHERE room = :room", room=ROOM) == 7
    assert before(house, "SELECT name FROM match_events WHERE match_id = 2 AND version = 7") == "submission_received"

    event = "INSERT INTO match_events VALUES (2, 8, 'player_gone', :payload, now())"
    before(house, event, payload='{"user_id": 4, "claim_at": "2026-01-31T12:02:00Z", "left": false}')
    before(house, "UPDATE matches SET version = 8 WHERE id = 2")
    assert house.codemaze.matches.engine.read(ROOM).version == 8

    upgrade(revision="heads")
    house.judged(3, "wrong_answer")
    house.judged(submission)
    assert house.names(ROOM)[-2:] == ["round_finished", "match_finished"]
    session = house.codemaze.matches.reader.session(EVE, 2)
    assert session["outcome"]["winner_id"] == EVE
    assert house.codemaze.matches.reader.session(ADA, 1)["room"] == OVER
    with house.codemaze.matches.engine.act() as act:
        assert house.referee.open_again(act, act.lock(ROOM), [EVE, DAN]).match_id > 2
    check()


def test_a_match_that_a_server_of_the_version_before_opens_has_a_room(house: House) -> None:
    upgrade(revision=serving.EXPANDED)
    opened = "INSERT INTO matches (room, version, created_at) VALUES ('QQQQQQ', 0, now()) RETURNING id"
    match_id = before(house, opened)
    assert before(house, "SELECT id FROM rooms WHERE code = 'QQQQQQ'") == match_id
    timeline = house.open(ZOE, ADA)
    assert before(house, "SELECT version FROM matches WHERE id = :id", id=timeline.match_id) == 1


def test_of_two_versions_that_write_at_once_one_waits_or_is_refused(house: House) -> None:
    upgrade(revision=serving.EXPANDED)
    house.connect(EVE)
    of_before = create_engine(house.url)

    def submit() -> None:
        with house.app.app_context(), suppress(DBAPIError):
            house.submit(EVE, ROOM)

    with of_before.connect() as connection:
        # It has read the journal, and the lock that it has is none to the new version until that writes.
        connection.execute(text("SELECT version FROM matches WHERE id = 2 FOR UPDATE"))
        meanwhile = Thread(target=submit)
        meanwhile.start()
        event = """INSERT INTO match_events VALUES (2, 7, 'player_back', '{"user_id": 4}', now())"""
        with suppress(DBAPIError):
            connection.execute(text(event))
            connection.execute(text("UPDATE matches SET version = 7 WHERE id = 2"))
            connection.commit()
    meanwhile.join()
    of_before.dispose()
    written = before(house, "SELECT count(*) FROM room_events WHERE room_id = 2")
    assert written in (7, 8)
    assert written == before(house, "SELECT version FROM rooms WHERE id = 2")
    assert written == before(house, "SELECT version FROM matches WHERE id = 2")


def test_what_the_version_before_needs_goes_with_its_last_server(house: House) -> None:
    has_view = "SELECT to_regclass('match_events') IS NOT NULL"
    before(house, "UPDATE server_processes SET seen_at = now()")
    serving._migrate()
    assert before(house, has_view) is True
    before(house, "UPDATE server_processes SET seen_at = now() - interval '1 minute'")
    serving._migrate()
    assert before(house, has_view) is False


def test_the_way_back(house: House) -> None:
    upgrade(revision="heads")
    house.connect(EVE)
    house.submit(EVE, ROOM)
    db.session.remove()
    downgrade(revision="0010")
    assert before(house, "SELECT version FROM matches WHERE room = :room", room=ROOM) == 7
    assert before(house, "SELECT count(*) FROM match_events WHERE match_id = 2") == 7
    upgrade(revision="heads")
    house.judged(3)
    with pytest.raises(errors.MatchAlreadyFinished):
        house.submit(EVE, ROOM)
