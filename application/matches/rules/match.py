"""The rules: which events a command causes in a match, or the named error why it causes none.

``decide`` is the only place that knows what may happen when. It looks at the state, the command, the time and the
players' standings, and at nothing else; two calls with the same values give the same answer.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from application.matches import errors
from application.matches.rules import commands as c
from application.matches.rules import events as e
from application.matches.rules import standings as places
from application.matches.rules.ending import Standings, ending
from application.matches.rules.modes import MODES
from application.matches.rules.state import ACCEPTED, JUDGE_ERROR, MatchState, Phase, Player, Round, Submission, evolve


class StandingsNeeded(Exception):
    """The match would end: what that does to its players rests on how they stand."""


def decide(
    state: MatchState, command: c.Command, at: datetime, standings: Standings | None = None
) -> tuple[e.Event, ...]:
    """The events that ``command`` causes at the time ``at``, at least one; raises a CodemazeError otherwise.

    Few commands end a match, so ``standings`` may be left out: where they are needed, StandingsNeeded is raised.
    """
    if isinstance(command, c.SeatPlayers):
        return _seat(state, command, at)
    if state.found is None:
        raise errors.MatchNotStarted
    if state.phase is Phase.FINISHED:
        raise errors.MatchAlreadyFinished
    decision = _Decision(state, state.found, at, standings)
    match command:
        case c.SeatLate():
            decision.seat_late(command)
        case c.StartMatch():
            decision.start(command)
        case c.SubmitCode():
            decision.submit(command)
        case c.RecordJudgement():
            decision.record(command)
        case c.FinishRound():
            decision.finish_round(command)
        case c.Resign():
            decision.resign(command)
        case c.MarkGone():
            decision.mark_gone(command)
        case c.MarkBack():
            decision.mark_back(command)
        case c.ClaimWin():
            decision.claim(command)
        case c.AnnounceWinner():
            decision.announce(command)
        case c.EndRound():
            decision.end_round()
        case c.ReviewAbsence():
            decision.review_absence()
        case c.Abort():
            decision.finish("aborted", None)
        case _:
            assert_never(command)
    return tuple(decision.events)


def _seat(state: MatchState, command: c.SeatPlayers, at: datetime) -> tuple[e.Event, ...]:
    if state.phase not in (Phase.WAITING, Phase.FINISHED):
        raise errors.MatchAlreadyStarted
    alone = 1 if command.unrated_because == "practice" else 2
    if len({seat.user_id for seat in command.players}) < max(alone, len(command.players)) or command.rounds < 1:
        raise errors.InvalidMatch
    return (
        e.MatchFound(
            session_id=command.session_id,
            room=command.room,
            players=tuple(sorted(command.players, key=lambda seat: seat.user_id)),
            rated=command.unrated_because is None,
            rounds=command.rounds,
            round_seconds=command.round_seconds,
            grace_seconds=command.grace_seconds,
            countdown_ends_at=at + timedelta(seconds=command.countdown_seconds),
            unrated_because=command.unrated_because,
            rated_after_seconds=command.rated_after_seconds,
            countdown_seconds=command.countdown_seconds,
            scoring=command.scoring,
            settings=command.settings,
            host_id=command.host_id,
            members=command.members,
            removed=command.removed,
            invited_id=command.invited_id,
        ),
    )


class _Decision:
    """One decision under way: each event that is found changes the state the next thought is based on."""

    def __init__(self, state: MatchState, found: e.MatchFound, at: datetime, standings: Standings | None) -> None:
        self.state, self.found, self.at, self.standings = state, found, at, standings
        self.events: list[e.Event] = []
        self.rules, self.mode = found.rules, MODES[found.rules.mode]

    def add(self, event: e.Event) -> None:
        self.events.append(event)
        self.state = evolve(self.state, event, self.at)

    # --- commands

    def start(self, command: c.StartMatch) -> None:
        if self.state.phase is Phase.PLAYING:
            raise errors.MatchAlreadyStarted
        if self.at < self.found.countdown_ends_at:
            raise errors.NothingDue
        if len(command.problems) != self.found.rounds:
            raise errors.InvalidMatch("A match needs one problem a round.")
        if all(player.gone for player in self.state.active) and len(self.state.players) > 1:
            self.finish("aborted", None)
        else:
            self.add(e.MatchStarted(command.problems))
            self.open_round(1)

    def seat_late(self, command: c.SeatLate) -> None:
        if self.state.player(command.player.user_id) is not None:
            raise errors.MatchAlreadyStarted
        from_round = self.state.round.number + 1 if self.state.round else 1
        if from_round > self.found.rounds:
            raise errors.RoundOver
        self.add(e.PlayerSeated(command.player, from_round))

    def submit(self, command: c.SubmitCode) -> None:
        self.acting(command.user_id)
        running = self.running_round()
        if self.at >= running.ends_at:
            raise errors.RoundOver
        self.require_round(command.user_id)
        if self.rules.languages is not None and command.language not in self.rules.languages:
            raise errors.LanguageNotAllowed(fields={"language": f"must be one of {', '.join(self.rules.languages)}"})
        if any(s.user_id == command.user_id and s.verdict is None for s in running.submissions):
            raise errors.SubmissionPending
        self.add(e.SubmissionReceived(command.user_id, command.submission_id, command.language))

    def record(self, command: c.RecordJudgement) -> None:
        running = self.running_round()
        submission = next((s for s in running.submissions if s.id == command.submission_id), None)
        if submission is None:
            raise errors.UnknownSubmission
        if submission.verdict is not None:
            raise errors.AlreadyJudged
        author = submission.user_id
        # What could not be judged counts as not received, with whatever had been found out about it.
        passed = 0 if command.verdict == JUDGE_ERROR else command.passed
        length = command.length if self.mode.counts_length else None
        self.add(e.SubmissionJudged(author, submission.id, command.verdict, passed, command.total, length))
        self.settle()

    def finish_round(self, command: c.FinishRound) -> None:
        self.acting(command.user_id)
        if self.at >= self.running_round().ends_at:
            raise errors.RoundOver
        self.require_round(command.user_id)
        self.add(e.PlayerDone(command.user_id))
        self.settle()

    def resign(self, command: c.Resign) -> None:
        self.player(command.user_id)
        self.add(e.PlayerResigned(command.user_id))
        self.settle()

    def mark_gone(self, command: c.MarkGone) -> None:
        player = self.player(command.user_id)
        if player.gone and (player.left or not command.left):
            raise errors.AlreadyGone
        grace = timedelta(seconds=0 if command.left else self.found.grace_seconds)
        self.add(e.PlayerGone(command.user_id, self.at + grace, command.left))

    def mark_back(self, command: c.MarkBack) -> None:
        if not self.player(command.user_id).gone:
            raise errors.NotGone
        self.add(e.PlayerBack(command.user_id))

    def claim(self, command: c.ClaimWin) -> None:
        claimer = self.acting(command.user_id)
        others = [player for player in self.state.active if player.seat != claimer.seat]
        if not all(player.gone for player in others):
            raise errors.OpponentPresent
        if not all(self.grace_is_over(player) for player in others):
            raise errors.GraceNotOver
        if self.first_that_decides() is not None:
            raise errors.BeingJudged(retry_after=1)
        self.finish("abandoned", claimer)

    def announce(self, command: c.AnnounceWinner) -> None:
        self.player(command.user_id)
        self.running_round()
        self.close_round(command.user_id)

    def end_round(self) -> None:
        self.running_round()
        self.settle()
        if not self.events:
            raise errors.NothingDue

    def review_absence(self) -> None:
        self.settle()
        if not self.events:
            raise errors.NothingDue

    # --- what they have in common

    def player(self, user_id: int) -> Player:
        """The player with this id, still taking part."""
        player = self.state.player(user_id)
        if player is None:
            raise errors.NotAPlayer
        if player.resigned:
            raise errors.PlayerIsOut
        return player

    def acting(self, user_id: int) -> Player:
        """The player, who by acting shows to be here."""
        if self.player(user_id).gone:
            self.add(e.PlayerBack(user_id))
        return self.player(user_id)

    def require_round(self, user_id: int) -> None:
        """Raises NotYetSeated or RoundDone unless the player may still do something in this round."""
        if not self.state.may_play(user_id):
            raise errors.NotYetSeated
        if self.is_done(self.player(user_id)):
            raise errors.RoundDone

    def is_done(self, player: Player) -> bool:
        """Whether the player will hand in nothing more in this round."""
        own = [s for s in self.running_round().submissions if s.user_id == player.seat.user_id]
        solved = not self.mode.again and any(submission.verdict == ACCEPTED for submission in own)
        return player.done or solved

    def everybody_is_done(self) -> bool:
        """Whether nobody who is here will hand in anything in this round. Who comes late has nothing to do with it."""
        playing = [player for player in self.state.active if self.state.may_play(player.seat.user_id)]
        here = [player for player in playing if not self.grace_is_over(player)]
        return bool(here) and all(self.is_done(player) for player in here)

    def running_round(self) -> Round:
        if self.state.round is None:
            raise errors.MatchNotStarted
        return self.state.round

    def grace_is_over(self, player: Player) -> bool:
        return player.claim_at is not None and self.at >= player.claim_at

    def open_round(self, number: int) -> None:
        problem = self.state.problems[number - 1]
        ends_at = self.at + timedelta(seconds=self.found.round_seconds)
        self.add(e.RoundStarted(number, problem.problem_id, problem.tests, ends_at))

    def first_that_decides(self) -> Submission | None:
        """Of what was handed in in this round by those who take part, the earliest that may yet turn out to be right,
        or, where the round ends with the first solution, that is."""
        taking_part = {player.seat.user_id for player in self.state.active}
        submissions = self.state.round.submissions if self.state.round else ()
        deciding = (None, ACCEPTED) if self.rules.round_ends == "first" else (None,)
        return next((s for s in submissions if s.user_id in taking_part and s.verdict in deciding), None)

    def settle(self) -> None:
        """End the round or the match if that can be decided now.

        The earliest received accepted submission wins. While an earlier one is still being judged nothing is decided:
        not by the end of the time, not by who resigned, nor by who is away. The judge's speed must never be what a
        round is won by.
        """
        running, first, active = self.state.round, self.first_that_decides(), self.state.active
        if first is not None:
            if first.verdict == ACCEPTED:
                self.close_round(first.user_id)
        elif not active and len(self.state.players) > 1:
            self.finish("aborted", None)
        elif len(active) < min(2, len(self.state.players)):
            self.finish("resigned", active[0] if active else None)
        elif running is not None and (self.at >= running.ends_at or self.everybody_is_done()):
            self.close_round(None)
        elif len(self.state.players) > 1 and all(self.grace_is_over(player) for player in active):
            self.finish("aborted", None)

    def close_round(self, winner_id: int | None) -> None:
        """End the round; ``winner_id`` is None where it does not end with a solution."""
        number, scoring = self.running_round().number, self.found.scoring
        standings = places.of_round(self.state)
        if winner_id is None:
            best = [standing for standing in standings if standing.place == 1 and standing.solved]
            winner_id = best[0].user_id if len(best) == 1 else None
        self.add(e.RoundFinished(number, winner_id, standings))
        ranked = sorted(self.state.active, key=lambda player: places.worth(player, scoring))
        if len(ranked) == 1:
            solved = bool(ranked[0].rounds_won)
            self.finish("solved" if solved else "time_up", ranked[0] if solved or len(self.state.players) > 1 else None)
        elif number < self.found.rounds and not self.is_decided(ranked[0], ranked[1], self.found.rounds - number):
            self.open_round(number + 1)
        elif places.worth(ranked[0], scoring) < places.worth(ranked[1], scoring):
            solved = any(player.last_solved_at or player.rounds_won for player in ranked)
            self.finish("solved" if solved else "time_up", ranked[0])
        else:
            self.finish("time_up", None)

    def is_decided(self, first: Player, second: Player, left: int) -> bool:
        """Whether nobody can come up with the first any more in so many rounds."""
        if self.found.scoring == "rounds":
            return first.rounds_won > second.rounds_won + left
        return first.points > second.points + left * (len(self.state.active) - 1)

    def finish(self, reason: e.Reason, winner: Player | None) -> None:
        """End the match. Every way to end one comes through here."""
        if self.standings is None:
            raise StandingsNeeded
        self.add(ending(self.state, self.found, self.at, reason, winner, self.standings))
