"""Places and points: of a round, and of the match so far."""

from __future__ import annotations

from collections.abc import Sequence

from application.matches.rules import events as e
from application.matches.rules.modes import MODES
from application.matches.rules.modes.mode import NEVER, Key
from application.matches.rules.state import JUDGE_ERROR, MatchState, Player


def of_round(state: MatchState) -> tuple[e.RoundStanding, ...]:
    """How those for whom the current round counts have done in it, the best first.

    One's points are how many players one has beaten. Where the match is decided by rounds, as a lobby duel is, only who
    has solved the round is better than others.
    """
    running, found = state.round, state.found
    if running is None or found is None:
        return ()
    mode = MODES[found.rules.mode]
    scores = {}
    for player in state.active:
        user_id = player.seat.user_id
        if state.may_play(user_id):
            counted = [s for s in running.submissions if s.user_id == user_id and s.verdict not in (None, JUDGE_ERROR)]
            scores[user_id] = mode.score(counted)
    keys: dict[int, Key] = {
        user_id: (1,) if found.scoring == "rounds" and not score.solved else score.key
        for user_id, score in scores.items()
    }
    return tuple(
        e.RoundStanding(
            user_id=user_id,
            place=1 + sum(other < keys[user_id] for other in keys.values()),
            points=sum(other > keys[user_id] for other in keys.values()),
            solved=score.solved,
            passed=score.passed,
            total=running.tests,
            at=score.at,
            length=score.length,
        )
        for user_id, score in sorted(scores.items(), key=lambda scored: (keys[scored[0]], scored[0]))
    )


def worth(player: Player, scoring: e.Scoring) -> Key:
    """What a player stands on in the match, the smaller the better: who has resigned comes last; then points, then
    rounds won, then the earlier last solution. A match that is decided by rounds knows rounds alone."""
    if scoring == "rounds":
        return (player.resigned, -player.rounds_won)
    last = player.last_solved_at or NEVER
    return (player.resigned, -player.points, -player.rounds_won, last.timestamp())


def place(player: Player, players: Sequence[Player], scoring: e.Scoring) -> int:
    """The player's place among these; equals share one."""
    own = worth(player, scoring)
    return 1 + sum(worth(other, scoring) < own for other in players)
