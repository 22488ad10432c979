"""The table of applause."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from application.base.database import Base


class Applause(Base):
    """How often a player has clapped."""

    __tablename__ = "applause"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    claps: Mapped[int]
