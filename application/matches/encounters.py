"""How often the same two people have played each other lately."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, ColumnElement, and_, bindparam, cast, func, select
from sqlalchemy.orm import aliased

from application.base.database import db
from application.matches.models import Match, MatchPlayer


def rated_since(one_id: int, other_id: int, since: datetime) -> int:
    """How many rated matches of these two have ended since then. What was aborted has no result and does not count."""
    found: int = db.session.scalar(_RATED, {"one": one_id, "other": other_id, "since": since}) or 0
    return found


def was_rated() -> ColumnElement[bool]:
    """The condition that a match which is over had a result that counted."""
    # Outcomes written by older versions do not say it: all their matches were rated.
    rated = func.coalesce(cast(Match.outcome["rated"].astext, Boolean), True)
    return and_(Match.outcome["reason"].astext != "aborted", rated)


_ONE, _OTHER = aliased(MatchPlayer), aliased(MatchPlayer)
_RATED = (
    select(func.count())
    .select_from(Match)
    .join(_ONE, (_ONE.match_id == Match.id) & (_ONE.user_id == bindparam("one")))
    .join(_OTHER, (_OTHER.match_id == Match.id) & (_OTHER.user_id == bindparam("other")))
    .where(Match.finished_at > bindparam("since"), was_rated())
)
