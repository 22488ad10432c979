"""How players stand: read and locked where a match ends, and changed by what it did to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from application.journal.transaction import Transaction
from application.ratings.ranks import Standing


class Person(NamedTuple):
    """A user as a match seats them."""

    user_id: int
    username: str
    avatar: str | None
    xp: int
    bot: bool


def people(asked: Transaction, user_ids: Collection[int]) -> dict[int, Person]:
    """Those of the users that there are, by id."""
    return {row[0]: Person(*row) for row in asked.read(_PEOPLE, (list(user_ids),))}


def lock_standings(asked: Transaction, user_ids: Sequence[int]) -> dict[int, Standing]:
    """The users' standings, locked until the transaction ends; by id, so that two lockers cannot deadlock."""
    return {row[0]: Standing(*row[1:]) for row in asked.read(_LOCKED, (list(user_ids),))}


def set_standing(written: Transaction, user_id: int, standing: Standing) -> None:
    """What a match did to a player whose standing is locked."""
    written.write(_SET, (standing.xp, standing.wins, standing.losses, user_id))


_PEOPLE = "SELECT id, username, avatar, xp, bot FROM users WHERE id = ANY(%s)"
_LOCKED = "SELECT id, xp, wins, losses FROM users WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE"
_SET = "UPDATE users SET xp = %s, wins = %s, losses = %s WHERE id = %s"
