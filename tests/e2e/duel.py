"""Playing a duel in a test, and what must hold at the end of every one."""

from __future__ import annotations

from typing import Any

from application.matches.announcements import ANNOUNCEMENTS
from application.problems.catalogue.document import load
from tests.conftest import BANK
from tests.e2e.player import Fold, Player, http

Json = dict[str, Any]

SLOWLY = "import time\n_end = time.process_time() + 0.1\nwhile time.process_time() < _end:\n    pass\n"
"""Put before a Python solution, makes each of its tests take a tenth of a second longer."""


def paired(one: Player, other: Player) -> str:
    """Find each other; the room, once both have the problem before them."""
    assert one.ask("find_match")["ok"]
    answer = other.ask("find_match")
    assert answer == {"ok": True, "status": "matched", "room": answer["room"]}
    for player in (one, other):
        found = player.wait_for("match_found", room=answer["room"])
        assert [seat["user_id"] for seat in found["opponents"]] == [({one.id, other.id} - {player.id}).pop()]
        player.wait_for("round_started", room=answer["room"])
    problems = [player.wait_for("round_started", room=answer["room"])["problem"] for player in (one, other)]
    assert problems[0] == problems[1]
    room: str = answer["room"]
    return room


def solution(player: Player, language: str = "python") -> str:
    """A right solution of the problem that the player has been given."""
    slug = player.wait_for("round_started")["problem"]["slug"]
    if language == "python":
        return load(BANK / f"{slug}.json").reference
    return (BANK / f"{slug}.js").read_text()


def wrong_solution(player: Player) -> str:
    """A solution that runs and is never right."""
    function = player.wait_for("round_started")["problem"]["signature"]["function"]
    return f"def {function}(*args):\n    print('hello from', len(args))\n    return 'wrong'\n"


def check_the_end(one: Player, other: Player, room: str, reason: str, winner: Player | None) -> Json:
    """What both saw, live and afterwards, is complete, the same, and true; the outcome."""
    outcomes = []
    for player in (one, other):
        finished = player.wait_for("match_finished", room=room)
        received = [(name, body) for name, body in player.connection.received if body["room"] == room]
        assert [name for name, _ in received].count("match_finished") == 1
        assert [body["version"] for _, body in received] == list(range(1, finished["version"] + 1))
        for name, body in received:
            ANNOUNCEMENTS[name].model_validate(body)
        check_the_fold(player, room)
        outcomes.append(finished["outcome"])
    outcome: Json = outcomes[0]
    assert outcomes[1] == outcome
    assert outcome["reason"] == reason
    assert outcome["winner_id"] == (winner.id if winner else None)
    for result in outcome["players"]:
        player = one if result["user_id"] == one.id else other
        expected = "draw" if winner is None else "won" if player is winner else "lost"
        gained = 10 if expected == "won" and outcome["rated"] else 0
        assert (result["result"], result["xp_after"] - result["xp_before"]) == (expected, gained)
        check_what_is_kept(player, room, outcome, result)
    return outcome


def check_the_fold(player: Player, room: str) -> None:
    """The state built from events equals a fresh view."""
    fold = Fold()
    for name, body in player.connection.received:
        if body["room"] == room:
            fold.apply(name, body)
    view = player.ask("resume", room=room)["view"]
    view["you"].update(drafts={}, last_code=None)
    view["now"] = fold.view["now"]
    assert fold.view == view


def in_short(session: Json) -> Json:
    """The session as a profile has it."""
    kept = ("id", "slug", "title", "topics", "rank")
    return session | {"problem": [{name: problem[name] for name in kept} for problem in session["problem"]]}


def check_what_is_kept(player: Player, room: str, outcome: Json, result: Json) -> None:
    """Profile, leaderboard, history and replay agree with the outcome."""
    profile = player.get("/users/profile")
    record = {"xp": result["xp_after"], "wins": result["wins"], "losses": result["losses"]}
    assert {name: profile[name] for name in record} == record
    assert profile["rank"][0]["name"] == result["rank_after"]
    place = next(row for row in player.get("/users/leaderboard?limit=500") if row["id"] == player.id)
    assert {name: place[name] for name in record} == record
    session = player.get(f"/sessions/{outcome['session_id']}")
    assert (session["room"], session["outcome"]) == (room, outcome)
    assert [user["id"] for user in session["winner"]] == [outcome["winner_id"]] * (outcome["winner_id"] is not None)
    assert player.get("/sessions")[0] == session
    assert profile["sessions"][0] == in_short(session)
    replay = player.get(f"/sessions/{outcome['session_id']}/events")["events"]
    live = [{"event": name, **body} for name, body in player.connection.received if body["room"] == room]
    assert replay == live
    status, body = http(f"{player.url}/sessions/{outcome['session_id']}")
    assert (status, body["code"]) == (401, "not_authenticated")
