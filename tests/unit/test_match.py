"""The rules, case by case."""

from __future__ import annotations

import pytest

from application.matches import errors
from application.matches.rules import commands as c
from application.matches.rules import events as e
from application.matches.rules import standings as places
from application.matches.rules.match import decide
from application.matches.rules.state import MatchState, Phase
from tests.factories import COUNTDOWN, GRACE, ROUND, SHORT, Game, after, seat, seating, standings, starting


def test_a_duel_from_pairing_to_result() -> None:
    game = Game()
    assert game.state.phase is Phase.COUNTDOWN
    assert game.do(starting(), COUNTDOWN) == ["match_started", "round_started"]
    assert game.submit(1, 11, 10) == ["submission_received"]
    assert game.judge(11, "accepted", 12) == ["submission_judged", "round_finished", "match_finished"]
    assert (game.outcome.reason, game.outcome.winner_id, game.outcome.session_id) == ("solved", 1, 7)
    assert [entry.version for entry in game.journal] == [1, 2, 3, 4, 5, 6, 7]
    assert [entry.event for entry in game.journal[3:6]] == [
        e.SubmissionReceived(1, 11, "python"),
        e.SubmissionJudged(1, 11, "accepted", 20, 20),
        e.RoundFinished(1, 1, places.of_round(game.state)),
    ]


def test_the_result_of_a_rated_win() -> None:
    game = Game.playing()
    game.do(c.Resign(2), 10)
    won, lost = game.outcome.players
    assert won == e.PlayerResult(1, "player1", "won", 241, 251, "Bronze", "Silver", 2, 0, place=1, points=0)
    assert lost == e.PlayerResult(2, "player2", "lost", 242, 242, "Bronze", "Bronze", 2, 1, place=2, points=0)


@pytest.mark.parametrize(
    ("ending", "seconds", "rated"),
    [
        (c.Resign(2), COUNTDOWN + SHORT - 0.001, False),
        (c.Resign(2), COUNTDOWN + SHORT, True),
        (c.ClaimWin(1), COUNTDOWN + SHORT - 0.001, False),
        (c.ClaimWin(1), COUNTDOWN + SHORT, True),
    ],
)
def test_a_win_over_somebody_who_hardly_played_is_not_rated(ending: c.Command, seconds: float, rated: bool) -> None:
    game = Game.playing(short=SHORT)
    game.do(c.MarkGone(2, left=True), COUNTDOWN)
    game.do(ending, seconds)
    assert (game.outcome.rated, game.outcome.unrated_because) == (rated, None if rated else "too_short")
    assert sum(player.xp_after - player.xp_before for player in game.outcome.players) == (10 if rated else 0)
    assert game.outcome.players[1].losses == (1 if rated else 0)


def test_resigning_in_the_countdown_is_not_rated() -> None:
    game = Game(short=SHORT)
    game.do(c.Resign(2), 1)
    assert (game.outcome.winner_id, game.outcome.unrated_because) == (1, "too_short")


@pytest.mark.parametrize(("verdict", "rated"), [("wrong_answer", True), ("accepted", True), ("judge_error", False)])
def test_a_match_is_not_too_short_once_anything_was_judged(verdict: str, rated: bool) -> None:
    game = Game.playing(short=SHORT)
    game.submit(1, 11, COUNTDOWN + 1)
    game.judge(11, verdict, COUNTDOWN + 2)
    if verdict != "accepted":
        game.do(c.Resign(2), COUNTDOWN + 3)
    assert game.outcome.rated is rated


def test_a_win_that_the_browser_decided_is_not_too_short() -> None:
    game = Game.playing(short=SHORT)
    game.do(c.AnnounceWinner(1), COUNTDOWN + 1)
    assert game.outcome.rated


def test_the_outcome_says_why_a_match_is_not_rated() -> None:
    game = Game.playing(unrated_because="same_opponents")
    game.do(c.Resign(2), 10)
    assert (game.outcome.rated, game.outcome.unrated_because) == (False, "same_opponents")


def test_an_unrated_win_changes_no_standing() -> None:
    game = Game.playing(unrated_because="same_opponents")
    game.do(c.Resign(2), 10)
    assert [player.result for player in game.outcome.players] == ["won", "lost"]
    assert all(player.xp_before == player.xp_after for player in game.outcome.players)
    assert [(player.wins, player.losses) for player in game.outcome.players] == [(1, 0), (2, 0)]


