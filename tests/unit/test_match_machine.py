"""The rules under any sequence of commands: whatever is thrown at a match, what must hold holds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from application.base.errors import CodemazeError
from application.matches.errors import MatchAlreadyFinished
from application.matches.rules import commands as c
from application.matches.rules import events as e
from application.matches.rules.chapter import follow
from application.matches.rules.match import decide
from application.matches.rules.state import MatchState, Phase, evolve, replay
from application.matches.rules.views import NOTHING_WRITTEN, You, envelope, view
from application.rooms.rules.state import RoomState
from tests.e2e.player import Fold
from tests.factories import COUNTDOWN, GRACE, ROOM, ROUND, SHORT, Game, after, standings, starting

VERDICTS = st.sampled_from(["accepted", "wrong_answer", "time_limit", "runtime_error", "judge_error"])
PROBLEMS: dict[int, dict[str, Any]] = {100 + number: {"id": 100 + number} for number in range(1, 4)}
USERS = st.integers(1, 4)


def nothing_was_passed_over(state: MatchState) -> bool:
    """Whether all that was received before what decided the match had been judged; what somebody handed in who has
    resigned does not count."""
    if state.outcome is None or state.round is None:
        return True
    resigned = {player.seat.user_id for player in state.players if player.resigned}
    counting = [s for s in state.round.submissions if s.user_id not in resigned]
    if state.outcome.reason == "solved":
        counting = counting[: [s.verdict == "accepted" for s in counting].index(True)]
    return all(submission.verdict is not None for submission in counting)


class Machine(RuleBasedStateMachine):
    """Plays one match with players who do what they like, in steps of any length."""

    @initialize(
        players=st.integers(2, 3),
        rounds=st.integers(1, 3),
        unrated=st.sampled_from([None, "same_opponents"]),
        short=st.sampled_from([0, SHORT]),
    )
    def seat(self, players: int, rounds: int, unrated: e.UnratedBecause | None, short: int) -> None:
        self.game, self.seconds, self.submissions = Game(players, rounds, unrated, short), 0.0, 0
        self.players, self.rounds = players, rounds

    def attempt(self, command: c.Command) -> None:
        before, length = self.game.state, len(self.game.journal)
        try:
            assert self.game.do(command, self.seconds)
        except CodemazeError as refused:
            assert self.game.state is before
            assert len(self.game.journal) == length
            if before.phase is Phase.FINISHED and not isinstance(command, c.SeatPlayers):
                assert isinstance(refused, MatchAlreadyFinished)
        else:
            assert before.phase is not Phase.FINISHED

    @rule(seconds=st.sampled_from([0.5, 5, GRACE, ROUND]))
    def wait(self, seconds: float) -> None:
        self.seconds += seconds

    @rule()
    def start(self) -> None:
        self.attempt(starting(self.rounds))

    @rule(user=USERS)
    def submit(self, user: int) -> None:
        self.submissions += 1
        self.attempt(c.SubmitCode(user, self.submissions, "python"))

    @precondition(lambda self: self.submissions)
    @rule(data=st.data(), verdict=VERDICTS)
    def judge(self, data: st.DataObject, verdict: str) -> None:
        submission = data.draw(st.integers(1, self.submissions))
        self.attempt(c.RecordJudgement(submission, verdict, 20 if verdict == "accepted" else 4, 20))

    @rule(user=USERS, left=st.booleans())
    def go(self, user: int, left: bool) -> None:
        self.attempt(c.MarkGone(user, left))

    @rule(user=USERS)
    def come_back(self, user: int) -> None:
        self.attempt(c.MarkBack(user))

    @rule(user=USERS)
    def claim(self, user: int) -> None:
        self.attempt(c.ClaimWin(user))

    @rule(user=USERS)
    def resign(self, user: int) -> None:
        self.attempt(c.Resign(user))

    @rule(command=st.sampled_from([c.EndRound(), c.ReviewAbsence()]))
    def fall_due(self, command: c.Command) -> None:
        self.attempt(command)

    @invariant()
    def replay_equals_the_live_state(self) -> None:
        kept = [e.Recorded(r.version, r.at, e.decode(e.name_of(r.event), e.encode(r.event))) for r in self.game.journal]
        assert replay(kept) == self.game.state
        assert [entry.version for entry in kept] == list(range(1, self.game.state.version + 1))

    @invariant()
    def there_is_one_end_and_at_most_one_winner(self) -> None:
        names = [e.name_of(entry.event) for entry in self.game.journal]
        ends = names.count("match_finished")
        assert ends == (self.game.state.phase is Phase.FINISHED) and "match_finished" not in names[:-1]
        if ends:
            results = [player.result for player in self.game.outcome.players]
            winner = self.game.outcome.winner_id
            assert results.count("won") == (winner is not None)
            gained = sum(player.xp_after - player.xp_before for player in self.game.outcome.players)
            assert gained == 10 * (winner is not None and self.game.outcome.rated)
            assert self.game.outcome.rated == (self.game.outcome.unrated_because is None)

    @invariant()
    def nothing_ends_while_something_received_earlier_is_judged(self) -> None:
        assert nothing_was_passed_over(self.game.state)

    @invariant()
    def a_match_that_hardly_took_place_is_not_rated(self) -> None:
        outcome = self.game.state.outcome
        if outcome is None or self.game.state.found is None or not self.game.state.found.rated_after_seconds:
            return
        begun = [entry.at for entry in self.game.journal if isinstance(entry.event, e.RoundStarted)]
        judged = [entry.event for entry in self.game.journal if isinstance(entry.event, e.SubmissionJudged)]
        played = bool(begun) and (self.game.journal[-1].at - begun[0]).total_seconds() >= SHORT
        if not played and all(event.verdict == "judge_error" for event in judged):
            assert not outcome.rated

    @invariant()
    def a_solved_round_goes_to_the_earliest_received(self) -> None:
        received: dict[int, list[int]] = {}
        verdicts: dict[int, str] = {}
        number, resigned = 0, set[int]()
        for entry in self.game.journal:
            match entry.event:
                case e.RoundStarted() as event:
                    number = event.number
                case e.SubmissionReceived() as event:
                    received.setdefault(number, []).append(event.submission_id)
                    verdicts[event.submission_id] = f"pending by {event.user_id}"
                case e.SubmissionJudged() as event:
                    verdicts[event.submission_id] = f"{event.verdict} by {event.user_id}"
                case e.PlayerResigned() as event:
                    resigned.add(event.user_id)
                case e.RoundFinished(winner_id=int(winner)):
                    counting = [verdicts[s] for s in received[number] if int(verdicts[s].split()[-1]) not in resigned]
                    deciding = [v for v in counting if v.startswith(("accepted", "pending"))]
                    assert deciding[0] == f"accepted by {winner}"

    @invariant()
    def what_a_client_folds_equals_the_view(self) -> None:
        for reader in range(1, self.players + 1):
            fold, state, room, last_judged = Fold(), MatchState(), RoomState(), None
            for entry in self.game.journal:
                state, room = replay((entry,), state), follow(room, entry.event)
                shown = envelope(ROOM, entry, reader, state, PROBLEMS, {})
                fold.apply(e.name_of(entry.event), shown)
                if isinstance(entry.event, e.SubmissionJudged) and entry.event.user_id == reader:
                    last_judged = shown
                you, now = You(reader, NOTHING_WRITTEN, last_judged), self.game.journal[0].at
                assert fold.view == view(ROOM, room, state, you, PROBLEMS, now)


Machine.TestCase.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestMachine = Machine.TestCase


DECIDING: list[tuple[float, c.Command]] = [
    *((0, c.SubmitCode(user, user, "python")) for user in (1, 2)),
    *((0, c.MarkGone(user, left=True)) for user in (1, 2)),
    *((0, c.ClaimWin(user)) for user in (1, 2)),
    *((0, c.Resign(user)) for user in (1, 2)),
    *((0, c.RecordJudgement(1, verdict, 4, 20)) for verdict in ("accepted", "wrong_answer", "judge_error")),
    (0, c.ReviewAbsence()),
    (ROUND, c.EndRound()),
]
"""What can end a match, and what must be waited for; each with the seconds that have passed before it."""


def test_no_order_of_commands_passes_over_what_was_received() -> None:
    ends = set[str]()

    def go_on(state: MatchState, seconds: float, left: int) -> None:
        for passed, command in DECIDING:
            at, after_it = after(seconds + passed), state
            try:
                events = decide(state, command, at, standings())
            except CodemazeError:
                continue
            for event in events:
                after_it = evolve(after_it, event, at)
            assert nothing_was_passed_over(after_it), command
            if after_it.outcome:
                ends.add(after_it.outcome.reason)
            elif left:
                go_on(after_it, seconds + passed, left - 1)

    go_on(Game.playing().state, COUNTDOWN, 4)
    assert ends == {"solved", "abandoned", "resigned", "time_up", "aborted"}


EVERY_COMMAND: list[c.Command] = [
    starting(),
    c.SubmitCode(1, 1, "python"),
    c.RecordJudgement(1, "accepted", 20, 20),
    c.Resign(1),
    c.MarkGone(1),
    c.MarkBack(1),
    c.ClaimWin(1),
    c.EndRound(),
    c.ReviewAbsence(),
    c.Abort(),
]


@pytest.mark.parametrize("phase", ["waiting", "countdown", "playing", "finished"])
@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda command: type(command).__name__)
def test_every_command_in_every_phase_gives_events_or_a_named_error(phase: str, command: c.Command) -> None:
    game = Game() if phase == "countdown" else Game.playing()
    if phase == "finished":
        game.do(c.Abort(), 5)
    state = MatchState() if phase == "waiting" else game.state
    assert state.phase == phase
    at = game.journal[-1].at
    try:
        events = decide(state, command, at, game.standings)
    except CodemazeError as refused:
        assert refused.code != CodemazeError.code
    else:
        assert events
