"""What one player may see: of an event, and of the whole match.

A view after event n equals the view that a client builds from the events up to n; so both are made here, from the
same pieces. What is not in the rules' state (a problem's text, the author's own report) comes in as values.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from application.accounts.avatars import shown
from application.base.timestamp import iso
from application.matches.rules import events as e
from application.matches.rules.state import MatchState, Player, opened

Json = dict[str, Any]

NOTHING_WRITTEN: Json = {"drafts": {}, "last_code": None}
"""``drafts`` has the code that a player wrote last in each language, ``last_code`` the last of them all as
``{language, code}``."""


def envelope(
    room: str,
    entry: e.Recorded,
    reader: int | None,
    state: MatchState,
    problems: Mapping[int, Json],
    reports: Mapping[int, Json],
) -> Json:
    """One event as ``reader`` may see it, in its envelope ``{room, version, at, session_id, ...}``; None: as anybody
    may whom it does not concern.

    ``state`` is the match at some time after the event. ``problems`` holds the public form of each problem by id;
    ``reports`` the full report of each judged submission by id, of which only the author is given theirs.
    """
    session_id = state.found.session_id if state.found else None
    shown = {"room": room, "version": entry.version, "at": iso(entry.at), "session_id": session_id}
    return shown | _shown(entry, reader, state, problems, reports)


def _shown(
    entry: e.Recorded, reader: int | None, state: MatchState, problems: Mapping[int, Json], reports: Mapping[int, Json]
) -> Json:
    match entry.event:
        case e.MatchFound() as event:
            seats = [_seat(seat) for seat in event.players]
            return {
                "opponents": [seat for seat in seats if seat["user_id"] != reader],
                "players": seats,
                "rated": event.rated,
                "unrated_because": event.unrated_because,
                "rounds": event.rounds,
                "countdown_ends_at": iso(event.countdown_ends_at),
                "view": view(opened(entry), reader, problems, NOTHING_WRITTEN, entry.at),
            }
        case e.MatchStarted():
            return {"players": [_seat(player.seat) for player in state.players]}
        case e.RoundStarted() as event:
            return {
                "round": event.number,
                "of": state.found.rounds if state.found else 1,
                "problem": problems.get(event.problem_id),
                "tests": event.tests,
                "started_at": iso(entry.at),
                "ends_at": iso(event.ends_at),
            }
        case e.SubmissionJudged() as event:
            own = reports.get(event.submission_id, {}) if event.user_id == reader else {}
            return own | e.encode(event)
        case e.PlayerGone() as event:
            return {"user_id": event.user_id, "claim_at": iso(event.claim_at), "left": event.left}
        case e.PlayerBack() as event:
            return {"user_id": event.user_id, "claim_at": None}
        case e.MatchFinished() as event:
            return {"outcome": e.encode(event)}
        case event:
            return e.encode(event)


def view(state: MatchState, reader: int | None, problems: Mapping[int, Json], written: Json, now: datetime) -> Json:
    """The whole match as ``reader`` may see it at the time ``now``; ``written`` is what they have in their editor, in
    the form of ``NOTHING_WRITTEN``."""
    found, running = state.found, state.round
    return {
        "room": found.room if found else None,
        "session_id": found.session_id if found else None,
        "version": state.version,
        "now": iso(now),
        "phase": state.phase.value,
        "rated": bool(found and found.rated),
        "unrated_because": found.unrated_because if found else None,
        "countdown_ends_at": iso(found.countdown_ends_at) if found else None,
        "players": [_player(player, running.tests if running else 0) for player in state.players],
        "round": {
            "number": running.number,
            "of": found.rounds if found else 1,
            "problem": problems.get(running.problem_id),
            "started_at": iso(running.started_at),
            "ends_at": iso(running.ends_at),
        }
        if running
        else None,
        "you": {"user_id": reader, **written},
        "outcome": e.encode(state.outcome) if state.outcome else None,
    }


def _seat(seat: e.Seat) -> Json:
    return {"user_id": seat.user_id, "username": seat.username, "avatar": shown(seat.avatar), "rank": seat.rank}


def _player(player: Player, tests: int) -> Json:
    return _seat(player.seat) | {
        "connected": not player.gone,
        "claim_at": iso(player.claim_at) if player.claim_at else None,
        "resigned": player.resigned,
        "submissions": player.submissions,
        "best_passed": player.best_passed,
        "total": tests,
        "rounds_won": player.rounds_won,
    }