def test_the_earliest_received_wins_whoever_is_judged_first() -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    game.submit(2, 12, 11)
    assert game.judge(12, "accepted", 12) == ["submission_judged"]
    assert game.judge(11, "accepted", 30) == ["submission_judged", "round_finished", "match_finished"]
    assert game.outcome.winner_id == 1


def test_a_later_accepted_wins_once_the_earlier_has_failed() -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    game.submit(2, 12, 11)
    game.judge(12, "accepted", 12)
    assert game.judge(11, "wrong_answer", 30)[-1] == "match_finished"
    assert game.outcome.winner_id == 2


def test_time_up_with_nothing_accepted_is_a_draw() -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    game.judge(11, "wrong_answer", 11)
    with pytest.raises(errors.NothingDue):
        game.do(c.EndRound(), COUNTDOWN + ROUND - 0.001)
    assert game.do(c.EndRound(), COUNTDOWN + ROUND) == ["round_finished", "match_finished"]
    assert (game.outcome.reason, game.outcome.winner_id) == ("time_up", None)
    assert {player.result for player in game.outcome.players} == {"draw"}
    assert all(player.xp_before == player.xp_after for player in game.outcome.players)


def test_time_up_waits_for_what_was_received_in_time() -> None:
    game = Game.playing()
    end = COUNTDOWN + ROUND
    game.submit(1, 11, end - 0.001)
    with pytest.raises(errors.NothingDue):
        game.do(c.EndRound(), end)
    with pytest.raises(errors.RoundOver):
        game.submit(2, 12, end)
    assert game.judge(11, "accepted", end + 9)[-1] == "match_finished"
    assert (game.outcome.reason, game.outcome.winner_id) == ("solved", 1)


def test_the_last_verdict_after_time_up_ends_the_round() -> None:
    game = Game.playing()
    end = COUNTDOWN + ROUND
    game.submit(1, 11, end - 1)
    assert game.judge(11, "wrong_answer", end + 1)[-1] == "match_finished"
    assert game.outcome.reason == "time_up"


def test_one_pending_submission_a_player() -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    with pytest.raises(errors.SubmissionPending):
        game.submit(1, 12, 11)
    game.submit(2, 13, 11)
    game.judge(11, "wrong_answer", 12)
    game.submit(1, 14, 13)
    assert game.state.players[0].submissions == 2
    assert game.state.players[0].best_passed == 3
    game.judge(14, "wrong_answer", 14, passed=2)
    assert game.state.players[0].best_passed == 3, "the best, not the last"
    game.submit(1, 15, 15)
    game.judge(15, "wrong_answer", 16, passed=5)
    assert game.state.players[0].best_passed == 5


def test_a_judgement_is_recorded_once_and_for_known_submissions() -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    game.judge(11, "wrong_answer", 12)
    with pytest.raises(errors.AlreadyJudged):
        game.judge(11, "accepted", 13)
    with pytest.raises(errors.UnknownSubmission):
        game.judge(99, "accepted", 13)


def test_a_judge_that_cannot_judge_decides_nothing() -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    game.submit(2, 12, 11)
    game.judge(12, "accepted", 12)
    assert game.judge(11, "judge_error", 13)[-1] == "match_finished", "as if the first had not been received"
    assert (game.outcome.reason, game.outcome.winner_id) == ("solved", 2)


def test_what_could_not_be_judged_may_be_handed_in_again() -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    assert game.judge(11, "judge_error", 12, passed=9) == ["submission_judged"]
    assert game.state.players[0].best_passed == 0, "what was found out about it does not count"
    assert game.submit(1, 12, 13) == ["submission_received"]
    assert game.judge(12, "accepted", 14)[-1] == "match_finished"
    assert game.outcome.winner_id == 1


def test_nothing_is_claimed_while_the_absent_ones_solution_is_judged() -> None:
    game = Game.playing()
    game.submit(2, 12, 10)
    game.do(c.MarkGone(2, left=True), 11)
    with pytest.raises(errors.BeingJudged) as refused:
        game.do(c.ClaimWin(1), 12)
    assert refused.value.retry_after == 1
    assert game.judge(12, "accepted", 13)[-1] == "match_finished"
    assert (game.outcome.reason, game.outcome.winner_id) == ("solved", 2)


