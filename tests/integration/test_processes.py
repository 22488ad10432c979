"""Two server processes on one database: neither knows the other, and players do not notice which one they are on."""

from __future__ import annotations

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError

from application.base.database import db
from application.base.errors import ServerRestarting
from application.journal.errors import MatchNotFound
from application.journal.transaction import Transaction
from application.judge.errors import UnknownLanguage
from application.matches import errors, roster
from application.matches.models import (
    Attendance,
    Deadline,
    LobbyEntry,
    MatchPlayer,
    SavedCode,
    ServerProcess,
    Submission,
)
from application.matches.rules.views import NOTHING_WRITTEN
from application.matches.written import kept_code
from tests.integration.conftest import House


@pytest.fixture
def twin(house: House) -> House:
    """The other process; neither takes the other for dead."""
    other = house.twin()
    for each in (house, other):
        each.codemaze.matches.arrivals._roster._alone = False
    return other


def grow_old(process_id: int) -> None:
    """The process has not been heard of for a while."""
    db.session.execute(
        text("UPDATE server_processes SET seen_at = now() - interval '1 minute' WHERE id = :id"), {"id": process_id}
    )
    db.session.commit()


def in_twin(twin: House, *calls: object) -> None:
    with twin.app.app_context():
        for call in calls:
            call()  # type: ignore[operator]
        db.session.remove()


