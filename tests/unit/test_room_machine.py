"""Rooms and the matches in them under any sequence of commands, by many users."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from application.base.errors import CodemazeError
from application.matches.rules import commands as c
from application.matches.rules import events as e
from application.matches.rules.chapter import decide, follow, playing
from application.matches.rules.modes import MODES
from application.matches.rules.state import MatchState, Phase, replay
from application.matches.rules.views import NOTHING_WRITTEN, You, envelope, view
from application.rooms.rules import commands as r
from application.rooms.rules import events as re
from application.rooms.rules.settings import RoomSettings
from application.rooms.rules.state import RoomState
from tests.e2e.player import Fold
from tests.factories import GRACE, ROOM, after, seat, standings, starting

USERS = st.integers(1, 5)
PROBLEMS: dict[int, dict[str, Any]] = {100 + number: {"id": 100 + number} for number in range(1, 4)}
VERDICTS = st.sampled_from(["accepted", "wrong_answer", "judge_error"])


def member(user_id: int, role: re.As) -> re.Member:
    """A user as they enter."""
    here = seat(user_id)
    return re.Member(user_id, here.username, here.avatar, here.rank, role)


class Machine(RuleBasedStateMachine):
    """One room, in which people do what they like, one match after the other."""

    @initialize(
        capacity=st.integers(2, 4),
        rounds=st.integers(1, 3),
        mode=st.sampled_from(sorted(MODES)),
        ends=st.sampled_from(["first", "all"]),
        late=st.booleans(),
        play=st.booleans(),
        guests=st.integers(0, 3),
        invited=st.sampled_from([None, None, 2]),
        spectators=st.sampled_from(["anyone", "nobody"]),
    )
    def open(
        self,
        capacity: int,
        rounds: int,
        mode: Any,
        ends: Any,
        late: bool,
        play: bool,
        guests: int,
        invited: int | None,
        spectators: Any,
    ) -> None:
        self.room, self.state, self.seconds = RoomState(), MatchState(), 0.0
        self.journal: list[e.Recorded] = []
        self.submissions = self.matches = 0
        wanted = RoomSettings(
            capacity=capacity, rounds=rounds, mode=mode, round_ends=ends, late_entry=late, spectators=spectators
        )
        self.attempt(r.OpenRoom(wanted, member(1, "player" if play else "watcher"), invited))
        for user in range(2, 2 + guests):
            self.enter(user, "player")
        if guests:
            self.begin()

    def attempt(self, command: c.RoomsCommand) -> bool:
        at, length = after(self.seconds), len(self.journal)
        try:
            events = decide(self.room, self.state, command, at, standings(5))
        except CodemazeError:
            assert len(self.journal) == length
            return False
        assert events
        for event in events:
            self.record(event, at)
        return True

    def record(self, event: e.RoomsEvent, at: datetime) -> None:
        entry = e.Recorded(len(self.journal) + 1, at, event)
        self.journal.append(entry)
        self.state, self.room = replay([entry], self.state), follow(self.room, event)

    @rule(seconds=st.sampled_from([1, GRACE, 900]))
    def wait(self, seconds: float) -> None:
        self.seconds += seconds

    @rule(user=USERS, role=st.sampled_from(["player", "watcher"]))
    def enter(self, user: int, role: re.As) -> None:
        was_live = playing(self.state).live
        hosts = self.room.host_id == user
        entered = self.attempt(r.EnterRoom(member(user, role)))
        assert not (entered and role == "watcher" and self.room.settings.spectators == "nobody" and not hosts)
        if entered and was_live and role == "player":
            self.attempt(c.SeatLate(seat(user)))

    @rule(user=USERS, rounds=st.integers(1, 3), capacity=st.integers(2, 4))
    def change(self, user: int, rounds: int, capacity: int) -> None:
        wanted = self.room.settings.model_copy(update={"rounds": rounds, "capacity": capacity})
        self.attempt(r.ChangeRoom(user, wanted))

    @rule(user=USERS)
    def leave(self, user: int) -> None:
        self.attempt(r.LeaveRoom(user))

    @rule(user=USERS, other=USERS)
    def remove(self, user: int, other: int) -> None:
        if self.attempt(r.RemoveMember(user, other)):
            self.attempt(c.Resign(other))

    @rule(user=USERS, other=USERS)
    def hand_over(self, user: int, other: int) -> None:
        self.attempt(r.HandOver(user, other))

    @rule(user=USERS)
    def offer(self, user: int) -> None:
        self.attempt(r.OfferRematch(user))

    @rule()
    def begin(self) -> None:
        here = self.room.players
        if len(here) < 2 or self.room.closed:
            return
        place, wanted = self.room, self.room.settings
        seats = tuple(seat(member.user_id) for member in here)
        found = c.SeatPlayers(
            self.matches + 1,
            ROOM,
            seats,
            "room",
            wanted.rounds,
            0,
            wanted.round_seconds,
            GRACE,
            0,
            "points",
            wanted,
            place.host_id,
            place.members,
            place.removed,
            place.invited_id,
        )
        if self.attempt(found):
            self.matches += 1
            self.attempt(starting(wanted.rounds))

    @rule(user=USERS)
    def submit(self, user: int) -> None:
        self.submissions += 1
        self.attempt(c.SubmitCode(user, self.submissions, "python"))

    @rule(data=st.data(), verdict=VERDICTS, length=st.integers(1, 3), passed=st.integers(0, 2))
    def judge(self, data: st.DataObject, verdict: str, length: int, passed: int) -> None:
        pending = [s.id for s in (self.state.round.submissions if self.state.round else ()) if s.verdict is None]
        if pending:
            passed = 20 if verdict == "accepted" else passed
            self.attempt(c.RecordJudgement(data.draw(st.sampled_from(pending)), verdict, passed, 20, length))

    @rule(user=USERS)
    def finish_round(self, user: int) -> None:
        self.attempt(c.FinishRound(user))

    @rule(user=USERS)
    def resign(self, user: int) -> None:
        self.attempt(c.Resign(user))

    @rule(user=USERS, left=st.booleans())
    def go(self, user: int, left: bool) -> None:
        self.attempt(c.MarkGone(user, left))

    @rule(user=USERS)
    def come_back(self, user: int) -> None:
        self.attempt(c.MarkBack(user))

    @rule(user=USERS)
    def claim(self, user: int) -> None:
        self.attempt(c.ClaimWin(user))

    @rule(command=st.sampled_from([c.EndRound(), c.ReviewAbsence()]))
    def fall_due(self, command: c.Command) -> None:
        self.attempt(command)

    @invariant()
    def a_cold_read_begins_at_the_last_match(self) -> None:
        begins = max((n for n, entry in enumerate(self.journal) if isinstance(entry.event, e.MatchFound)), default=None)
        if begins is None:
            return
        state, room = MatchState(version=begins), RoomState()
        for entry in self.journal[begins:]:
            kept = e.Recorded(entry.version, entry.at, e.decode(e.name_of(entry.event), e.encode(entry.event)))
            state, room = replay([kept], state), follow(room, kept.event)
        assert (state, room) == (self.state, self.room)

    @invariant()
    def the_room_is_in_order(self) -> None:
        ids = [member.user_id for member in self.room.members]
        assert len(ids) == len(set(ids))
        assert len(self.room.players) <= self.room.settings.capacity
        assert (self.room.host_id in ids) if ids else self.room.host_id is None
        assert not set(self.room.removed) & set(ids)
        assert set(self.room.rematch) <= {member.user_id for member in self.room.players}
        if playing(self.state).live:
            assert {player.seat.user_id for player in self.state.active} <= set(ids), "who plays is here"

    @invariant()
    def points_are_how_many_one_has_beaten(self) -> None:
        earned = {player.seat.user_id: 0 for player in self.state.players}
        begun = max((n for n, entry in enumerate(self.journal) if isinstance(entry.event, e.MatchFound)), default=0)
        for entry in self.journal[begun:]:
            if isinstance(entry.event, e.RoundFinished):
                for one in entry.event.standings:
                    places = [other.place for other in entry.event.standings]
                    assert one.points == sum(place > one.place for place in places)
                    assert one.place == 1 + sum(place < one.place for place in places)
                    earned[one.user_id] += one.points
                solved = [one.user_id for one in entry.event.standings if one.solved and one.place == 1]
                assert entry.event.winner_id == (solved[0] if len(solved) == 1 else None)
        assert {player.seat.user_id: player.points for player in self.state.players} == earned

    @invariant()
    def the_outcome_is_one(self) -> None:
        outcome = self.state.outcome
        if outcome is None:
            return
        first = [result for result in outcome.players if result.place == 1]
        assert first
        assert all(result.xp_after == result.xp_before for result in outcome.players)
        if outcome.winner_id is not None:
            assert [(result.user_id, result.result) for result in first] == [(outcome.winner_id, "won")]
            assert {r.result for r in outcome.players if r.user_id != outcome.winner_id} <= {"lost"}
        else:
            assert {result.result for result in first} == {"draw"}
        if outcome.reason in ("solved", "time_up") and outcome.winner_id is not None:
            active = [r.points or 0 for r, p in zip(outcome.players, self.state.players, strict=True) if not p.resigned]
            winner = next(result for result in outcome.players if result.user_id == outcome.winner_id)
            assert winner.points == max(active)

    @invariant()
    def nothing_ends_while_something_is_judged(self) -> None:
        running = self.state.round
        if self.state.phase is not Phase.FINISHED or running is None or self.room.settings.round_ends == "first":
            return
        resigned = {player.seat.user_id for player in self.state.players if player.resigned}
        assert all(s.verdict is not None for s in running.submissions if s.user_id not in resigned)

    @invariant()
    def what_anybody_folds_equals_the_view(self) -> None:
        for reader in (1, 2, 5):
            fold, state, room, last = Fold(), MatchState(), RoomState(), None
            for number, entry in enumerate(self.journal):
                state, room = replay([entry], state), follow(room, entry.event)
                name, shown = e.name_of(entry.event), envelope(ROOM, entry, reader, state, PROBLEMS, {})
                if isinstance(entry.event, e.MatchFound):
                    last = None
                if isinstance(entry.event, e.SubmissionJudged) and entry.event.user_id == reader:
                    last = shown
                seen = view(ROOM, room, state, You(reader, NOTHING_WRITTEN, last), PROBLEMS, after(0))
                if number:
                    fold.apply(name, shown)
                    fold.view["now"] = seen["now"]
                    assert fold.view == seen
                else:
                    fold = Fold(seen)


Machine.TestCase.settings = settings(
    max_examples=50, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestMachine = Machine.TestCase