def test_nothing_is_claimed_while_ones_own_solution_is_judged() -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    game.do(c.MarkGone(2, left=True), 11)
    with pytest.raises(errors.BeingJudged):
        game.do(c.ClaimWin(1), 12)
    game.judge(11, "wrong_answer", 13)
    assert game.do(c.ClaimWin(1), 14) == ["match_finished"]
    assert (game.outcome.reason, game.outcome.winner_id) == ("abandoned", 1)


def test_a_resignation_waits_for_what_the_other_handed_in() -> None:
    for verdict, reason in (("accepted", "solved"), ("wrong_answer", "resigned"), ("judge_error", "resigned")):
        game = Game.playing()
        game.submit(1, 11, 10)
        assert game.do(c.Resign(2), 11) == ["player_resigned"]
        assert game.judge(11, verdict, 12)[-1] == "match_finished"
        assert (game.outcome.reason, game.outcome.winner_id) == (reason, 1)


def test_who_resigns_gives_up_what_they_handed_in() -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    assert game.do(c.Resign(1), 11) == ["player_resigned", "match_finished"]
    assert (game.outcome.reason, game.outcome.winner_id) == ("resigned", 2)


@pytest.mark.parametrize("seconds", [11, COUNTDOWN + ROUND])
def test_a_match_that_both_gave_up_is_aborted(seconds: float) -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    game.do(c.Resign(2), seconds)
    assert game.do(c.Resign(1), seconds) == ["player_resigned", "match_finished"]
    assert (game.outcome.reason, game.outcome.winner_id) == ("aborted", None)


@pytest.mark.parametrize("verdict", ["accepted", "wrong_answer"])
def test_nobody_being_there_waits_for_what_was_handed_in(verdict: str) -> None:
    game = Game.playing()
    game.submit(1, 11, 10)
    game.do(c.MarkGone(1, left=True), 11)
    game.do(c.MarkGone(2, left=True), 12)
    with pytest.raises(errors.NothingDue):
        game.do(c.ReviewAbsence(), 13)
    assert game.judge(11, verdict, 14)[-1] == "match_finished"
    accepted = verdict == "accepted"
    assert (game.outcome.reason, game.outcome.winner_id) == (("solved", 1) if accepted else ("aborted", None))


def test_best_of_three_is_won_by_whom_the_others_left_with_a_solution() -> None:
    game = Game.playing(rounds=3)
    game.submit(1, 11, 10)
    game.do(c.Resign(2), 11)
    assert game.judge(11, "accepted", 12) == ["submission_judged", "round_finished", "match_finished"]
    assert (game.outcome.reason, game.outcome.winner_id) == ("solved", 1)


def test_gone_back_gone_claimed() -> None:
    game = Game.playing()
    assert game.do(c.MarkGone(2), 10) == ["player_gone"]
    assert game.state.players[1].claim_at == after(10 + GRACE)
    with pytest.raises(errors.AlreadyGone):
        game.do(c.MarkGone(2), 11)
    assert game.do(c.MarkBack(2), 20) == ["player_back"]
    with pytest.raises(errors.NotGone):
        game.do(c.MarkBack(2), 21)
    with pytest.raises(errors.OpponentPresent):
        game.do(c.ClaimWin(1), 22)
    game.do(c.MarkGone(2), 30)
    with pytest.raises(errors.GraceNotOver):
        game.do(c.ClaimWin(1), 30 + GRACE - 0.001)
    assert game.do(c.ClaimWin(1), 30 + GRACE) == ["match_finished"]
    assert (game.outcome.reason, game.outcome.winner_id) == ("abandoned", 1)


def test_leaving_leaves_no_grace() -> None:
    game = Game.playing()
    game.do(c.MarkGone(2), 10)
    assert game.do(c.MarkGone(2, left=True), 12) == ["player_gone"]
    with pytest.raises(errors.AlreadyGone):
        game.do(c.MarkGone(2, left=True), 12)
    assert game.do(c.ClaimWin(1), 12) == ["match_finished"]


