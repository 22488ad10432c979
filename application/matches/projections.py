"""What follows from each event outside the journal: the tables that queries read, and what falls due later.

Called with every event in the transaction that appends it, and never otherwise, so the tables cannot drift from it.
"""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlalchemy import Table, bindparam, delete, extract, func, insert, select, update

from application.accounts.service import Users
from application.base.database import db
from application.matches.models import Deadline, Match, MatchPlayer, MatchRound, Submission
from application.matches.rules import events as e
from application.matches.rules.state import ACCEPTED
from application.problems.catalogue.service import Problems

COUNTDOWN, ROUND_END, ABSENCE, GRACE = "countdown", "round_end", "absence", "grace"


def project(match: Match, entry: e.Recorded, users: Users, problems: Problems, live: bool = True) -> None:
    """Bring the tables up to this event. A match that is not ``live`` was over before it was written down."""
    match entry.event:
        case e.MatchFound() as event:
            players = [MatchPlayer(match_id=match.id, user_id=seat.user_id, live=live) for seat in event.players]
            db.session.add_all(players)
            schedule(match.id, COUNTDOWN, event.countdown_ends_at)
        case e.MatchStarted():
            match.started_at = entry.at
        case e.RoundStarted() as event:
            played = MatchRound(
                match_id=match.id, number=event.number, problem_id=event.problem_id, started_at=entry.at
            )
            db.session.add(played)
            problems.count_play(event.problem_id, entry.at)
            cancel(match.id, ROUND_END)
            schedule(match.id, ROUND_END, event.ends_at)
        case e.RoundFinished() as event if event.winner_id is not None:
            won = {"of_match": match.id, "of_number": event.number, "of_user": event.winner_id}
            db.session.execute(_SOLVED, won)
        case e.PlayerGone() as event:
            cancel(match.id, GRACE, event.user_id)
            schedule(match.id, GRACE, event.claim_at, event.user_id)
            _set_gone(match.id, event.user_id, True)
        case e.PlayerBack() as event:
            cancel(match.id, GRACE, event.user_id)
            _set_gone(match.id, event.user_id, False)
        case e.MatchFinished() as event:
            match.finished_at, match.winner_id, match.outcome = entry.at, event.winner_id, e.encode(event)
            db.session.execute(update(_PLAYERS).where(_PLAYERS.c.match_id == match.id).values(live=False))
            db.session.execute(delete(_DEADLINES).where(_DEADLINES.c.match_id == match.id))
            for result in event.players:
                users.apply_result(result)


def schedule(match_id: int, kind: str, due_at: datetime, user_id: int | None = None) -> None:
    """Have something happen to the match at ``due_at``."""
    row = {"match_id": match_id, "kind": kind, "user_id": user_id, "due_at": due_at}
    db.session.execute(insert(_DEADLINES), [row])


def cancel(match_id: int, kind: str, user_id: int | None = None) -> None:
    """Have it not happen."""
    statement = _CANCEL if user_id is None else _CANCEL_FOR_USER
    db.session.execute(statement, {"of_match": match_id, "of_kind": kind, "of_user": user_id})


def _set_gone(match_id: int, user_id: int, gone: bool) -> None:
    player = (_PLAYERS.c.match_id == match_id) & (_PLAYERS.c.user_id == user_id)
    db.session.execute(update(_PLAYERS).where(player).values(gone=gone))


# Every command comes through here, so these are made once, and on the tables: the ORM would look through its session
# for rows that they change, and there are none.
_DEADLINES, _PLAYERS = cast(Table, Deadline.__table__), cast(Table, MatchPlayer.__table__)
_ROUNDS, _SUBMISSIONS = cast(Table, MatchRound.__table__), cast(Table, Submission.__table__)
_CANCEL = delete(_DEADLINES).where(
    _DEADLINES.c.match_id == bindparam("of_match"), _DEADLINES.c.kind == bindparam("of_kind")
)
_CANCEL_FOR_USER = _CANCEL.where(_DEADLINES.c.user_id == bindparam("of_user"))
_SOLUTION = (
    select(func.min(_SUBMISSIONS.c.received_at))
    .where(
        _SUBMISSIONS.c.match_id == _ROUNDS.c.match_id,
        _SUBMISSIONS.c.user_id == bindparam("of_user"),
        _SUBMISSIONS.c.verdict == ACCEPTED,
        _SUBMISSIONS.c.received_at >= _ROUNDS.c.started_at,
    )
    .scalar_subquery()
)
"""When the solution was received that won a round; null for one that was won elsewhere."""
_SOLVED = (
    update(_ROUNDS)
    .where(_ROUNDS.c.match_id == bindparam("of_match"), _ROUNDS.c.number == bindparam("of_number"))
    .values(solved_ms=extract("epoch", _SOLUTION - _ROUNDS.c.started_at) * 1000)
)
