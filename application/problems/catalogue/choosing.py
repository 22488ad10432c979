"""Which problem is played next: one of the players' rank and new to them, or else the one they had longest ago."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Select, case, false, func, select
from sqlalchemy.orm import aliased

from application.base.database import db
from application.problems.catalogue.insiders import unknown_to
from application.problems.catalogue.models import Problem
from application.ratings.ranks import RANKS, Rank

DRAWN_FROM = 5
"""One of this many problems is drawn at random, from the least played of those that suit equally well. Otherwise a
player could work out which problem comes next."""

Played = Select[int, int, int]
"""Selects user, problem and match, by id, for each problem that a player has had; later matches have larger ids."""


def best(
    rank: Rank, played: Played, topic: str, count: int, players: Sequence[int] = (), strict: bool = False
) -> list[list[int]]:
    """The ``count`` problems in play that suit the players best, or as many as there are: ids, those among which chance
    is to decide together, the best first. There may be more than are needed.

    Never one that a player knows as an insider (see ``insiders``). What counts, in this order: none of the players had
    it in their last match; it is of ``rank``, or as near as there is; none of them has had it, in any version; it is of
    ``topic``, unless that is empty. Of the rest one is drawn among the ``DRAWN_FROM`` that they had longest ago, and
    that were played least of all.
    """
    given = played.subquery()
    user_id, problem_id, match_id = given.c
    turns = select(
        problem_id.label("problem_id"),
        match_id.label("match_id"),
        (match_id == func.max(match_id).over(partition_by=user_id)).label("just_now"),
    ).subquery()
    known = aliased(Problem)
    had = (
        select(
            known.slug,
            func.max(turns.c.match_id).label("last"),
            func.bool_or(turns.c.just_now).label("just_now"),
        )
        .join(turns, turns.c.problem_id == known.id)
        .group_by(known.slug)
        .subquery()
    )
    wishes = [
        func.coalesce(had.c.just_now, false()),
        case(distances(rank), value=Problem.rank),
        had.c.last.is_not(None),
        *([~Problem.topics.contains([topic])] if topic else []),
    ]
    place = func.rank().over(order_by=wishes).label("place")
    candidates = (
        select(place, Problem.id)
        .outerjoin(had, had.c.slug == Problem.slug)
        .where(Problem.in_play, unknown_to(players), *([Problem.topics.contains([topic])] if strict and topic else []))
        .order_by(place, had.c.last, Problem.plays, Problem.last_played_at.asc().nulls_first(), Problem.id)
    )
    found = db.session.execute(candidates.limit(count + DRAWN_FROM - 1)).all()
    return [sorted(id_ for _, id_ in equal) for _, equal in groupby(found, key=lambda row: row[0])]


def distances(rank: Rank) -> dict[str, int]:
    """How far each rank is from this one; of two that are equally far the lower one is nearer."""
    return {other.slug: 2 * abs(other.id - rank.id) + (other.id > rank.id) for other in RANKS}
