"""Looking on with real clients: a watcher is told what everybody is told, nothing of what is one player's, and comes
and goes as they like."""

from __future__ import annotations

import pytest

from application.matches.announcements import ANNOUNCEMENTS
from application.rooms.announcements import TOLD
from tests.e2e.conftest import Server
from tests.e2e.party import Guest, check_party, guests
from tests.e2e.player import WAIT_SECONDS, Connection, Json, http

PRIVATE = {"results", "console", "message", "time_ms", "memory_kib"}
"""What of a verdict is its author's alone."""


def told(connection: Connection, event: str, **fields: object) -> Json:
    """The first notice of this kind with these fields, once it is there."""

    def found() -> list[Json]:
        return [
            body
            for name, body in connection.notices
            if name == event and all(body.get(field) == value for field, value in fields.items())
        ]

    with connection._news:
        assert connection._news.wait_for(lambda: bool(found()), WAIT_SECONDS), (event, fields, connection.notices)
    TOLD[event].model_validate(found()[0])
    return found()[0]


def given(*connections: Connection) -> list[tuple[str, Json]]:
    """Everything that was ever sent to these, once what is under way has arrived."""
    for connection in connections:
        assert connection.closed.is_set() or connection.ask("cancel_find")["ok"]
    return [each for connection in connections for each in (*connection.received, *connection.notices)]


def check_nothing_private(watcher: Guest, codes: list[str], *more: Connection) -> None:
    """Of all that a watcher was sent, and may ask for, nothing is a player's own, and no test is hidden."""
    view = watcher.ask("resume", room=watcher.room)["view"]
    everything = given(watcher.connection, *more)
    assert {name for name, _ in everything} <= {*ANNOUNCEMENTS, *TOLD}
    for name, body in everything:
        if name == "submission_judged":
            assert not PRIVATE & set(body), body
    views = [view, *(body["view"] for name, body in everything if name == "match_found")]
    for each in views:
        assert each["you"]["drafts"] == {} and each["you"]["last_code"] is None
        assert each["you"]["pending"] is None and each["you"]["last_judged"] is None
    text = str([*((name, body) for name, body in everything if name != "code_changed"), view])
    for code in codes:
        assert code not in text and repr(code)[1:-1] not in text
    assert "hidden" not in text, "of tests there are examples alone"


def test_a_watcher_of_a_party_sees_everything_that_is_for_everybody(server: Server) -> None:
    host, ada, bob, watcher, late = guests(server.url, 5)
    how = {"capacity": 2, "rounds": 2, "countdown_seconds": 0, "start": "host", "round_ends": "all"}
    room = host.create(play=False, **how, show_code="live")
    for guest in (ada, bob):
        guest.enter(room)
    assert watcher.enter(room, "watcher")["view"]["you"]["as"] == "watcher"
    told(ada.connection, "audience", room=room, watchers=1)
    host.ask("start_match", room=room)
    wrong, right = ada.wrong(1), bob.solution(1)
    draft = "draft = 'of ada'"
    ada.ask("save_code", room=room, language="python", code=draft)
    for guest in (watcher, host):
        assert told(guest.connection, "code_changed", user_id=ada.id) == {
            "room": room, "user_id": ada.id, "language": "python", "code": draft,
        }  # fmt: skip
    assert ada.submit(wrong)["verdict"] == "wrong_answer"
    assert bob.submit(right)["verdict"] == "accepted"

    version = watcher.ask("resume", room=room)["version"]
    for event, payload in (
        ("submit_code", {"language": "python", "code": right}),
        ("run_code", {"language": "python", "code": right}),
        ("save_code", {"language": "python", "code": right}),
        ("resign", {}),
        ("finish_round", {}),
        ("claim_win", {}),
    ):
        assert watcher.refused(event, room=room, **payload) == "not_a_player", event
    for event, payload in (("offer_rematch", {}), ("start_match", {}), ("change_room", {"settings": {"rounds": 1}})):
        assert watcher.refused(event, room=room, **payload) == "not_a_member", event
    assert watcher.ask("resume", room=room)["version"] == version

    ada.ask("finish_round", room=room)
    session_id = ada.wait_for("round_started", round=2)["session_id"]
    live = next(match for match in http(f"{server.url}/sessions/live?limit=100")[1] if match["id"] == session_id)
    assert (live["room"], live["round"], live["of"], live["watchers"]) == (room, 2, 2, 1)
    assert {player["id"] for player in live["players"]} == {ada.id, bob.id}
    assert bob.submit(bob.solution(2))["verdict"] == "accepted"
    ada.ask("finish_round", room=room)
    check_party([host, ada, bob, watcher])
    check_nothing_private(watcher, [wrong, right, draft])
    assert not [name for name, _ in given(ada.connection, bob.connection) if name == "code_changed"]
    assert http(f"{server.url}/sessions/{session_id}/solutions", token=watcher.player.token)[0] == 403
    solutions = ada.player.get(f"/sessions/{session_id}/solutions")
    assert solutions == bob.player.get(f"/sessions/{session_id}/solutions")
    assert [(each["user_id"], each["code"]) for each in solutions][:2] == [(ada.id, wrong), (bob.id, right)]
    assert session_id not in [match["id"] for match in http(f"{server.url}/sessions/live?limit=100")[1]]

    assert late.refused("enter_room", room=room, **{"as": "player"}) == "room_full"
    ada.ask("leave_room", room=room)
    watcher.enter(room, "player")
    assert bob.wait_for("member_entered", user_id=watcher.id)["as"] == "player"
    told(bob.connection, "audience", room=room, watchers=0)
    assert [member["user_id"] for member in watcher.check()["members"]] == [host.id, bob.id, watcher.id]


