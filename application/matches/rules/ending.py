"""What the end of a match does to its players: the one account of how it ended, for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from application.matches.rules import commands as c
from application.matches.rules import events as e
from application.matches.rules import standings as places
from application.matches.rules.state import MatchState, Player
from application.ratings.ranks import WIN_XP, rank_of

Standings = Mapping[int, c.Standing]
"""Every player's standing, by user id."""


def ending(
    state: MatchState, found: e.MatchFound, at: datetime, reason: e.Reason, winner: Player | None, standings: Standings
) -> e.MatchFinished:
    """The event that ends the match now, for this reason."""
    unrated = _unrated_because(state, found, at, reason)
    rated = found.rated and unrated is None
    results = tuple(_result(player, state, winner, reason, rated, found.scoring, standings) for player in state.players)
    winner_id = winner.seat.user_id if winner else None
    return e.MatchFinished(reason, winner_id, found.session_id, results, rated, unrated)


def _unrated_because(state: MatchState, found: e.MatchFound, at: datetime, reason: e.Reason) -> e.UnratedBecause | None:
    """Why a match that ends now for this reason is not to change standings, or None."""
    if found.unrated_because is not None:
        return found.unrated_because
    began = state.play_began_at
    long_enough = timedelta(seconds=found.rated_after_seconds)
    if reason == "solved" or state.judged or (began is not None and at - began >= long_enough):
        return None
    return "too_short" if found.rated_after_seconds else None


def _result(
    player: Player,
    state: MatchState,
    winner: Player | None,
    reason: e.Reason,
    rated: bool,
    scoring: e.Scoring,
    standings: Standings,
) -> e.PlayerResult:
    before = after = standings[player.seat.user_id]
    place = _place(player, state, winner, scoring)
    shared = winner is None and (reason == "aborted" or place == 1 or scoring == "rounds")
    result: e.Result = "won" if player == winner else "draw" if shared else "lost"
    if rated and result == "won":
        after = replace(before, xp=before.xp + WIN_XP, wins=before.wins + 1)
    elif rated and result == "lost":
        after = replace(before, losses=before.losses + 1)
    return e.PlayerResult(
        user_id=player.seat.user_id,
        username=player.seat.username,
        result=result,
        xp_before=before.xp,
        xp_after=after.xp,
        rank_before=rank_of(before.xp).name,
        rank_after=rank_of(after.xp).name,
        wins=after.wins,
        losses=after.losses,
        place=place,
        points=player.points,
    )


def _place(player: Player, state: MatchState, winner: Player | None, scoring: e.Scoring) -> int:
    """The player's place in the end: who wins is first, however it came about."""
    if player == winner:
        return 1
    others = [other for other in state.players if other != winner]
    return (winner is not None) + places.place(player, others, scoring)