def test_a_player_with_a_connection_elsewhere_is_not_gone(house: House, twin: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    house.connect(ada)
    house.connect(bob)
    room = house.playing(ada, bob)
    in_twin(twin, lambda: twin.connect(bob))
    house.disconnect(bob)
    house.clock.advance(60)
    assert not house.codemaze.matches.deadlines.handle_due()
    with pytest.raises(errors.OpponentPresent):
        house.matches.claim_win(ada, room)
    in_twin(twin, lambda: twin.disconnect(bob))
    house.clock.advance(3)
    assert house.codemaze.matches.deadlines.handle_due()
    assert house.names(room)[-1] == "player_gone"
    in_twin(twin, lambda: twin.connect(bob))
    assert house.names(room)[-1] == "player_back"
    assert house.count(MatchPlayer, MatchPlayer.gone) == 0


def test_what_a_dead_process_had_is_taken_over(house: House, twin: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster, "DEAD_SECONDS", 0)
    ada, bob, eve = house.user("ada"), house.user("bob"), house.user("eve")
    submissions: list[int] = []

    def play() -> None:
        twin.connect(ada)
        twin.connect(bob)
        twin.connect(eve)
        room = twin.playing(ada, bob)
        twin.matches.find(eve)
        submissions.append(twin.submit(ada, room))

    in_twin(twin, play)
    house.codemaze.matches.arrivals.keep()
    house.codemaze.matches.judging.send_pending()
    queue = house.codemaze.matches.queue
    assert queue
    assert submissions[0] not in queue  # the other one lives, and judges it
    grow_old(twin.codemaze.matches.arrivals._roster.process_id)
    monkeypatch.setattr(roster, "DEAD_SECONDS", 30)
    house.codemaze.matches.arrivals._roster._beating_since = -1000.0
    house.codemaze.matches.arrivals.keep()
    house.codemaze.matches.judging.send_pending()
    assert submissions[0] in queue
    assert house.count(ServerProcess) == 1
    assert house.count(Attendance) == 0
    assert house.count(Deadline, Deadline.kind == "absence") == 2
    assert house.count(LobbyEntry, LobbyEntry.absent_since.is_not(None)) == 1
    # It was only slow: it enters itself and its connections again.
    in_twin(twin, twin.codemaze.matches.arrivals.keep)
    assert house.count(Attendance) == 3


def test_nobody_is_buried_right_after_an_outage(house: House, twin: House) -> None:
    in_twin(twin, lambda: twin.connect(house.user("ada")))
    grow_old(twin.codemaze.matches.arrivals._roster.process_id)
    house.codemaze.matches.arrivals.keep()
    assert house.count(ServerProcess) == 2


def test_a_process_that_ends_leaves_its_work_to_the_others(house: House, twin: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")

    def play() -> None:
        twin.connect(ada)
        twin.connect(bob)
        submissions.append(twin.submit(ada, twin.playing(ada, bob)))
        twin.codemaze.matches.arrivals.close()

    submissions: list[int] = []
    in_twin(twin, play)
    house.codemaze.matches.judging.send_pending()
    assert house.codemaze.matches.queue
    assert submissions[0] in house.codemaze.matches.queue
    assert house.count(Deadline, Deadline.kind == "absence") == 2


def test_a_disconnect_while_the_database_is_away_is_written_down_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    house.connect(ada)
    house.connect(bob)
    room = house.playing(ada, bob)
    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "_send", lambda _: (_ for _ in ()).throw(OperationalError("x", {}, Exception())))
        with pytest.raises(OperationalError):
            house.disconnect(bob)
    house.codemaze.matches.arrivals.keep()
    house.clock.advance(3)
    assert house.codemaze.matches.deadlines.handle_due()
    assert house.names(room)[-1] == "player_gone"


def test_who_is_draining_pairs_nobody(house: House, twin: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    for user in (ada, bob):
        house.connect(user)
    house.matches.find(ada)
    house.matches.drain()
    with pytest.raises(ServerRestarting):
        house.matches.find(bob)
    house.matches.pair_waiting()
    in_twin(twin, lambda: twin.matches.find(bob))
    assert house.count(MatchPlayer, MatchPlayer.live) == 2


def test_what_was_saved_comes_back(house: House) -> None:
    ada, bob, eve = house.user("ada"), house.user("bob"), house.user("eve")
    house.connect(ada)
    house.connect(bob)
    room = house.pair(ada, bob)
    save = house.matches.save_code
    with pytest.raises(errors.MatchNotStarted):
        save(ada, room, "python", "too early")
    house.clock.advance(3)
    house.codemaze.matches.deadlines.handle_due()
    house.matches._save_rate = house.matches._rate
    save(ada, room, "javascript", "let x")
    match_id = house.codemaze.matches.reader.timeline(ada, room=room).match_id
    assert kept_code(match_id, ada)["last_code"] == {"language": "javascript", "code": "let x"}
    assert kept_code(match_id, bob) == NOTHING_WRITTEN
    house.judged(house.submit(ada, room), "wrong_answer")
    assert kept_code(match_id, ada) == {
        "drafts": {"javascript": "let x", "python": "x = 1"},
        "last_code": {"language": "python", "code": "x = 1"},
    }
    save(ada, room, "python", "")
    assert kept_code(match_id, ada)["last_code"] == {"language": "python", "code": ""}
    for user, where, language, error in (
        (eve, room, "python", errors.NotAPlayer),
        (ada, "ABCDEF", "python", MatchNotFound),
        (ada, room, "cobol", UnknownLanguage),
    ):
        with pytest.raises(error):
            save(user, where, language, "x")
    of_before = update(SavedCode).where(SavedCode.user_id == ada).values(language="cpp", code="int x;")
    db.session.execute(of_before)  # as a process of the version before writes, which knows no drafts
    assert kept_code(match_id, ada)["drafts"] == {"javascript": "let x", "python": "", "cpp": "int x;"}
    db.session.rollback()
    house.matches.resign(ada, room)
    with pytest.raises(errors.MatchAlreadyFinished):
        save(ada, room, "python", "x")
    assert kept_code(match_id, ada)["last_code"] == {"language": "python", "code": ""}


def test_what_a_killed_process_writes_after_its_burial_is_taken_over(house: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    submission = house.submit(ada, house.playing(ada, bob))
    queue = house.codemaze.matches.queue
    assert queue
    queue._known.clear()
    db.session.execute(update(Submission).values(process_id=999_999))
    db.session.commit()
    house.codemaze.matches.judging.send_pending()
    assert submission in queue