def test_acting_is_being_here() -> None:
    game = Game.playing()
    game.do(c.MarkGone(1, left=True), 10)
    assert game.submit(1, 11, 12) == ["player_back", "submission_received"]
    assert (game.state.players[0].gone, game.state.players[0].left) == (False, False)
    game.judge(11, "wrong_answer", 12)
    game.do(c.MarkGone(1), 13)
    game.do(c.MarkGone(2, left=True), 13)
    assert game.do(c.ClaimWin(1), 14) == ["player_back", "match_finished"]


def test_a_match_that_nobody_is_left_in_is_aborted() -> None:
    game = Game.playing()
    game.do(c.MarkGone(1), 10)
    game.do(c.MarkGone(2), 20)
    with pytest.raises(errors.NothingDue):
        game.do(c.ReviewAbsence(), 10 + GRACE)
    assert game.do(c.ReviewAbsence(), 20 + GRACE) == ["match_finished"]
    assert game.outcome.reason == "aborted"


def test_a_match_that_nobody_came_to_is_aborted() -> None:
    game = Game()
    game.do(c.MarkGone(1), 1)
    game.do(c.MarkGone(2), 2)
    assert game.do(starting(), COUNTDOWN) == ["match_finished"]
    assert game.outcome.reason == "aborted"


def test_the_countdown_runs_to_its_end() -> None:
    game = Game()
    with pytest.raises(errors.NothingDue):
        game.do(starting(), COUNTDOWN - 0.001)
    with pytest.raises(errors.InvalidMatch, match=r"^A match needs one problem a round\.$"):
        game.do(starting(rounds=2), COUNTDOWN)
    with pytest.raises(errors.MatchNotStarted):
        game.submit(1, 11, 1)
    with pytest.raises(errors.MatchNotStarted):
        game.do(c.EndRound(), 1)
    game.do(starting(), COUNTDOWN)
    with pytest.raises(errors.MatchAlreadyStarted):
        game.do(starting(), COUNTDOWN + 1)


def test_resigning_in_the_countdown_loses() -> None:
    game = Game()
    assert game.do(c.Resign(1), 1) == ["player_resigned", "match_finished"]
    assert (game.outcome.winner_id, game.outcome.rated) == (2, True)


def test_aborting_is_possible_until_the_end() -> None:
    game = Game()
    assert game.do(c.Abort(), 1) == ["match_finished"]
    assert (game.outcome.reason, game.outcome.winner_id) == ("aborted", None)
    with pytest.raises(errors.MatchAlreadyFinished):
        game.do(c.Abort(), 2)


@pytest.mark.parametrize("players", [(), (1,), (1, 1), (1, 2, 2)])
def test_a_match_needs_different_players(players: tuple[int, ...]) -> None:
    command = c.SeatPlayers(1, "ROOMAB", tuple(seat(user) for user in players), None, 1, 3, 600, 45, 0)
    with pytest.raises(errors.InvalidMatch):
        decide(MatchState(), command, after(0), standings())


def test_a_match_needs_a_round_and_is_seated_once() -> None:
    with pytest.raises(errors.InvalidMatch):
        decide(MatchState(), seating(rounds=0), after(0), standings())
    with pytest.raises(errors.MatchAlreadyStarted):
        Game().do(seating(), 1)


def test_strangers_and_those_who_are_out_have_no_say() -> None:
    game = Game.playing(players=3)
    for command in (c.Resign(9), c.SubmitCode(9, 1, "python"), c.ClaimWin(9), c.MarkGone(9), c.MarkBack(9)):
        with pytest.raises(errors.NotAPlayer):
            game.do(command, 10)
    game.do(c.Resign(3), 11)
    for command in (c.Resign(3), c.SubmitCode(3, 1, "python"), c.ClaimWin(3), c.MarkGone(3), c.MarkBack(3)):
        with pytest.raises(errors.PlayerIsOut):
            game.do(command, 12)


def test_three_players_one_resigns_and_stops_nobody() -> None:
    game = Game.playing(players=3)
    game.submit(3, 13, 10)
    game.submit(1, 11, 11)
    game.judge(11, "accepted", 12)
    assert game.do(c.Resign(3), 13) == ["player_resigned", "round_finished", "match_finished"]
    assert (game.outcome.reason, game.outcome.winner_id) == ("solved", 1)
    assert [player.result for player in game.outcome.players] == ["won", "lost", "lost"]


