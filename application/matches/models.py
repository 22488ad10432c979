"""The tables that are made from the journals of rooms, in the same transactions, and what stands beside them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from application.base.database import Base


class Match(Base):
    """A match, as the events of its room have made it; they begin with number ``first_version``. ``room`` is the code
    of its room."""

    __tablename__ = "matches"
    __table_args__ = (Index("ix_matches_room", "room"), Index("ix_matches_room_id", "room_id", "first_version"))

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    room: Mapped[str] = mapped_column(String(6))
    first_version: Mapped[int] = mapped_column(server_default="1", default=1)
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    winner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    outcome: Mapped[dict[str, Any] | None]


class MatchPlayer(Base):
    """Who plays in a match. ``live`` while it is not finished: the index allows one such row a user. ``gone`` while the
    player is away; ``told`` is false from the end of a match that they missed until they ask."""

    __tablename__ = "match_players"
    __table_args__ = (
        Index("uq_match_players_live", "user_id", unique=True, postgresql_where=text("live")),
        Index("ix_match_players_user", "user_id", "match_id"),
    )

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    live: Mapped[bool] = mapped_column(default=True)
    gone: Mapped[bool] = mapped_column(default=False, server_default="false")
    told: Mapped[bool] = mapped_column(default=True, server_default="true")


class MatchRound(Base):
    """Which problem a round was played with. ``solved_ms`` is the time from its start to the receipt of the solution
    that won it. It is null until a solution wins the round, and stays null if none does."""

    __tablename__ = "match_rounds"

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id"), index=True)
    started_at: Mapped[datetime | None]
    solved_ms: Mapped[int | None]


class Submission(Base):
    """Code that a player handed in. ``verdict`` is null while pending; ``report`` is for its author's eyes.
    ``process_id`` is the server process that has it judged; null when there is none."""

    __tablename__ = "submissions"
    __table_args__ = (Index("ix_submissions_pending", "id", postgresql_where=text("verdict IS NULL")),)

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id"))
    language: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]
    verdict: Mapped[str | None] = mapped_column(String(20))
    passed: Mapped[int | None]
    total: Mapped[int | None]
    report: Mapped[dict[str, Any] | None]
    judged_at: Mapped[datetime | None]
    process_id: Mapped[int | None] = mapped_column(BigInteger)


class SavedCode(Base):
    """What a player wrote last in a match, submitted or not: their editor's content after a refresh. ``drafts`` has the
    newest code in each language."""

    __tablename__ = "saved_codes"

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(Text)
    drafts: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    saved_at: Mapped[datetime]


class Deadline(Base):
    """Something that happens to a match at a set time. Any process may carry it out."""

    __tablename__ = "deadlines"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    due_at: Mapped[datetime] = mapped_column(index=True)


class LobbyEntry(Base):
    """A player waiting for an opponent. ``absent_since`` is set while they have no connection. ``bot_offered`` is
    whether they have been told that they may play a bot."""

    __tablename__ = "lobby_entries"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    joined_at: Mapped[datetime]
    absent_since: Mapped[datetime | None]
    bot_offered: Mapped[bool] = mapped_column(default=False, server_default="false")


class ServerProcess(Base):
    """A server process that is running, or was ``seen_at`` that time. ``release`` is its version; null for versions
    before 1.1."""

    __tablename__ = "server_processes"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    seen_at: Mapped[datetime]
    release: Mapped[str | None] = mapped_column(String(20))


class Attendance(Base):
    """A user has a connection to a server process, one or more."""

    __tablename__ = "attendances"

    process_id: Mapped[int] = mapped_column(ForeignKey("server_processes.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
