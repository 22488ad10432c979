"""How often the same two people have played each other lately."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Boolean, ColumnElement, and_, cast, func

from application.journal.transaction import Transaction
from application.matches.models import Match


def rated_since(asked: Transaction, user_ids: Collection[int], since: datetime) -> dict[tuple[int, int], int]:
    """How many rated matches each two of these users have ended since then. The keys are their ids, the smaller one
    first. Aborted matches have no result and do not count."""
    ids = list(user_ids)
    return {(one, other): count for one, other, count in asked.read(_RATED, (since, ids, ids))}


def was_rated() -> ColumnElement[bool]:
    """The condition that a match which is over had a result that counted."""
    # Outcomes written by older versions do not say it: all their matches were rated.
    rated = func.coalesce(cast(Match.outcome["rated"].astext, Boolean), True)
    return and_(Match.outcome["reason"].astext != "aborted", rated)


_RATED = """
    SELECT one.user_id, other.user_id, count(*) FROM matches m
    JOIN match_players one ON one.match_id = m.id
    JOIN match_players other ON other.match_id = m.id AND other.user_id > one.user_id
    WHERE m.finished_at > %s AND one.user_id = ANY(%s) AND other.user_id = ANY(%s)
    AND m.outcome->>'reason' <> 'aborted' AND coalesce((m.outcome->>'rated')::boolean, true)
    GROUP BY one.user_id, other.user_id"""
