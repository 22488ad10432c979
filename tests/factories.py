"""Values for tests of the rules: players, commands and moments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from application.matches.rules import commands as c
from application.matches.rules import events as e
from application.matches.rules.chapter import follow
from application.matches.rules.match import decide
from application.matches.rules.state import MatchState, evolve
from application.matches.rules.views import NOTHING_WRITTEN, You, view
from application.rooms.rules.state import RoomState

START = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
COUNTDOWN, ROUND, GRACE, SHORT = 3, 600, 45, 30
ROOM = "QKZRWB"


def after(seconds: float) -> datetime:
    """The moment so many seconds after the players were seated."""
    return START + timedelta(seconds=seconds)


def seat(user_id: int, rank: str = "Bronze") -> e.Seat:
    """A player."""
    return e.Seat(user_id, f"player{user_id}", f"https://example.org/{user_id}.png", rank)


def seating(
    players: int = 2, rounds: int = 1, unrated_because: e.UnratedBecause | None = None, short: int = 0
) -> c.SeatPlayers:
    """The command that opens a match for the users 1, 2 and so on."""
    seats = tuple(seat(user_id) for user_id in range(1, players + 1))
    return c.SeatPlayers(7, ROOM, seats, unrated_because, rounds, COUNTDOWN, ROUND, GRACE, short)


def standings(players: int = 2) -> dict[int, c.Standing]:
    """Standings that differ from player to player."""
    return {user_id: c.Standing(xp=240 + user_id, wins=user_id, losses=0) for user_id in range(1, players + 1)}


def starting(rounds: int = 1) -> c.StartMatch:
    """The command that starts a match with problems 101, 102 and so on."""
    return c.StartMatch(tuple(e.RoundProblem(100 + number, 20) for number in range(1, rounds + 1)))


class Game:
    """A match under test: carries out commands and keeps the journal."""

    def __init__(
        self, players: int = 2, rounds: int = 1, unrated_because: e.UnratedBecause | None = None, short: int = 0
    ) -> None:
        self.state, self.journal = MatchState(), list[e.Recorded]()
        self.standings = standings(players)
        self.do(seating(players, rounds, unrated_because, short), 0)

    @classmethod
    def playing(
        cls, players: int = 2, rounds: int = 1, unrated_because: e.UnratedBecause | None = None, short: int = 0
    ) -> Game:
        """A match whose first round has just begun, at COUNTDOWN seconds."""
        game = cls(players, rounds, unrated_because, short)
        game.do(starting(rounds), COUNTDOWN)
        return game

    def do(self, command: c.Command, seconds: float) -> list[str]:
        """Carry out a command so many seconds after the start; the names of its events."""
        at = after(seconds)
        events = decide(self.state, command, at, self.standings)
        for event in events:
            self.state = evolve(self.state, event, at)
            self.journal.append(e.Recorded(self.state.version, at, event))
        return [e.name_of(event) for event in events]

    def submit(self, user_id: int, submission_id: int, seconds: float) -> list[str]:
        """A player hands code in."""
        return self.do(c.SubmitCode(user_id, submission_id, "python"), seconds)

    def judge(self, submission_id: int, verdict: str, seconds: float, passed: int = 3) -> list[str]:
        """The judge answers."""
        passed = 20 if verdict == "accepted" else passed
        return self.do(c.RecordJudgement(submission_id, verdict, passed, 20), seconds)

    @property
    def place(self) -> RoomState:
        """The room that the match is played in."""
        place = RoomState()
        for entry in self.journal:
            place = follow(place, entry.event)
        return place

    def view(
        self,
        reader: int,
        problems: Mapping[int, dict[str, Any]],
        written: dict[str, Any] = NOTHING_WRITTEN,
        last_judged: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """What the reader sees of it."""
        return view(ROOM, self.place, self.state, You(reader, written, last_judged), problems, START)

    @property
    def outcome(self) -> e.MatchFinished:
        """How the match ended, which it must have done."""
        assert self.state.outcome is not None
        return self.state.outcome
