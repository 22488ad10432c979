"""Problems as they are kept. A row never changes its document: a new version is a new row."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from application.extensions import Base


class Problem(Base):
    """One version of a problem. It is played only while ``in_play``, which needs it to be proven first."""

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
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
