"""Accounts and the tokens they have logged out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, func, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from application.extensions import Base
from application.game.rating import Rank, rank_of

PLAYER, TEACHER = "player", "teacher"
"""The roles of a user. A teacher plays as well, and decides which problems are played."""


class User(Base):
    """An account. The rank is a matter of ``xp`` alone and so is not kept."""

    __tablename__ = "users"
    __table_args__ = (
        Index("uq_users_username_lower", func.lower(literal_column("username")), unique=True),
        Index("ix_users_xp", literal_column("xp DESC"), "id"),
        CheckConstraint("xp >= 0 AND wins >= 0 AND losses >= 0", name="counts"),
        CheckConstraint("role IN ('player', 'teacher')", name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(30))
    password_hash: Mapped[str] = mapped_column(String(255))
    avatar: Mapped[str | None] = mapped_column(String(500))
    xp: Mapped[int] = mapped_column(server_default="0", default=0)
    wins: Mapped[int] = mapped_column(server_default="0", default=0)
    losses: Mapped[int] = mapped_column(server_default="0", default=0)
    role: Mapped[str] = mapped_column(String(10), server_default=PLAYER, default=PLAYER)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    @property
    def rank(self) -> Rank:
        """The rank that the user's XP give."""
        return rank_of(self.xp)


class RevokedToken(Base):
    """An access token that was logged out before it expired."""

    __tablename__ = "revoked_tokens"

    jti: Mapped[str] = mapped_column(String(36), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
