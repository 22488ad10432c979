"""The engine of journals: what is cached, read and shown, and rooms that see a second match."""

from __future__ import annotations

import pytest

from application.base.database import connect, db
from application.journal.transaction import transaction
from application.matches import errors
from application.matches.models import Match
from application.matches.subject import MatchSubject
from tests.integration.conftest import House


@pytest.fixture
def duel(house: House) -> tuple[int, int, str]:
    """Two connected players in the first round."""
    ada, bob = house.user("ada"), house.user("bob")
    house.connect(ada)
    house.connect(bob)
    return ada, bob, house.playing(ada, bob)


def again(house: House, room: str, *user_ids: int) -> int:
    """The next match in a room whose last one is over; its id."""
    with house.codemaze.matches.engine.act() as act:
        return house.referee.open_again(act, act.lock(room), user_ids).match_id


def test_a_second_match_in_a_room_is_the_next_chapter_of_its_journal(house: House, duel: tuple[int, int, str]) -> None:
    ada, bob, room = duel
    first = house.codemaze.matches.reader.timeline(ada, room=room).match_id
    with pytest.raises(errors.MatchAlreadyStarted):
        again(house, room, ada, bob)
    house.matches.resign(bob, room)
    last = len(house.entries(room))
    second = again(house, room, ada, bob)
    assert second != first
    house.clock.advance(3)
    assert house.codemaze.matches.deadlines.handle_due()
    house.judged(house.submit(ada, room))

    reader, of_first = (
        house.codemaze.matches.reader,
        ["match_found", "match_started", "round_started", "player_resigned"],
    )
    heard = [(event, body["version"], body["session_id"]) for sid, event, body in house.sent if str(ada) in sid]
    assert [version for _, version, _ in heard] == list(range(1, len(house.entries(room)) + 1))
    assert [session for _, _, session in heard] == [first] * last + [second] * (len(heard) - last)

    whole = reader.timeline(ada, match_id=first)
    assert [name for name, _ in whole.envelopes(ada)] == [*of_first, "match_finished"]
    assert {envelope["session_id"] for _, envelope in whole.envelopes(ada)} == {first}
    assert reader.timeline(ada, match_id=second).first == last + 1
    assert reader.session(ada, first)["outcome"]["reason"] == "resigned"
    assert reader.session(ada, second)["outcome"]["reason"] == "solved"

    caught_up = reader.catch_up(reader.timeline(bob, room=room), bob, 2, house.clock())["events"]
    assert [event["version"] for event in caught_up] == list(range(3, len(house.entries(room)) + 1))
    assert [event["session_id"] for event in caught_up[:3]] == [first] * 3
    assert {event["session_id"] for event in caught_up[3:]} == {second}
    view = reader.timeline(bob, room=room).view(bob, {}, house.clock())
    assert (view["session_id"], view["version"]) == (second, len(house.entries(room)))


def test_who_missed_the_end_of_a_match_on_another_process_is_given_it_with_the_next(
    house: House, duel: tuple[int, int, str]
) -> None:
    ada, bob, room = duel
    twin = house.twin()
    twin.matches.resign(bob, room)
    again(twin, room, ada, bob)
    house.sent.clear()
    house.codemaze.sockets.relay._look_at(room)
    versions = [body["version"] for sid, _, body in house.sent if str(ada) in sid]
    assert versions == [4, 5, 6]


def test_a_journal_that_moved_on_elsewhere_is_read_before_it_is_trusted(
    house: House, duel: tuple[int, int, str]
) -> None:
    ada, bob, room = duel
    twin = house.twin()
    one, other = house.submit(ada, room), twin.submit(bob, room)
    house.judged(one, "wrong_answer")
    twin.judged(other, "accepted")
    assert house.names(room)[-2:] == ["round_finished", "match_finished"]
    with pytest.raises(errors.MatchAlreadyFinished):
        house.submit(ada, room)
    assert house.entries(room) == twin.entries(room)


def test_a_journal_that_nobody_has_read_yet_is_read_once(
    house: House, duel: tuple[int, int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, _, room = duel
    reads, read = [], MatchSubject.read

    def counted(*args: object) -> object:
        reads.append(args)
        return read(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(MatchSubject, "read", counted)
    fresh = house.twin()
    found = fresh.at_once(*[lambda: fresh.codemaze.matches.reader.timeline(ada, room=room)] * 10)
    assert {timeline.version for timeline in found} == {3}
    assert len(reads) == 1


def test_journals_that_are_kept_are_bounded(house: House, duel: tuple[int, int, str]) -> None:
    ada, _, room = duel
    cache = house.codemaze.matches.engine.cache
    cache._most = 1
    eve, dan = house.user("eve"), house.user("dan")
    house.playing(eve, dan)
    assert len(cache) == 1
    house.judged(house.submit(ada, room))
    assert house.names(room)[-1] == "match_finished"
    assert cache.bytes == sum(journal.bytes for journal in cache._kept.values())


def test_a_broken_transaction_says_nothing_of_what_was_written(house: House) -> None:
    with pytest.raises(Exception, match="division by zero") as raised, transaction(connect) as asked:
        asked.write("SELECT 1 / 0 WHERE %s = %s", ("a secret idea", "a secret idea"))
    assert "secret" not in str(raised.value)
    with transaction(connect) as asked:
        assert asked.last("SELECT 1") == [(1,)]


def test_a_connection_whose_server_went_away_is_replaced(house: House) -> None:
    with transaction(connect) as ending:
        ending.read("SELECT 1")
        with transaction(connect) as asked:
            ((pid,),) = asked.last("SELECT pg_backend_pid()")
        ending.read("SELECT pg_terminate_backend(%s, 60000)", (pid,))
    for _ in range(3):
        with transaction(connect) as asked:
            assert asked.last("SELECT 1") == [(1,)]


def test_a_connection_that_was_closed_is_replaced_whoever_closed_it(house: House) -> None:
    given_back = connect()
    closed = given_back.dbapi_connection
    given_back.close()
    assert closed
    closed.close()
    for _ in range(3):
        with transaction(connect) as asked:
            assert asked.last("SELECT 1") == [(1,)]


def test_what_is_read_of_matches_has_their_rooms(house: House, duel: tuple[int, int, str]) -> None:
    _, _, room = duel
    match = db.session.query(Match).one()
    assert (match.room, match.room_id, match.first_version) == (room, match.id, 1)
