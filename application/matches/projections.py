"""What follows from each event outside the journal: the tables that queries read, and what falls due later.

Called with every event in the transaction that appends it, and never otherwise, so the tables cannot drift from it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from application.journal.transaction import Transaction
from application.matches.rules import events as e
from application.matches.rules.state import ACCEPTED
from application.matches.timeline import Timeline
from application.problems.catalogue.plays import count_play
from application.ratings.ranks import Standing
from application.ratings.standings import set_standing

COUNTDOWN, ROUND_END, ABSENCE, GRACE = "countdown", "round_end", "absence", "grace"


def project(written: Transaction, journal: Timeline, entry: e.Recorded, live: bool = True) -> datetime | None:
    """Bring the tables up to date with this event, which the journal has already. Returns when something falls due
    because of it. A match that is not ``live`` was over before it was stored."""
    match_id, due = journal.match_id, None
    match entry.event:
        case e.MatchFound() as event:
            written.write(_MATCH, (match_id, journal.room_id, journal.room, entry.version, entry.at))
            players: list[object] = [value for seat in event.players for value in (match_id, seat.user_id, live, False)]
            written.write(_PLAYERS + _rows(4, len(event.players)), players)
            due = schedule(written, match_id, COUNTDOWN, event.countdown_ends_at)
        case e.PlayerSeated() as event:
            written.write(_PLAYERS + _rows(4, 1), (match_id, event.player.user_id, live, False))
        case e.MatchStarted():
            written.write("UPDATE matches SET started_at = %s WHERE id = %s", (entry.at, match_id))
        case e.RoundStarted() as event:
            written.write(_ROUND, (match_id, event.number, event.problem_id, entry.at))
            count_play(written, event.problem_id, entry.at)
            cancel(written, match_id, ROUND_END)
            due = schedule(written, match_id, ROUND_END, event.ends_at)
        case e.RoundFinished() as event if event.winner_id is not None:
            won = {"match": match_id, "number": event.number, "user": event.winner_id, "accepted": ACCEPTED}
            written.write(_SOLVED, won)
        case e.PlayerGone() as event:
            cancel(written, match_id, GRACE, event.user_id)
            due = schedule(written, match_id, GRACE, event.claim_at, event.user_id)
            written.write(_GONE, (True, match_id, event.user_id))
        case e.PlayerBack() as event:
            cancel(written, match_id, GRACE, event.user_id)
            written.write(_GONE, (False, match_id, event.user_id))
        case e.PlayerResigned() as event:  # where others go on, who has given up is free to play elsewhere
            written.write(_FREE, (match_id, event.user_id))
        case e.MatchFinished() as event:
            written.write(_OVER, (entry.at, event.winner_id, e.encode_text(event), match_id))
            written.write("UPDATE match_players SET live = false, told = NOT gone WHERE match_id = %s", (match_id,))
            written.write("DELETE FROM deadlines WHERE match_id = %s", (match_id,))
            for result in event.players:
                set_standing(written, result.user_id, Standing(result.xp_after, result.wins, result.losses))
    return due


def schedule(written: Transaction, match_id: int, kind: str, due_at: datetime, user_id: int | None = None) -> datetime:
    """Have something happen to the match at ``due_at``, which is returned."""
    written.write(_SCHEDULE, (match_id, kind, user_id, due_at))
    return due_at


def cancel(written: Transaction, match_id: int, kind: str, user_id: int | None = None) -> None:
    """Cancel it."""
    whose, values = "", [match_id, kind]
    if user_id is not None:
        whose, values = " AND user_id = %s", [match_id, kind, user_id]
    written.write("DELETE FROM deadlines WHERE match_id = %s AND kind = %s" + whose, values)


def _rows(columns: int, rows: int) -> str:
    row = f"({', '.join(['%s'] * columns)})"
    return ", ".join([row] * rows)


_MATCH: Final = "INSERT INTO matches (id, room_id, room, first_version, created_at) VALUES (%s, %s, %s, %s, %s)"
_PLAYERS: Final = "INSERT INTO match_players (match_id, user_id, live, gone) VALUES "
_ROUND: Final = "INSERT INTO match_rounds (match_id, number, problem_id, started_at) VALUES (%s, %s, %s, %s)"
_SCHEDULE: Final = "INSERT INTO deadlines (match_id, kind, user_id, due_at) VALUES (%s, %s, %s, %s)"
_FREE: Final = "UPDATE match_players SET live = false WHERE match_id = %s AND user_id = %s"
_GONE: Final = "UPDATE match_players SET gone = %s WHERE match_id = %s AND user_id = %s"
_OVER: Final = "UPDATE matches SET finished_at = %s, winner_id = %s, outcome = %s WHERE id = %s"
# When the solution was received that won the round; null for one that was won elsewhere.
_SOLVED: Final = """
    UPDATE match_rounds r SET solved_ms = 1000 * extract(epoch FROM (
        SELECT min(received_at) FROM submissions s WHERE s.match_id = r.match_id AND s.user_id = %(user)s
        AND s.verdict = %(accepted)s AND s.received_at >= r.started_at
    ) - r.started_at) WHERE r.match_id = %(match)s AND r.number = %(number)s"""
