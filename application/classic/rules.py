"""A game of the classic client: a room, the question it plays, and the winner that one of its browsers announces.

Nothing is judged here; what can be held is who may say what, and when. Each function gives the room after something
happened, or raises the named error why it may not happen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from application.classic import errors
from application.journal.errors import MatchNotFound

PLAYERS = 2
ID_DIGITS = 18


def stored_id(value: object) -> int | None:
    """An id as it comes out of a browser's storage, where everything is text, or as a number; None for anything
    else."""
    text = value if isinstance(value, str) else str(value) if type(value) is int else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= ID_DIGITS else None


@dataclass(frozen=True)
class Question:
    """What is asked, a call that shows it, and what that call prints; all of it as a browser sent it."""

    question: str
    testcases: str
    expected: str


@dataclass(frozen=True)
class Room:
    """``user_ids`` are in the order of arrival. ``left`` are those of them who went on purpose."""

    user_ids: tuple[int, ...]
    left: frozenset[int] = frozenset()
    question: Question | None = None
    pressed: bool = False
    winner_id: int | None = None
    closed: bool = False

    @property
    def waiting(self) -> bool:
        """Whether there is a seat to be taken."""
        return not self.closed and len(self.user_ids) < PLAYERS

    @property
    def over(self) -> bool:
        """Whether nobody can win here any more."""
        return self.closed or self.winner_id is not None

    def opponent(self, user_id: int) -> int | None:
        """Who plays against the user, once there is somebody."""
        return next((other for other in self.user_ids if other != user_id), None)


def seat(room: Room, user_id: int) -> Room:
    """The user opens the room's page, perhaps once more; raises MatchNotFound for whom it has no seat."""
    if room.closed or user_id not in room.user_ids:
        raise MatchNotFound
    return replace(room, left=room.left - {user_id})


def fill(room: Room, user_id: int) -> Room:
    """The user takes the free seat."""
    if not room.waiting or user_id in room.user_ids:
        raise MatchNotFound
    return replace(room, user_ids=(*room.user_ids, user_id))


def leads_back(room: Room, user_id: int, away: Mapping[int, float], grace_seconds: float) -> bool:
    """Whether the user, who asks for a game, is to have this one again.

    ``away`` has how many seconds each member has been without a connection. A disconnect is not leaving, so the game
    goes on until the opponent left it or has been away past the grace; then there is nothing left to come back to.
    """
    if room.over or user_id not in room.user_ids or user_id in room.left:
        return False
    opponent = room.opponent(user_id)
    return opponent is None or (opponent not in room.left and away.get(opponent, 0) <= grace_seconds)


def set_question(room: Room, question: Question) -> Room:
    """A browser proposes its question. Each proposes one: the first is what both play."""
    return room if room.question or room.closed else replace(room, question=question)


def press(room: Room) -> Room:
    """Somebody pressed the submission button."""
    return replace(room, pressed=True)


def announce_winner(room: Room, sender: int, named: int) -> Room:
    """The sender's browser announces a winner; raises NotAWin unless it is one.

    On arriving, before anything was played, each browser finds that nothing equals nothing and announces a win, too.
    """
    paired = len(room.user_ids) == PLAYERS
    if named != sender or sender not in room.user_ids or not paired or room.over:
        raise errors.NotAWin
    if room.question is None or not room.pressed:
        raise errors.NotAWin
    return replace(room, winner_id=sender)


def leave(room: Room, user_id: int) -> Room:
    """The user leaves on purpose. A room without an opponent is closed; otherwise the player who stays can still
    win."""
    return replace(room, left=room.left | {user_id}, closed=room.closed or room.waiting)
