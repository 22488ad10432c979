"""Accounts and the tokens they have logged out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, false, func, literal_column, text, true
from sqlalchemy.orm import Mapped, mapped_column

from application.base.database import Base

PLAYER, TEACHER = "player", "teacher"
"""The roles of a user. A teacher plays as well, and decides which problems are played."""


class User(Base):
    """An account. The rank follows from ``xp`` (``ratings/ranks.py``), so it is not stored."""

    __tablename__ = "users"
    __table_args__ = (
        Index("uq_users_username_lower", func.lower(literal_column("username")), unique=True),
        # The leaderboard reads it alone; with the longest avatar an entry has a third of what one may have.
        Index(
            "ix_users_listed",
            literal_column("xp DESC"),
            "id",
            postgresql_where=text("listed"),
            postgresql_include=["username", "avatar", "wins", "losses"],
        ),
        Index("ix_users_bot", "id", postgresql_where=text("bot")),
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
    listed: Mapped[bool] = mapped_column(server_default=true(), default=True)
    """Whether the leaderboard shows it. This is decided when the account is made, and cannot be changed."""
    bot: Mapped[bool] = mapped_column(server_default=false(), default=False)
    """Whether the server plays for it. Nobody can log in as a bot, and no leaderboard shows one."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class RevokedToken(Base):
    """An access token that was logged out before it expired."""

    __tablename__ = "revoked_tokens"

    jti: Mapped[str] = mapped_column(String(36), primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
