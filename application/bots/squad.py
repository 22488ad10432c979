"""The bots there are: users of their own kind, made when all others play."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import text

from application.accounts.service import RESERVED_FOR_BOTS
from application.base.database import db
from application.journal.transaction import Transaction
from application.judge.errors import JudgeUnavailable
from application.judge.languages.language import Language

WRITES = "python"
"""The language of bots: that of the programs that problems come with."""

NAMES = ("ada", "alan", "barbara", "dennis", "edsger", "grace", "katherine", "niklaus")


class Squad:
    """Finds bots for whoever wants to play one."""

    def __init__(self, languages: Mapping[str, Language]) -> None:
        """``languages`` are those that are judged, and may become more."""
        self._languages = languages

    @property
    def can_play(self) -> bool:
        """Whether what bots write is judged here."""
        return WRITES in self._languages

    def take(self, asked: Transaction, but: Sequence[int] = ()) -> int:
        """The id of a bot that is in no match, and none of these users. The caller has the turn at pairing, and seats
        the bot in the same transaction. Raises JudgeUnavailable."""
        if not self.can_play:
            raise JudgeUnavailable("Bots write Python, which is not judged here.")
        free = asked.read(_FREE, (list(but),))
        if free:
            return int(free[0][0])
        ((number,),) = asked.read("SELECT count(*) FROM users WHERE bot")
        while not (made := asked.read(_MAKE, (name(number),))):  # a person got the name before bots were thought of
            number += 1
        return int(made[0][0])


def name(number: int) -> str:
    """What the bot of this number, from 0, is called."""
    again, which = divmod(number, len(NAMES))
    return RESERVED_FOR_BOTS + NAMES[which] + (f"-{again + 1}" if again else "")


def count_playing() -> int:
    """How many bots are in a match."""
    return db.session.scalar(text(_PLAYING)) or 0


_LIVE = "EXISTS (SELECT 1 FROM match_players p WHERE p.user_id = u.id AND p.live)"
_FREE = f"SELECT u.id FROM users u WHERE u.bot AND NOT {_LIVE} AND u.id <> ALL(%s) ORDER BY u.id LIMIT 1"
_PLAYING = f"SELECT count(*) FROM users u WHERE u.bot AND {_LIVE}"
_MAKE = """
    INSERT INTO users (username, password_hash, listed, bot) VALUES (%s, 'none', false, true)
    ON CONFLICT DO NOTHING RETURNING id"""
