"""Clapping, and counting it."""

from __future__ import annotations

from sqlalchemy import func, select

from application.base.database import db, transaction
from tests.toy.models import Applause
from tests.toy.rules import after


class Clapping:
    """The applause of this server."""

    def clap(self, user_id: int, more: int) -> int:
        """How often the user has clapped now; raises TooMuchApplause."""
        with transaction() as session:
            row = session.get(Applause, user_id, with_for_update=True)
            if row is None:
                row = Applause(user_id=user_id, claps=0)
                session.add(row)
            row.claps = after(row.claps, more)
            return row.claps

    def count(self) -> int:
        """All of it."""
        return db.session.scalar(select(func.coalesce(func.sum(Applause.claps), 0))) or 0
