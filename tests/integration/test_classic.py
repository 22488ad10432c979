"""Rooms of the classic client as the database keeps them: one transaction each, whoever else is at it."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from application.accounts.models import User
from application.base.database import db
from application.classic import errors
from application.classic.models import ClassicConnection, ClassicRoom
from application.classic.rooms import KEPT_DAYS, STALE_SECONDS, ClassicRooms, ClassicSeat
from application.classic.rules import Question
from application.journal.errors import MatchNotFound
from application.journal.models import RoomEvent
from application.matches import projections
from application.matches.errors import NotAPlayer
from application.matches.models import Deadline, Match, MatchPlayer
from application.problems.catalogue.models import Problem
from application.problems.errors import ProblemNotFound
from tests.integration.conftest import House

SUM = Question("What is 1 + 1?", "f(1)", "2")


@pytest.fixture
def rooms(house: House) -> ClassicRooms:
    return ClassicRooms(house.codemaze.matches.engine, house.referee, house.codemaze.accounts.users, house.clock)


@pytest.fixture
def players(house: House) -> tuple[int, int]:
    return house.user("ada", xp=245), house.user("bob")


@pytest.fixture
def pair(rooms: ClassicRooms, players: tuple[int, int]) -> tuple[ClassicSeat, ClassicSeat]:
    return rooms.join("a1", "ada", players[0]), rooms.join("b1", "bob", players[1])


def won(house: House, rooms: ClassicRooms, seat: ClassicSeat, seconds: float = 90) -> None:
    house.clock.advance(seconds)
    rooms.set_question(seat.room, SUM)
    rooms.press(seat.room)
    rooms.announce_winner(seat, seat.user_id)


def some_problem() -> int:
    return db.session.scalars(select(Problem.id).where(Problem.in_play).order_by(Problem.id)).first() or 0


def record(user_id: int) -> tuple[int, int, int]:
    user = db.session.get_one(User, user_id, populate_existing=True)
    return user.xp, user.wins, user.losses


def test_many_who_join_at_once_are_paired_two_by_two(house: House, rooms: ClassicRooms) -> None:
    users = [(f"user{number}", house.user(f"user{number}")) for number in range(6)]
    joinings = [lambda name=name, id=id: rooms.join(f"s{id}", name, id) for name, id in users]  # type: ignore[misc]
    seats = house.at_once(*joinings, *joinings)
    by_user = {seat.user_id: seat.room for seat in seats}
    assert len(by_user) == 6 and len(set(by_user.values())) == 3
    assert all(by_user[seat.user_id] == seat.room for seat in seats)
    assert house.count(ClassicRoom) == house.count(ClassicRoom, ClassicRoom.guest_id.is_not(None)) == 3


def test_one_user_who_joins_many_times_at_once_has_one_room(
    house: House, rooms: ClassicRooms, players: tuple[int, int]
) -> None:
    seats = house.at_once(*[lambda number=number: rooms.join(f"a{number}", "ada", players[0]) for number in range(6)])  # type: ignore[misc]
    assert len({seat.room for seat in seats}) == house.count(ClassicRoom) == 1
    assert house.count(ClassicRoom, ClassicRoom.guest_id.is_(None)) == 1


def test_a_question_proposed_at_once_is_one(
    house: House, rooms: ClassicRooms, pair: tuple[ClassicSeat, ClassicSeat]
) -> None:
    code = pair[0].room
    proposals = [Question(f"question {number}", "f()", "2") for number in range(6)]
    house.at_once(*[lambda q=q: rooms.set_question(code, q) for q in proposals])  # type: ignore[misc]
    assert rooms.question(code) == rooms.question(code) in proposals


def test_a_winner_announced_by_both_at_once_is_one(
    house: House, rooms: ClassicRooms, pair: tuple[ClassicSeat, ClassicSeat]
) -> None:
    code = pair[0].room
    rooms.set_question(code, SUM)
    rooms.press(code)
    answers = house.at_once(*[lambda seat=seat: rooms.announce_winner(seat, seat.user_id) for seat in pair * 2])  # type: ignore[misc]
    assert [isinstance(answer, errors.NotAWin) for answer in answers].count(False) == 1


def test_a_game_is_recorded_once_and_whole(
    house: House, rooms: ClassicRooms, pair: tuple[ClassicSeat, ClassicSeat]
) -> None:
    ada, bob = pair
    won(house, rooms, ada)
    call = lambda: rooms.record(ada.user_id, some_problem(), (ada.user_id, bob.user_id), ada.user_id)  # noqa: E731
    ids = set(house.at_once(*[call] * 6))
    assert len(ids) == house.count(Match) == 1
    match = db.session.get_one(Match, ids.pop())
    assert house.names(match.room) == [
        "match_found",
        "match_started",
        "round_started",
        "round_finished",
        "match_finished",
    ]
    assert (match.finished_at - match.started_at).total_seconds() == 90
    assert (match.winner_id, match.outcome["reason"]) == (ada.user_id, "solved")
    assert (record(ada.user_id), record(bob.user_id)) == ((255, 1, 0), (0, 0, 1))
    assert house.count(MatchPlayer, MatchPlayer.live) == house.count(Deadline) == 0
    assert rooms.record(bob.user_id, some_problem(), (bob.user_id, ada.user_id), ada.user_id) == match.id
    assert record(ada.user_id) == (255, 1, 0)


def test_what_fails_halfway_is_not_recorded(
    house: House, rooms: ClassicRooms, pair: tuple[ClassicSeat, ClassicSeat], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob = pair
    won(house, rooms, ada)
    with monkeypatch.context() as broken:
        broken.setattr(projections, "set_standing", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            rooms.record(ada.user_id, some_problem(), (ada.user_id, bob.user_id), ada.user_id)
    assert house.count(Match) == house.count(RoomEvent) == 0
    assert rooms.record(ada.user_id, some_problem(), (ada.user_id, bob.user_id), ada.user_id)


def test_a_live_match_of_either_goes_on(
    house: House, rooms: ClassicRooms, pair: tuple[ClassicSeat, ClassicSeat]
) -> None:
    ada, bob = pair
    eve = house.user("eve")
    for user_id in (ada.user_id, bob.user_id, eve):
        house.connect(user_id)
    live = house.playing(ada.user_id, eve)
    won(house, rooms, bob)
    assert rooms.record(bob.user_id, some_problem(), (ada.user_id, bob.user_id), bob.user_id)
    assert record(bob.user_id) == (10, 1, 0)
    house.judged(house.submit(ada.user_id, live))
    assert house.names(live)[-1] == "match_finished"
    assert record(ada.user_id) == (255, 1, 1)


def test_only_what_was_announced_is_recorded(
    house: House, rooms: ClassicRooms, pair: tuple[ClassicSeat, ClassicSeat]
) -> None:
    ada, bob = pair
    problem, eve = some_problem(), house.user("eve")
    ids = (ada.user_id, bob.user_id)
    with pytest.raises(errors.WinnerNotAnnounced):
        rooms.record(ada.user_id, problem, ids, ada.user_id)
    won(house, rooms, ada)
    for caller, pairing, winner, refused in (
        (eve, ids, ada.user_id, NotAPlayer),
        (ada.user_id, ids, bob.user_id, errors.WinnerNotAnnounced),
        (ada.user_id, (ada.user_id, eve), ada.user_id, errors.WinnerNotAnnounced),
        (ada.user_id, (ada.user_id, ada.user_id), ada.user_id, errors.WinnerNotAnnounced),
        (ada.user_id, (ada.user_id, 10**17), ada.user_id, errors.WinnerNotAnnounced),
    ):
        with pytest.raises(refused):
            rooms.record(caller, problem, pairing, winner)
    for unknown in (0, 10**6, 10**17):
        with pytest.raises(ProblemNotFound):
            rooms.record(ada.user_id, unknown, ids, ada.user_id)
    assert house.count(Match) == 0


def test_a_second_game_of_the_same_two_is_a_second_match(
    house: House, rooms: ClassicRooms, pair: tuple[ClassicSeat, ClassicSeat]
) -> None:
    ids = (pair[0].user_id, pair[1].user_id)
    won(house, rooms, pair[0])
    first = rooms.record(ids[0], some_problem(), ids, ids[0])
    again = rooms.join("b1", "bob", ids[1]), rooms.join("a1", "ada", ids[0])
    assert again[0].room == again[1].room != pair[0].room
    assert rooms.record(ids[0], some_problem(), ids, ids[0]) == first
    won(house, rooms, again[1])
    second = rooms.record(ids[0], some_problem(), ids, ids[0])
    assert second != first == second - 1
    assert record(ids[0]) == (265, 2, 0)


def test_who_is_away_keeps_the_seat_for_the_grace(
    house: House, rooms: ClassicRooms, pair: tuple[ClassicSeat, ClassicSeat]
) -> None:
    ada, bob = pair
    eve = house.user("eve")
    rooms.end("b1")
    house.clock.advance(45)
    rooms.keep_seen(["a1"])
    assert rooms.join("e1", "eve", eve).room != ada.room
    assert rooms.join("a2", "ada", ada.user_id).room == ada.room
    assert rooms.sit("b2", ada.room, "bob", None) == bob
    rooms.end("b2")
    house.clock.advance(46)
    rooms.keep_seen(["a1", "a2", "e1"])
    moved = rooms.join("a2", "ada", ada.user_id)
    assert moved.room == rooms.join("e1", "eve", eve).room != ada.room
    with pytest.raises(MatchNotFound):
        rooms.sit("b3", ada.room, "bob", None)


def test_nobody_is_sent_to_meet_a_host_who_went_away(
    house: House, rooms: ClassicRooms, players: tuple[int, int]
) -> None:
    ada, bob = players
    first = rooms.join("a1", "ada", ada)
    rooms.end("a1")
    house.clock.advance(4)
    second = rooms.join("b1", "bob", bob)
    assert second.room != first.room
    assert rooms.join("a2", "ada", ada).room == second.room
    assert house.count(ClassicRoom, ClassicRoom.closed_at.is_not(None)) == 1


def test_a_host_who_reloads_is_met(house: House, rooms: ClassicRooms, players: tuple[int, int]) -> None:
    first = rooms.join("a1", "ada", players[0])
    rooms.end("a1")
    house.clock.advance(2)
    assert rooms.join("b1", "bob", players[1]).room == first.room


def test_connections_of_a_process_that_died_do_not_count(
    house: House, rooms: ClassicRooms, players: tuple[int, int]
) -> None:
    first = rooms.join("a1", "ada", players[0])
    house.clock.advance(STALE_SECONDS)
    rooms.keep_seen(["a1"])
    house.clock.advance(STALE_SECONDS + 1)
    assert rooms.join("b1", "bob", players[1]).room != first.room


def test_rooms_are_forgotten_after_a_while(house: House, rooms: ClassicRooms, players: tuple[int, int]) -> None:
    rooms.join("a1", "ada", players[0])
    db.session.execute(update(ClassicConnection).values(ended=True))
    db.session.commit()
    house.clock.advance(KEPT_DAYS * 86_400 + 1)
    rooms.keep_seen([])
    assert house.count(ClassicRoom) == house.count(ClassicConnection) == 0
