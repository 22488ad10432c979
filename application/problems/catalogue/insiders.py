"""Who knows more of a problem than its players do: who wrote it, asked for it, decided on it, or read its proof.

They must not be given it in a match. This holds for every version, so a problem is named by its slug here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from sqlalchemy import ColumnElement, Table, exists
from sqlalchemy.dialects.postgresql import insert

from application.base.database import db
from application.problems.catalogue.models import Problem, ProblemInsider


def let_in(user_id: int, slug: str) -> None:
    """Record, within the caller's transaction, that the user is an insider of the problem."""
    row = insert(cast(Table, ProblemInsider.__table__)).values(user_id=user_id, slug=slug)
    db.session.execute(row.on_conflict_do_nothing())


def unknown_to(user_ids: Sequence[int]) -> ColumnElement[bool]:
    """The SQL condition that none of the users is an insider of ``Problem``."""
    return ~exists().where(ProblemInsider.slug == Problem.slug, ProblemInsider.user_id.in_(user_ids))
