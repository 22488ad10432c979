"""Ranks by experience points, and what a rated match is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

WIN_XP = 10
"""What a rated win adds; losing and drawing take nothing."""


@dataclass(frozen=True)
class Standing:
    """What a player's matches have come to so far."""

    xp: int
    wins: int
    losses: int


@dataclass(frozen=True)
class Rank:
    """A range of XP, both ends included; the highest has no upper end."""

    id: int
    name: str
    min_xp: int
    max_xp: int | None

    @property
    def slug(self) -> str:
        """The rank as problems name it: ``bronze``, ``silver``, ``gold`` or ``platinum``."""
        return self.name.lower()

    def to_json(self) -> dict[str, Any]:
        """The rank as HTTP shows it."""
        return {"id": self.id, "name": self.name, "min_xp": self.min_xp, "max_xp": self.max_xp}


RANKS = (
    Rank(1, "Bronze", 0, 250),
    Rank(2, "Silver", 251, 500),
    Rank(3, "Gold", 501, 750),
    Rank(4, "Platinum", 751, None),
)

SLUGS = tuple(rank.slug for rank in RANKS)


def rank_of(xp: int) -> Rank:
    """The rank that ``xp`` experience points give."""
    return next(rank for rank in reversed(RANKS) if xp >= rank.min_xp or rank is RANKS[0])


def rank_named(slug: str) -> Rank | None:
    """The rank of this slug, or None."""
    return next((rank for rank in RANKS if rank.slug == slug), None)
