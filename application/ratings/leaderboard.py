"""The leaderboard: the listed users by XP."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import load_only

from application.accounts.models import User
from application.base.database import db
from application.ratings.models import UserCount

MAX_SHOWN = 500


def leaderboard(limit: int, offset: int) -> tuple[Sequence[User], int]:
    """``limit`` listed users by XP from place ``offset`` (0 is the first) on, and how many of them there are.

    Of the users only what a leaderboard shows can be read.
    """
    total = db.session.scalar(select(func.sum(UserCount.users))) or 0
    return db.session.scalars(by_xp(min(limit, MAX_SHOWN), offset)).all(), total


def by_xp(limit: int, offset: int) -> Select[User]:
    """``limit`` listed users by XP from place ``offset`` (0 is the first) on, all of it in their index."""
    shown = load_only(User.username, User.avatar, User.xp, User.wins, User.losses, raiseload=True)
    return select(User).where(User.listed).options(shown).order_by(User.xp.desc(), User.id).limit(limit).offset(offset)