def test_a_watcher_of_a_lobby_duel_who_reconnects(server: Server) -> None:
    ada, bob, watcher, other = guests(server.url, 4)
    ada.ask("find_match")
    ada.room = bob.room = room = bob.ask("find_match")["room"]
    watcher.enter(room, "watcher")
    wrong, right = ada.wrong(1), ada.solution(1)
    told(bob.connection, "audience", room=room, watchers=1)
    other.enter(room, "watcher")
    told(bob.connection, "audience", room=room, watchers=2)
    other.ask("leave_room", room=room)
    assert bob.submit(wrong)["verdict"] == "wrong_answer"
    after = watcher.wait_for("submission_judged")["version"]

    before = watcher.connection
    before.close()
    told(bob.connection, "audience", room=room, watchers=0)
    ada.ask("save_code", room=room, language="python", code=right)
    assert ada.submit(right)["verdict"] == "accepted"
    watcher.connection = watcher.player.connect()
    missed = watcher.ask("resume", room=room, after=after)["events"]
    events = [(event["event"], event) for event in missed]
    assert [body["version"] for _, body in events] == list(range(after + 1, after + 1 + len(missed)))
    assert missed[-1]["event"] == "match_finished"
    for name, body in events:
        assert name != "submission_judged" or not PRIVATE & set(body)
    watcher.connection.received[:0] = [
        *before.received, *((name, {key: body[key] for key in body if key != "event"}) for name, body in events)
    ]  # fmt: skip
    watcher.check()
    check_nothing_private(watcher, [wrong, right], before)
    assert "code_changed" not in dict(given(watcher.connection)), "a duel's code is shown afterwards, to who played"
    assert watcher.refused("enter_room", room=room, **{"as": "player"}) == "not_invited"
    assert other.refused("resume", room=room) == "not_a_player"


@pytest.mark.parametrize("spectators", ["members", "nobody"])
def test_who_may_not_look_on(spectators: str, server: Server) -> None:
    ada, bob, eve = guests(server.url, 3)
    room = ada.create(countdown_seconds=0, spectators=spectators)
    assert eve.refused("enter_room", room=room, **{"as": "watcher"}) == "not_invited"
    bob.enter(room)
    session_id = ada.wait_for("round_started")["session_id"]
    assert eve.refused("enter_room", room=room, **{"as": "watcher"}) == "not_invited"
    assert eve.refused("resume", room=room) == "not_a_player"
    assert session_id not in [match["id"] for match in http(f"{server.url}/sessions/live?limit=100")[1]]
    assert given(eve.connection) == []
    assert ada.check()["watchers"] == 0
