"""A match outlives the server that it is played on."""

from __future__ import annotations

import pytest

from cluster import free_port
from tests.conftest import PATIENCE_SECONDS
from tests.e2e.conftest import Server
from tests.e2e.duel import SLOWLY, check_the_end, paired, solution
from tests.e2e.player import Connection, Player, http


def returned(player: Player, room: str) -> None:
    """Connect again, and put what was missed behind what the player has already."""
    before = player.connection.received
    player.connection = player.connect()
    missed = player.ask("resume", room=room, after=before[-1][1]["version"])["events"]
    player.connection.received[:0] = before + [(event.pop("event"), event) for event in missed]


def test_kill_9_in_mid_game_loses_nothing(own_server: Server) -> None:
    server = own_server
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    answer = ada.ask("submit_code", room=room, language="python", code=SLOWLY + solution(ada), client_id="first")
    server.kill()
    for player in (ada, bob):
        assert player.connection.closed.wait(PATIENCE_SECONDS)
        assert "submission_judged" not in player.connection.names()
    server.start()
    for player in (ada, bob):
        returned(player, room)
    repeated = ada.ask("submit_code", room=room, language="python", code="x = 1", client_id="first")
    assert repeated == answer
    judged = bob.wait_for("submission_judged", submission_id=answer["submission_id"])
    assert (judged["user_id"], judged["verdict"]) == (ada.id, "accepted")
    check_the_end(ada, bob, room, "solved", winner=ada)
    assert not {"player_gone", "player_back"} & set(ada.connection.names())


def test_who_waits_in_the_lobby_still_waits_after_a_restart(own_server: Server) -> None:
    server = own_server
    ada, bob = Player(server.url), Player(server.url)
    assert ada.ask("find_match")["status"] == "waiting"
    server.stop()
    server.start()
    ada.connection = ada.connect()
    assert ada.ask("resume")["status"] == "waiting"
    bob.connection = bob.connect()
    room = bob.ask("find_match")["room"]
    for player in (ada, bob):
        player.wait_for("round_started", room=room)


def test_a_second_server_on_the_same_data_says_what_is_wrong(own_server: Server) -> None:
    elsewhere = dict(own_server.environment, PORT=str(free_port()))
    second = Server.__new__(Server)
    second.environment, second.said, second.log = elsewhere, [], own_server.log
    with pytest.raises(AssertionError):
        second.start()
    assert second.process.wait(PATIENCE_SECONDS) == 1
    status, _ = http(f"{own_server.url}/health/ready")
    assert status == 200


def test_term_lets_the_judge_finish(own_server: Server) -> None:
    server = own_server
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    # Slow enough to be judged still, and quick enough for what a stop has time for on a busy machine.
    ada.ask("submit_code", room=room, language="python", code=SLOWLY.replace("0.1", "0.02") + solution(ada))
    server.stop()
    names = bob.connection.names()
    assert names[-1] == "match_finished"
    server.start()
    returned(ada, room)
    returned(bob, room)
    check_the_end(ada, bob, room, "solved", winner=ada)


def test_two_tabs_get_everything_and_logging_out_closes_both(server: Server) -> None:
    ada, bob = Player(server.url), Player(server.url)
    second = ada.connect()
    room = paired(ada, bob)
    third = Connection(server.url, ada.log_in(), transports=["polling"])
    third.ask("resume", {"room": room, "after": 0})
    ada.ask("submit_code", room=room, language="python", code=solution(ada))
    check_the_end(ada, bob, room, "solved", winner=ada)
    second.wait_for("match_finished")
    assert second.received == ada.connection.received
    third.wait_for("match_finished")
    assert third.received == ada.connection.received[-len(third.received) :]
    assert http(f"{server.url}/auth/logout", "POST", token=ada.token)[0] == 200
    assert ada.connection.closed.wait(PATIENCE_SECONDS)
    assert second.closed.wait(PATIENCE_SECONDS)
    assert third.ask("resume")["ok"]
    third.close()
    assert http(f"{server.url}/users/profile", token=ada.token)[1]["code"] == "token_revoked"
