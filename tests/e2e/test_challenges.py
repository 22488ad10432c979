"""Challenging somebody by name."""

from __future__ import annotations

from typing import Any

from tests.e2e.conftest import Server
from tests.e2e.party import Guest, guests


def challenge(one: Guest, other: Guest, **settings: Any) -> str:
    """One challenges the other; the room, once the other knows of it."""
    room = one.opened(one.ask("challenge", username=other.name.upper(), settings=settings))
    told = other.connection.wait_for_notice("challenged", room=room)
    assert (told["from"], told["settings"]["capacity"]) == (one.name, 2)
    return room


def test_a_challenge_that_is_accepted_is_played_and_ends_the_others(server: Server) -> None:
    ada, bob, eve = guests(server.url, 3)
    other_room = challenge(ada, eve)
    room = challenge(ada, bob, countdown_seconds=0)
    assert eve.refused("enter_room", room=room, **{"as": "player"}) == "not_invited"
    assert eve.refused("decline_challenge", room=room) == "not_invited"
    bob.enter(room)
    assert ada.connection.wait_for_notice("challenge_ended", room=room)["reason"] == "accepted"
    assert eve.connection.wait_for_notice("challenge_ended", room=other_room)["reason"] == "withdrawn"
    assert eve.refused("enter_room", room=other_room, **{"as": "player"}) == "room_closed"
    ada.room = room
    assert bob.submit(bob.solution(1))["verdict"] == "accepted"
    assert bob.wait_for("match_finished")["outcome"]["winner_id"] == bob.id
    assert bob.check()["outcome"]["unrated_because"] == "room"


def test_a_challenge_waits_for_who_is_not_there_and_for_who_made_it(server: Server) -> None:
    ada, bob = guests(server.url, 2)
    bob.connection.close()
    room = ada.opened(ada.ask("challenge", username=bob.name))
    ada.connection.close()
    back = Guest(bob.player, bob.player.connect())
    assert back.connection.wait_for_notice("challenged", room=room)["from"] == ada.name
    assert back.enter(room)["view"]["phase"] == "waiting"
    returned = Guest(ada.player, ada.player.connect())
    returned.opened(returned.ask("resume", room=room))
    for guest in (returned, back):
        guest.wait_for("round_started")
        guest.check()


def test_a_challenge_is_declined_withdrawn_or_made_anew(server: Server) -> None:
    ada, bob = guests(server.url, 2)
    room = challenge(ada, bob)
    bob.ask("decline_challenge", room=room)
    assert ada.connection.wait_for_notice("challenge_ended", room=room)["reason"] == "declined"
    assert bob.refused("decline_challenge", room=room) == "not_invited"
    assert ada.wait_for("room_closed")
    first = challenge(ada, bob)
    second = challenge(ada, bob)
    assert bob.connection.wait_for_notice("challenge_ended", room=first)["reason"] == "withdrawn"
    ada.ask("leave_room", room=second)
    assert bob.connection.wait_for_notice("challenge_ended", room=second)["reason"] == "withdrawn"


def test_whom_nobody_can_challenge(server: Server) -> None:
    ada, bob = guests(server.url, 2)
    assert ada.refused("challenge", username="nobody at all") == "user_not_found"
    assert ada.refused("challenge", username=ada.name) == "invalid_request"
    assert ada.refused("challenge", username=bob.name, settings={"capacity": 3}) == "invalid_settings"
    assert ada.refused("challenge", username=bob.name, settings={"start": "host"}) == "invalid_settings"
    assert ada.refused("challenge", username=7) == "invalid_request"
    assert bob.connection.notices == []
