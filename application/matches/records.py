"""The records of problems, from the rounds that were played with them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, func, select

from application.accounts.models import User
from application.base.database import db
from application.matches.models import Match, MatchRound
from application.problems.catalogue.records import Record


def records(problem_ids: Sequence[int]) -> dict[int, Record]:
    """The record of each of these problems. Only matches that are over count, so that it tells nothing about those
    being played; and none that a bot has won, whose pace is made from records."""
    won_by_bot = exists().where(User.id == Match.winner_id, User.bot)
    half = func.percentile_cont(0.5).within_group(MatchRound.solved_ms)
    counted = (
        select(MatchRound.problem_id, func.count(), func.count(MatchRound.solved_ms), half)
        .join(Match, Match.id == MatchRound.match_id)
        .where(MatchRound.problem_id.in_(problem_ids), Match.finished_at.is_not(None), ~won_by_bot)
        .group_by(MatchRound.problem_id)
    )
    found = {
        problem_id: Record(plays, solved, None if median_ms is None else round(median_ms))
        for problem_id, plays, solved, median_ms in db.session.execute(counted)
    }
    return {problem_id: found.get(problem_id, Record()) for problem_id in problem_ids}
