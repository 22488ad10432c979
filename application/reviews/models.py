"""The table of reviews."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from application.base.database import Base


class MatchReview(Base):
    """What a language model says of the match; null while the model is being asked. Before that, and after a failure,
    there is no row."""

    __tablename__ = "match_reviews"

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), primary_key=True)
    asked_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime]
    review: Mapped[dict[str, Any] | None]
