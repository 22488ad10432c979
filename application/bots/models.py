"""What bots are about to hand in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from application.base.database import Base


class BotAttempt(Base):
    """What a bot does in round ``round`` of a match at ``due_at``, in the order of ``number``. ``kind`` is ``wrong`` or
    ``solution``, with the code to hand in, or ``finish``: it hands in nothing more. ``done_at`` is when a process did
    it. The rows go some time after the match is over."""

    __tablename__ = "bot_attempts"
    __table_args__ = (Index("ix_bot_attempts_due", "due_at", postgresql_where=text("done_at IS NULL")),)

    match_id: Mapped[int] = mapped_column(ForeignKey("matches.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    code: Mapped[str | None] = mapped_column(Text)
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
