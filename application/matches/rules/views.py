"""What one player may see: of an event, and of the whole match.

A view after event n equals the view that a client builds from the events up to n; so both are made here, from the
same pieces. What is not in the rules' state (a problem's text, the author's own report) comes in as values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from application.accounts.avatars import shown
from application.base.timestamp import iso
from application.matches.rules import events as e
from application.matches.rules.chapter import follow
from application.matches.rules.state import MatchState, Player, Round, opened
from application.rooms.rules import events as r
from application.rooms.rules.state import RoomState

Json = dict[str, Any]

NOTHING_WRITTEN: Json = {"drafts": {}, "last_code": None}
"""``drafts`` has the code that a player wrote last in each language, ``last_code`` the last of them all as
``{language, code}``."""


@dataclass(frozen=True)
class You:
    """Who looks, None for anybody whom nothing concerns, and what is theirs alone: what they have in their editor, in
    the form of ``NOTHING_WRITTEN``, and the last verdict they were given."""

    user_id: int | None
    written: Json
    last_judged: Json | None = None


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
    shown = {"room": room, "version": entry.version, "at": iso(entry.at)}
    if isinstance(entry.event, r.RoomEvent):
        return shown | _of_the_room(entry.event)
    session_id = state.found.session_id if state.found else None
    return shown | {"session_id": session_id} | _shown(room, entry, reader, state, problems, reports)


def _of_the_room(event: r.RoomEvent) -> Json:
    match event:
        case r.RoomOpened() | r.RoomChanged():
            return {"settings": event.settings.shown(), "host_id": event.host_id}
        case r.MemberEntered():
            return _member(event.member, connected=True)
        case event:
            return e.encode(event)


def _shown(
    room: str,
    entry: e.Recorded,
    reader: int | None,
    state: MatchState,
    problems: Mapping[int, Json],
    reports: Mapping[int, Json],
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
                "view": view(
                    room, follow(RoomState(), event), opened(entry), You(reader, NOTHING_WRITTEN), problems, entry.at
                ),
            }
        case e.PlayerSeated() as event:
            return {"player": _player(Player(event.player, from_round=event.from_round), (), 0)}
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
        case e.RoundFinished() as event:
            return {"number": event.number, "winner_id": event.winner_id, "standings": _standings(event)}
        case e.MatchFinished() as event:
            return {"outcome": e.encode(event)}
        case event:
            return e.encode(event)


def view(
    code: str,
    room: RoomState,
    state: MatchState,
    you: You,
    problems: Mapping[int, Json],
    now: datetime,
    watchers: int = 0,
) -> Json:
    """The whole room, and the match in it, as somebody may see it at the time ``now``."""
    found, running = state.found, state.round
    return {
        "room": code,
        "session_id": found.session_id if found else None,
        "version": state.version,
        "now": iso(now),
        "phase": state.phase.value,
        "rated": bool(found and found.rated),
        "unrated_because": found.unrated_because if found else None,
        "countdown_ends_at": iso(found.countdown_ends_at) if found else None,
        "settings": room.settings.shown(),
        "host_id": room.host_id,
        "members": [_member(member, _is_connected(state, member.user_id)) for member in room.members],
        "rematch": list(room.rematch),
        "watchers": watchers,
        "players": [_player(player, state.players, _tests(player, running)) for player in state.players],
        "round": {
            "number": running.number,
            "of": found.rounds if found else 1,
            "problem": problems.get(running.problem_id),
            "started_at": iso(running.started_at),
            "ends_at": iso(running.ends_at),
        }
        if running
        else None,
        "you": {
            "user_id": you.user_id,
            "as": _role(room, state, you.user_id),
            **you.written,
            "pending": _pending(state, you.user_id),
            "last_judged": you.last_judged,
        },
        "outcome": e.encode(state.outcome) if state.outcome else None,
    }


def _standings(event: e.RoundFinished) -> list[Json]:
    return [asdict(standing) | {"at": standing.at and iso(standing.at)} for standing in event.standings]


def _seat(seat: e.Seat) -> Json:
    return {
        "user_id": seat.user_id,
        "username": seat.username,
        "avatar": shown(seat.avatar),
        "rank": seat.rank,
        "bot": seat.bot,
    }


def _member(member: r.Member, connected: bool) -> Json:
    return {
        "user_id": member.user_id,
        "username": member.username,
        "avatar": shown(member.avatar),
        "rank": member.rank,
        "rating": None,
        "as": member.role,
        "bot": member.bot,
        "connected": connected,
    }


def _is_connected(state: MatchState, user_id: int) -> bool:
    """Whether a member is there, as far as the journal knows, which is told of those who play."""
    player = state.player(user_id)
    return player is None or not player.gone


def _role(room: RoomState, state: MatchState, user_id: int | None) -> str:
    member = room.member(user_id) if user_id is not None else None
    playing = user_id is not None and state.player(user_id) is not None
    return member.role if member else "player" if playing else "watcher"


def _pending(state: MatchState, user_id: int | None) -> int | None:
    submissions = state.round.submissions if state.round else ()
    return next((s.id for s in submissions if s.user_id == user_id and s.verdict is None), None)


def _tests(player: Player, running: Round | None) -> int:
    """How many tests the player has before them: none where they play from a later round on."""
    return running.tests if running and player.from_round <= running.number else 0


def _player(player: Player, players: tuple[Player, ...], tests: int) -> Json:
    return _seat(player.seat) | {
        "connected": not player.gone,
        "claim_at": iso(player.claim_at) if player.claim_at else None,
        "resigned": player.resigned,
        "submissions": player.submissions,
        "best_passed": player.best_passed,
        "total": tests,
        "rounds_won": player.rounds_won,
        "points": player.points,
        "place": 1 + sum(other.points > player.points for other in players),
        "done": player.done,
    }
