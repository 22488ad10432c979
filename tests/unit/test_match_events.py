"""The events as the journal keeps them."""

from __future__ import annotations

import json

from application.matches.rules import commands as c
from application.matches.rules import events as e
from application.matches.rules.state import replay
from tests.factories import Game, after


def test_events_are_known_by_the_names_of_the_protocol() -> None:
    assert e.EVENT_NAMES == (
        "match_found",
        "player_seated",
        "match_started",
        "round_started",
        "submission_received",
        "submission_judged",
        "player_done",
        "player_gone",
        "player_back",
        "player_resigned",
        "round_finished",
        "match_finished",
        "room_opened",
        "room_changed",
        "member_entered",
        "member_left",
        "host_changed",
        "rematch_offered",
        "room_closed",
    )
    assert e.name_of(e.PlayerBack) == e.name_of(e.PlayerBack(1)) == "player_back"


def test_what_is_kept_is_json_and_gives_the_event_again() -> None:
    game = Game.playing()
    game.do(c.MarkGone(2), 10)
    game.do(c.Resign(2), 11)
    for entry in game.journal:
        kept = json.loads(json.dumps(e.encode(entry.event)))
        assert e.decode(e.name_of(entry.event), kept) == entry.event
        assert json.loads(e.encode_text(entry.event)) == kept
    assert replay(game.journal) == game.state
    assert e.encode(e.PlayerGone(2, after(55), False)) == {
        "user_id": 2,
        "claim_at": "2026-01-31T12:00:55Z",
        "left": False,
    }