def test_three_players_resigning_in_the_countdown_leaves_two() -> None:
    game = Game(players=3)
    assert game.do(c.Resign(3), 1) == ["player_resigned"]
    assert game.do(c.Resign(1), 2) == ["player_resigned", "match_finished"]
    assert game.outcome.winner_id == 2


def test_three_players_claim_only_when_all_others_are_gone() -> None:
    game = Game.playing(players=3)
    game.do(c.MarkGone(2, left=True), 10)
    with pytest.raises(errors.OpponentPresent):
        game.do(c.ClaimWin(1), 11)
    game.do(c.MarkGone(3, left=True), 12)
    game.do(c.ClaimWin(1), 13)
    assert game.outcome.winner_id == 1


def test_three_players_claim_only_when_every_grace_is_over() -> None:
    game = Game.playing(players=3)
    game.do(c.MarkGone(2, left=True), 10)
    game.do(c.MarkGone(3), 12)
    with pytest.raises(errors.GraceNotOver):
        game.do(c.ClaimWin(1), 12 + GRACE - 0.001)
    assert game.do(c.ClaimWin(1), 12 + GRACE) == ["match_finished"]


def test_three_players_play_on_while_one_is_there_or_may_come_back() -> None:
    game = Game.playing(players=3)
    game.do(c.MarkGone(1, left=True), 10)
    game.do(c.MarkGone(2, left=True), 11)
    with pytest.raises(errors.NothingDue):
        game.do(c.ReviewAbsence(), 12)
    game.do(c.MarkGone(3), 13)
    with pytest.raises(errors.NothingDue):
        game.do(c.ReviewAbsence(), 13 + GRACE - 0.001)
    assert game.do(c.ReviewAbsence(), 13 + GRACE) == ["match_finished"]
    assert (game.outcome.reason, game.outcome.winner_id) == ("aborted", None)


def test_a_match_begins_if_anybody_came() -> None:
    game = Game(players=3)
    game.do(c.MarkGone(1), 1)
    game.do(c.MarkGone(3), 1)
    assert game.do(starting(), COUNTDOWN) == ["match_started", "round_started"]


def solve(game: Game, user_id: int, submission_id: int, seconds: float) -> list[str]:
    game.submit(user_id, submission_id, seconds)
    return game.judge(submission_id, "accepted", seconds + 1)


def test_best_of_three_ends_when_it_is_decided() -> None:
    game = Game.playing(rounds=3)
    assert solve(game, 1, 11, 10) == ["submission_judged", "round_finished", "round_started"]
    assert game.state.round is not None
    assert (game.state.round.number, game.state.round.problem_id) == (2, 102)
    assert [player.submissions for player in game.state.players] == [0, 0]
    assert solve(game, 1, 12, 20)[-1] == "match_finished"
    assert (game.outcome.reason, game.outcome.winner_id) == ("solved", 1)


def test_best_of_three_may_need_all_rounds_and_may_be_drawn() -> None:
    game = Game.playing(rounds=3)
    solve(game, 1, 11, 10)
    solve(game, 2, 12, 20)
    assert game.do(c.EndRound(), 21 + ROUND)[-1] == "match_finished"
    assert (game.outcome.reason, game.outcome.winner_id) == ("time_up", None)


def test_a_lead_as_large_as_the_rounds_left_decides_nothing() -> None:
    game = Game.playing(rounds=2)
    assert solve(game, 1, 11, 10)[-1] == "round_started"
    assert solve(game, 2, 12, 20)[-1] == "match_finished"
    assert (game.outcome.reason, game.outcome.winner_id) == ("time_up", None)


def test_a_verdict_from_an_earlier_round_changes_nothing() -> None:
    game = Game.playing(rounds=3)
    game.submit(1, 11, 10)
    game.submit(2, 12, 11)
    game.judge(11, "accepted", 12)
    with pytest.raises(errors.UnknownSubmission):
        game.judge(12, "accepted", 13)


def test_before_the_beginning_there_is_nothing_to_do() -> None:
    with pytest.raises(errors.MatchNotStarted):
        decide(MatchState(), c.Resign(1), after(0), standings())
