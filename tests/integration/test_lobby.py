"""Finding an opponent, on the real database and with several askers at once."""

from __future__ import annotations

import math
import threading

import pytest
from sqlalchemy import delete, text

from application.base.database import db
from application.judge import errors
from application.matches import arrivals, lobby
from application.matches.lobby import ABSENT_SECONDS, PAIRS_AT_ONCE
from application.matches.models import LobbyEntry, Match, MatchPlayer
from application.realtime import door
from tests.integration.conftest import House


def test_two_players_find_each_other(house: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    house.connect(ada)
    house.connect(bob)
    assert house.matches.find(ada) == {"status": "waiting"}
    assert house.matches.find(ada) == {"status": "waiting"}
    assert house.matches.lobby_status(ada) == "waiting"
    answer = house.matches.find(bob)
    assert answer["status"] == "matched"
    assert house.matches.find(ada) == house.matches.find(bob) == answer
    assert [(sid, event) for sid, event, _ in house.sent] == [
        (f"socket of {ada}", "match_found"),
        (f"socket of {bob}", "match_found"),
    ]
    assert house.count(LobbyEntry) == 0


def test_who_no_longer_looks_is_not_found(house: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    house.matches.find(ada)
    house.matches.cancel_find(ada)
    assert house.matches.lobby_status(ada) == "idle"
    assert house.matches.find(bob) == {"status": "waiting"}


def test_ranks_apart_meet_after_waiting(house: House) -> None:
    ada, bob = house.user("ada", xp=0), house.user("bob", xp=900)
    house.matches.find(ada)
    assert house.matches.find(bob) == {"status": "waiting"}
    house.clock.advance(14.9)
    house.matches.pair_waiting()
    assert house.count(Match) == 0
    house.clock.advance(0.1)
    house.matches.pair_waiting()
    assert house.count(MatchPlayer, MatchPlayer.live) == 2


def test_who_is_away_keeps_the_place_for_a_while_and_is_not_paired(house: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    house.connect(ada)
    house.matches.find(ada)
    house.disconnect(ada)
    assert house.matches.find(bob) == {"status": "waiting"}
    house.connect(ada)
    house.matches.pair_waiting()
    assert house.count(MatchPlayer, MatchPlayer.live) == 2


def test_who_stays_away_is_forgotten(house: House) -> None:
    ada = house.user("ada")
    house.connect(ada)
    house.matches.find(ada)
    house.disconnect(ada)
    house.clock.advance(ABSENT_SECONDS + 1)
    house.matches.pair_waiting()
    assert house.matches.lobby_status(ada) == "idle"


def test_a_crowd_on_two_processes_is_paired_completely(house: House) -> None:
    twin = house.twin()
    users = [house.user(f"player{number}") for number in range(20)]
    calls = [
        (lambda user=user, at=house if number % 2 else twin: at.matches.find(user)) for number, user in enumerate(users)
    ]
    answers = house.at_once(*calls)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    house.matches.pair_waiting()
    assert house.count(Match) == 10
    assert house.count(MatchPlayer, MatchPlayer.live) == 20
    assert house.count(LobbyEntry) == 0


def test_who_is_just_cancelling_is_passed_over(house: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    house.wait(ada, bob)
    with db.engine.begin() as cancelling:
        cancelling.execute(delete(LobbyEntry).where(LobbyEntry.user_id == ada))
        house.matches.pair_waiting()
    house.matches.pair_waiting()
    assert house.count(Match) == 0
    assert house.matches.lobby_status(bob) == "waiting"


def test_many_who_wait_are_paired_in_several_transactions(house: House) -> None:
    house.wait(*[house.user(f"player{number}") for number in range(2 * PAIRS_AT_ONCE + 5)])
    house.matches.pair_waiting()
    of_each_transaction = db.session.scalars(text("SELECT count(*) FROM matches GROUP BY xmin ORDER BY 1"))
    assert list(of_each_transaction) == [2, PAIRS_AT_ONCE]
    assert house.count(LobbyEntry) == 1


def test_one_player_in_many_tabs_gets_one_match(house: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    house.matches.find(bob)
    answers = house.at_once(*[lambda: house.matches.find(ada)] * 6)
    assert {answer["status"] for answer in answers} == {"matched"}
    assert len({answer["room"] for answer in answers}) == 1
    assert house.count(Match) == 1


def test_without_a_judge_nobody_is_sent_into_a_match(house: House) -> None:
    ada = house.user("ada")
    house.codemaze.matches.judging._queue = None
    for attempt in (lambda: house.matches.find(ada), lambda: house.matches.submit(ada, "ABCDEF", "python", "x")):
        try:
            attempt()
        except errors.JudgeUnavailable:
            continue
        raise AssertionError("was not refused")


def test_nobody_meets_a_player_of_whom_nothing_is_heard(house: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    house.connect(ada)
    house.connect(bob)
    house.matches.find(ada)
    pulses = [connection.pulse for connection in house.codemaze.sockets.connections.of_user(ada)]
    for pulse in pulses:
        pulse.heard_at -= 10
    assert house.matches.find(bob) == {"status": "waiting"}
    house.matches.pair_waiting()
    assert house.count(Match) == 0
    house.connect(ada, "another device")
    house.matches.pair_waiting()
    assert house.count(MatchPlayer, MatchPlayer.live) == 2


def test_nobody_meets_a_player_whose_connection_is_being_ended(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection is ended a moment before its silence counts, and may still be listed then."""
    ada, bob = house.user("ada"), house.user("bob")
    connection = house.codemaze.sockets.connections.get(house.connect(ada))
    house.connect(bob)
    house.matches.find(ada)
    assert connection
    connection.pulse.heard_at -= house.codemaze.sockets.connections._silent_after - 1
    monkeypatch.setattr(house.codemaze.door._sender, "cut", lambda *_: None)
    monkeypatch.setattr(door, "STILL_SECONDS", math.inf)  # on a busy machine it was long ago that the house was built
    house.codemaze.door.close_silent(2)
    assert house.matches.find(bob) == {"status": "waiting"}


def test_nobody_meets_a_player_who_is_just_going(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    house.connect(ada)
    house.connect(bob)
    house.matches.find(ada)
    answers = []

    def find_meanwhile(*_: object) -> None:
        def find() -> None:
            with house.app.app_context():
                answers.append(house.matches.find(bob))
                db.session.remove()

        finding = threading.Thread(target=find)
        finding.start()
        finding.join()

    monkeypatch.setattr(arrivals, "note_absences", find_meanwhile)  # before it is committed that ada has gone
    house.disconnect(ada)
    assert answers == [{"status": "waiting"}]


def test_nobody_is_taken_for_silent_because_the_server_stood_still(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    door, cut = house.codemaze.door, list[str]()
    monkeypatch.setattr(door._sender, "cut", lambda sid, reason: cut.append(f"{reason} {sid}"))
    sid = house.connect(house.user("ada"))
    connection = house.codemaze.sockets.connections.get(sid)
    assert connection
    connection.pulse.heard_at -= 1000
    door._looked_at -= 100
    door.close_silent(0)
    assert cut == [], "what was sent meanwhile is still to be read"
    door.close_silent(0)
    assert cut == [f"silent {sid}"]
    door.close_silent(0)
    assert cut == [f"silent {sid}"], "cut off once"
    assert house.codemaze.sockets.connections.get(sid) is None, "and gone, whoever has lost it"


def test_who_is_served_by_one_that_is_ended_is_served_by_the_next(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    with monkeypatch.context() as ended:
        ended.setattr(lobby, "take_turn", lambda _: (_ for _ in ()).throw(SystemExit))
        with pytest.raises(SystemExit):
            house.matches.find(ada)
    assert house.matches.find(bob)["status"] == "matched"
