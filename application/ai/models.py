"""The calls to the model, stored for the budget and for the operator."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from application.base.database import Base


class AiCall(Base):
    """One call. ``outcome`` is null while it runs, then ``ok`` or the code of the error; ``detail`` says more of that
    to the operator and has no key, no prompt and no code in it. ``cost`` is in US dollars, and the most that the call
    can cost while that is all that is known. ``user_id`` is null for what the server asks by itself."""

    __tablename__ = "ai_calls"
    __table_args__ = (Index("ix_ai_calls_user", "user_id", "at"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    purpose: Mapped[str] = mapped_column(String(20))
    model: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    tokens_in: Mapped[int] = mapped_column(default=0)
    tokens_out: Mapped[int] = mapped_column(default=0)
    cost: Mapped[Decimal] = mapped_column(Numeric(14, 8))
    ms: Mapped[int | None]
    outcome: Mapped[str | None] = mapped_column(String(40))
    detail: Mapped[str | None] = mapped_column(String(200))
