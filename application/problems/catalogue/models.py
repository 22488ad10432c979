"""Problems as they are kept, what players report of them, and drafts on their way to become some. A problem's row never
changes its document: a new version is a new row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Computed, ForeignKey, Index, String, Text, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from application.base.database import Base


class Problem(Base):
    """One version of a problem. It is played only while ``in_play``, which needs it to be proven first.

    ``withdrawn`` is a teacher's decision and holds for every version. ``proven_at`` says when it first came into play
    (null: never). A problem that was in play and no longer is comes back only when a teacher decides so, never by a
    restart. ``plays`` counts the rounds that were started with it.
    """

    __tablename__ = "problems"
    __table_args__ = (
        UniqueConstraint("slug", "version"),
        Index("ix_problems_rank_in_play", "rank", postgresql_where=text("in_play")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(80))
    rank: Mapped[str] = mapped_column(String(10))
    document: Mapped[dict[str, Any]]
    in_play: Mapped[bool] = mapped_column(server_default="false", default=False)
    withdrawn: Mapped[bool] = mapped_column(server_default="false", default=False)
    proven_at: Mapped[datetime | None]
    plays: Mapped[int] = mapped_column(server_default="0", default=0)
    last_played_at: Mapped[datetime | None]
    topics: Mapped[list[Any] | None] = mapped_column(Computed("coalesce(document -> 'topics', '[]')", persisted=True))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ProblemReport(Base):
    """What a player says is wrong with a problem, open until a teacher has decided; then ``upheld`` or not."""

    __tablename__ = "problem_reports"
    __table_args__ = (
        UniqueConstraint("problem_id", "user_id"),
        Index("ix_problem_reports_open", "problem_id", postgresql_where=text("settled_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("problems.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(String(1000))
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    upheld: Mapped[bool | None]


class ProblemInsider(Base):
    """A user who knows more of a problem, in whatever version, than its players do."""

    __tablename__ = "problem_insiders"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), primary_key=True)


class ProblemDraft(Base):
    """A problem that somebody wants, until it is proven, rejected or has failed.

    ``kind`` is ``generated`` (a model writes it) or ``authored`` (``document`` is a teacher's draft, for a new version
    of ``replaces_id`` if that is set). ``requested_by`` is null while a generated one is ready for the next player who
    asks;
    ``requested_at`` is when it came to be somebody's. While ``working``, it belongs to the process that set ``claim``,
    as long as that renews ``seen_at``.
    """

    __tablename__ = "problem_drafts"
    __table_args__ = (
        Index("ix_problem_drafts_open", "id", postgresql_where=text("state IN ('waiting', 'working')")),
        Index("ix_problem_drafts_requested", "requested_by", "requested_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    requested_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    requested_at: Mapped[datetime | None]
    rank: Mapped[str] = mapped_column(String(10))
    topic: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    problem_id: Mapped[int | None] = mapped_column(ForeignKey("problems.id"), unique=True)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("problems.id"))
    document: Mapped[dict[str, Any] | None]
    claim: Mapped[str | None] = mapped_column(String(32))
    seen_at: Mapped[datetime | None]
    taken: Mapped[int] = mapped_column(default=0)
    round: Mapped[int | None]
    stage: Mapped[str | None] = mapped_column(String(20))
    stages: Mapped[list[Any]] = mapped_column(default=list)
    code: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    finished_at: Mapped[datetime | None]
