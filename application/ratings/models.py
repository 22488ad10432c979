"""What the leaderboard keeps beside the accounts."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from application.base.database import Base


class UserCount(Base):
    """How many users the leaderboard has, as the sum over a few rows that triggers on ``users`` keep.

    A transaction holds the row that it adds to until it ends: with one row for all, registrations would take turns.
    """

    __tablename__ = "user_counts"

    shard: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    users: Mapped[int]
