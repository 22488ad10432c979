"""Rooms of the classic client: who may sit where, what is a win, and how many frames are too many."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from application.classic import rules as classic
from application.classic.door import BURST_SECONDS, Allowance
from application.classic.errors import NotAWin
from application.classic.rules import Question, Room
from application.journal.errors import MatchNotFound
from application.matches import errors
from application.matches.rules import commands as c
from tests.factories import COUNTDOWN, Game

ADA, BOB, EVE = 1, 2, 3
SUM = Question("What is 1 + 1?", "f(1)", "2")
PAIRED = Room((ADA, BOB))
PLAYED = replace(PAIRED, question=SUM, pressed=True)


@pytest.mark.parametrize(
    ("value", "id_"),
    [
        ("17", 17),
        (17, 17),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, None),
        ("", None),
        ("1.5", None),
        ("-1", None),
        ("²", None),
        ("٣", None),
        (True, None),
        (1.0, None),
        (Decimal(17), None),
        (None, None),
    ],
)
def test_ids_out_of_a_browsers_storage(value: object, id_: int | None) -> None:
    assert classic.stored_id(value) == id_


def test_two_different_users_fill_a_room() -> None:
    waiting = Room((ADA,))
    assert waiting.waiting and waiting.opponent(ADA) is None
    filled = classic.fill(waiting, BOB)
    assert filled == PAIRED and not filled.waiting
    assert (filled.opponent(ADA), filled.opponent(BOB)) == (BOB, ADA)


@pytest.mark.parametrize("room", [Room((BOB,)), PAIRED, Room((ADA,), closed=True)])
def test_nobody_takes_a_seat_that_is_not_free(room: Room) -> None:
    with pytest.raises(MatchNotFound):
        classic.fill(room, BOB if room.user_ids == (BOB,) else EVE)


def test_only_members_sit_down_again() -> None:
    gone = classic.leave(PAIRED, ADA)
    assert gone.left == {ADA} and not gone.closed
    assert classic.seat(gone, ADA) == PAIRED
    for room, user_id in ((PAIRED, EVE), (replace(PAIRED, closed=True), ADA)):
        with pytest.raises(MatchNotFound):
            classic.seat(room, user_id)


def test_leaving_a_room_in_which_nobody_was_met_closes_it() -> None:
    assert classic.leave(Room((ADA,)), ADA).closed


@pytest.mark.parametrize(
    ("room", "away", "back"),
    [
        (PAIRED, {}, True),
        (PAIRED, {BOB: 45}, True),
        (PAIRED, {BOB: 45.1}, False),
        (replace(PAIRED, left=frozenset({BOB})), {}, False),
        (replace(PAIRED, left=frozenset({ADA})), {}, False),
        (replace(PAIRED, winner_id=BOB), {}, False),
        (replace(PAIRED, closed=True), {}, False),
        (Room((ADA,)), {}, True),
        (Room((BOB, EVE)), {}, False),
    ],
)
def test_joining_leads_back_while_there_is_a_game_to_come_back_to(
    room: Room, away: dict[int, float], back: bool
) -> None:
    assert classic.leads_back(room, ADA, away, 45) is back


def test_who_is_not_away_is_within_any_grace() -> None:
    assert classic.leads_back(PAIRED, ADA, {}, 0)


def test_the_first_question_is_what_both_play() -> None:
    room = classic.set_question(Room((ADA,)), SUM)
    assert room.question == SUM
    assert classic.set_question(room, Question("Another?", "g()", "3")) == room


def test_a_win_is_the_senders_own_after_question_and_button() -> None:
    assert classic.press(replace(PAIRED, question=SUM)) == PLAYED
    assert classic.announce_winner(PLAYED, BOB, BOB) == replace(PLAYED, winner_id=BOB)


@pytest.mark.parametrize(
    ("room", "sender", "named"),
    [
        (PLAYED, ADA, 0),
        (PLAYED, ADA, BOB),
        (PLAYED, EVE, EVE),
        (replace(PLAYED, question=None), ADA, ADA),
        (replace(PLAYED, pressed=False), ADA, ADA),
        (replace(PLAYED, winner_id=ADA), ADA, ADA),
        (replace(PLAYED, winner_id=ADA), BOB, BOB),
        (replace(PLAYED, closed=True), ADA, ADA),
        (replace(PLAYED, user_ids=(ADA,)), ADA, ADA),
    ],
)
def test_nothing_else_is_a_win(room: Room, sender: int, named: int) -> None:
    with pytest.raises(NotAWin):
        classic.announce_winner(room, sender, named)


def test_an_announced_winner_ends_the_match_as_solved() -> None:
    game = Game.playing()
    assert game.do(c.AnnounceWinner(2), COUNTDOWN + 90) == ["round_finished", "match_finished"]
    assert (game.outcome.reason, game.outcome.winner_id) == ("solved", 2)
    results = {result.user_id: result for result in game.outcome.players}
    assert (results[2].result, results[2].xp_after, results[2].wins) == ("won", 252, 3)
    assert (results[1].result, results[1].xp_after, results[1].losses) == ("lost", 241, 1)


def test_a_winner_is_announced_of_a_round_that_is_played_and_of_its_players() -> None:
    with pytest.raises(errors.MatchNotStarted):
        Game().do(c.AnnounceWinner(1), 1)
    game = Game.playing()
    with pytest.raises(errors.NotAPlayer):
        game.do(c.AnnounceWinner(3), 10)
    game.do(c.AnnounceWinner(1), 10)
    with pytest.raises(errors.MatchAlreadyFinished):
        game.do(c.AnnounceWinner(1), 11)


def test_a_burst_is_cut_and_grows_back() -> None:
    allowance, most = Allowance(5), 5 * BURST_SECONDS
    assert [allowance.spend(100) for _ in range(most + 5)] == [True] * most + [False] * 5
    assert allowance.spend(100 + 1 / 5)
    assert not allowance.spend(100 + 1 / 5)
    assert [allowance.spend(1000) for _ in range(most + 1)] == [True] * most + [False]
