"""Several servers and workers are one: players on different processes, and any process killed at any time."""

from __future__ import annotations

import itertools
import os
import re
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib import request

import pytest

from application.problems.catalogue.document import load
from cluster import Cluster, Missing
from tests.conftest import BANK, PATIENCE_SECONDS
from tests.e2e.conftest import QUICK
from tests.e2e.duel import SLOWLY
from tests.e2e.duel import check_the_end as check_a_quiet_end
from tests.e2e.duel import paired as paired_quietly
from tests.e2e.duel import solution as quiet_solution
from tests.e2e.page import Page, question
from tests.e2e.party import Guest, check_party
from tests.e2e.player import Connection, Player, http
from tests.e2e.returning import Returning, check_the_end
from tests.e2e.test_classic import PASSED_ON
from tests.e2e.wire import Polling, Wire, ended_unheard

DUELS = int(os.environ.get("ROLLING_DUELS", "4"))
"""How many duels are going on while both servers are restarted."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="codemaze-cluster-") as folder:
        Path(folder).chmod(0o755)
        settings = {name: value for name, value in QUICK.items() if name not in ("HOST", "JWT_SECRET_KEY")}
        try:
            # Where a server takes long to start again, its players are away for as long, and no match is to end of it.
            own = {"LANGUAGES": "python", "CLASSIC_CLIENT": "1", "GRACE_SECONDS": "3600"}
            made = Cluster(Path(folder), {**settings, **own})
        except Missing as missing:
            if os.environ.get("CI"):
                raise
            pytest.skip(str(missing))
        with made:
            yield made


@pytest.fixture
def returning(cluster: Cluster) -> Iterator[tuple[Returning, Returning]]:
    """Two players who are paired, each with connections to both servers in turn, beginning with a different one."""
    addresses = [itertools.cycle([cluster.url_of(0), cluster.url_of(1)]) for _ in range(2)]
    next(addresses[1])
    players = [Returning(cluster.url, lambda turns=turns: next(turns)) for turns in addresses]  # type: ignore[misc]
    pair(*players)
    yield players[0], players[1]
    for player in players:
        player.drop()


def pair(one: Returning, other: Returning) -> None:
    for player in (one, other):
        player.connected()
    one.ask("find_match")
    other.ask("find_match")
    for player in (one, other):
        player.wait_for("round_started")


def solution(player: Returning) -> str:
    return load(BANK / f"{player.wait_for('round_started')['problem']['slug']}.json").reference


def test_players_on_different_processes(cluster: Cluster) -> None:
    ada, bob = Player(cluster.url_of(0)), Player(cluster.url_of(1))
    room = paired_quietly(ada, bob)
    assert ada.ask("run_code", room=room, language="python", code=quiet_solution(ada))["ok"]
    bob.ask("submit_code", room=room, language="python", code=quiet_solution(bob))
    check_a_quiet_end(ada, bob, room, "solved", winner=bob)


def test_going_and_coming_back_over_processes(cluster: Cluster) -> None:
    ada, bob = Player(cluster.url_of(0)), Player(cluster.url_of(1))
    room = paired_quietly(ada, bob)
    bob.connection.close()
    gone = ada.wait_for("player_gone", user_id=bob.id)
    assert ada.ask("claim_win", room=room)["code"] == "grace_not_over"
    bob.url = cluster.url_of(0)
    bob.connection = bob.connect()
    assert ada.wait_for("player_back")["version"] == gone["version"] + 1
    assert ada.ask("claim_win", room=room)["code"] == "opponent_present"
    assert bob.ask("resume")["version"] == gone["version"] + 1
    ada.ask("resign", room=room)
    assert bob.wait_for("match_finished")["outcome"]["winner_id"] == bob.id


def test_a_party_over_processes_and_without_redis(cluster: Cluster) -> None:
    host, guest, watcher = (Guest(Player(cluster.url_of(number))) for number in (0, 1, 1))
    room = host.create(capacity=3, rounds=2, countdown_seconds=0)
    host.ask("say", room=room, text="come in")
    assert [said["text"] for said in guest.enter(room)["messages"]] == ["come in"]
    watcher.enter(room, "watcher")
    assert host.connection.wait_for_notice("audience", room=room)["watchers"] == 1
    host.ask("start_match", room=room)
    assert guest.submit(guest.solution(1))["verdict"] == "accepted"
    host.ask("finish_round", room=room)
    cluster.redis.kill()
    try:
        for player in (host, guest):
            player.wait_for("round_started", round=2)
            player.ask("finish_round", room=room)
        outcome = check_party([host, guest, watcher])
    finally:
        cluster.redis.start()
    assert outcome["winner_id"] == guest.id
    for player in (host, guest):
        player.ask("offer_rematch", room=room)
    guest.wait_for("match_found", version=host.wait_for("match_finished")["version"] + 3)


def test_talk_over_processes_and_without_redis(cluster: Cluster) -> None:
    ada, bob = Player(cluster.url_of(0)), Player(cluster.url_of(1))
    room = paired_quietly(ada, bob)
    first = ada.ask("say", room=room, text="hello")["message_id"]
    assert bob.connection.wait_for_notice("message")["message_id"] == first
    ada.ask("tell", username=bob.name, text="psst")
    assert bob.connection.wait_for_notice("told")["from"] == ada.name
    ada.ask("unsay", message_id=first)
    assert bob.connection.wait_for_notice("message_hidden") == {"message_id": first}
    cluster.redis.kill()
    try:
        kept = ada.ask("say", room=room, text="is anybody there?")["message_id"]
        assert [line["message_id"] for line in bob.get(f"/rooms/{room}/messages")] == [kept]
    finally:
        cluster.redis.start()
    assert [name for name, _ in bob.connection.notices].count("message_hidden") == 1
    assert [body["message_id"] for name, body in ada.connection.notices if name == "message"] == [first, kept]


def test_live_code_is_shown_at_another_process(cluster: Cluster) -> None:
    ada, bob = Player(cluster.url_of(0)), Player(cluster.url_of(0))
    watcher = Player(cluster.url_of(1))
    settings = {"capacity": 2, "start": "host", "countdown_seconds": 0, "show_code": "live"}
    room = ada.ask("create_room", settings=settings)["room"]
    assert bob.ask("enter_room", room=room, **{"as": "player"})["ok"]
    assert watcher.ask("enter_room", room=room, **{"as": "watcher"})["ok"]
    assert ada.ask("start_match", room=room)["ok"]
    ada.wait_for("round_started")
    assert ada.ask("save_code", room=room, language="python", code="a = 1")["ok"]
    shown = watcher.connection.wait_for_notice("code_changed")
    assert shown == {"room": room, "user_id": ada.id, "language": "python", "code": "a = 1"}
    assert ada.ask("resign", room=room)["ok"]


def waiting_at(url: str) -> bool:
    with request.urlopen(f"{url}/metrics") as answer:
        return "codemaze_lobby_waiting 0.0" not in answer.read().decode()


def test_nobody_is_paired_with_a_stopped_phone_at_another_process(cluster: Cluster) -> None:
    ada, bob, eve = Player(cluster.url_of(0)), Player(cluster.url_of(1)), Player(cluster.url_of(1))
    ada.connection.close()
    phone = Wire(ada)
    assert phone.ask('42900["find_match",{}]', 900)["status"] == "waiting"
    assert ended_unheard(phone) <= 2
    while waiting_at(cluster.url_of(1)):  # its end is written down a moment after it was told
        pass
    assert bob.ask("find_match")["status"] == "waiting"
    assert eve.ask("find_match")["status"] == "matched"
    assert bob.wait_for("match_found")["opponents"][0]["user_id"] == eve.id


def test_logging_out_closes_connections_everywhere(cluster: Cluster) -> None:
    ada = Player(cluster.url_of(0))
    elsewhere = Connection(cluster.url_of(1), ada.token)
    assert http(f"{cluster.url}/auth/logout", "POST", token=ada.token)[0] == 200
    assert elsewhere.closed.wait(PATIENCE_SECONDS)
    assert ada.connection.closed.wait(PATIENCE_SECONDS)


def test_clients_of_one_address_are_spread_and_each_stays(cluster: Cluster) -> None:
    """Over long polling, where every request of a connection has to come to the same server."""
    ada = Player(cluster.url)
    pollings = []
    for _ in range(30):
        with request.urlopen(f"{cluster.url}/health/live") as answer:
            cookie = answer.headers["Set-Cookie"].partition(";")[0]
        pollings.append(Polling(ada, headers={"Cookie": cookie}))
    for polling in pollings:
        assert polling.post('4277["cancel_find",{}]') == 200
        assert polling.received(1) == ['4377[{"ok":true}]']
    for number in range(2):
        with request.urlopen(f"{cluster.url_of(number)}/metrics") as answer:
            found = re.findall(r"^codemaze_connections (.+)$", answer.read().decode(), re.MULTILINE)
        assert float(found[0]) >= 3
    for polling in pollings:
        polling.post("1")
    plain = Polling(ada)  # and who keeps no cookie stays, too
    assert plain.post('4277["cancel_find",{}]') == 200
    assert plain.received(1) == ['4377[{"ok":true}]']


def test_workers_killed_in_the_middle_of_judging(cluster: Cluster, returning: tuple[Returning, Returning]) -> None:
    ada, bob = returning
    assert ada.room
    ada.ask("submit_code", room=ada.room, language="python", code=SLOWLY + solution(ada))
    for worker in cluster.workers:
        worker.kill()
    for worker in cluster.workers:
        worker.start()
    assert check_the_end(ada, bob, ada.room)["winner_id"] == ada.id


def test_redis_restarted_in_the_middle_of_a_match(cluster: Cluster, returning: tuple[Returning, Returning]) -> None:
    ada, bob = returning
    assert ada.room
    submitted = ada.ask("submit_code", room=ada.room, language="python", code=SLOWLY + solution(ada))
    cluster.redis.kill()
    assert bob.wait_for("submission_received")["submission_id"] == submitted["submission_id"]
    assert bob.ask("submit_code", room=ada.room, language="python", code="def nothing(): pass")["ok"]
    assert len([name for name in ada.names() if name == "submission_received"]) >= 1
    ada.wait_for("submission_received", user_id=bob.id)
    cluster.redis.start()
    assert check_the_end(ada, bob, ada.room)["winner_id"] == ada.id


def test_postgresql_restarted_in_the_middle_of_a_match(
    cluster: Cluster, returning: tuple[Returning, Returning]
) -> None:
    ada, bob = returning
    assert ada.room
    assert cluster.postgres
    ada.ask("submit_code", room=ada.room, language="python", code=SLOWLY + solution(ada))
    cluster.postgres.stop()
    cluster.postgres.start()
    bob.ask("submit_code", room=ada.room, language="python", code=solution(bob))
    assert check_the_end(ada, bob, ada.room)["winner_id"] == ada.id


def test_a_classic_game_over_two_processes_outlives_redis(cluster: Cluster) -> None:
    ada, bob = (Page(cluster.url_of(number), Player(cluster.url_of(number))) for number in (0, 1))
    assert ada.player and bob.player
    assert ada.join() == bob.join()
    ada.arrive()
    bob.arrive()
    assert ada.wait("receiveRooms2", times=2)[ada.room]["users"] == [ada.player.name, bob.player.name]
    asked = question()
    ada.ask_question(asked)
    assert bob.wait("got_question")["question"] == asked["initialQ"]
    for frame, heard in PASSED_ON.items():
        bob.send(frame, {"room": bob.room})
        assert ada.wait(heard) is None
    cluster.redis.kill()
    try:
        assert bob.win() == {"ok": True}
        assert ada.wait("winner_set") == bob.player.id
    finally:
        cluster.redis.start()
    carol, dave = (Page(cluster.url_of(number), Player(cluster.url_of(number))) for number in (0, 1))
    assert carol.join() == dave.join()  # and the room of the two is told who came, whether or not Redis is back
    assert carol.wait("receiveRooms2")[carol.room]["members"] == 2
    for each in (ada, bob):
        assert each.heard("winner_set") == [bob.player.id]
        each.close()
    ids = {"user_one_id": str(ada.player.id), "user_two_id": str(bob.player.id), "winner_id": str(bob.player.id)}
    body = ids | {"problem_id": bob.player.get("/problems")[0]["id"]}
    assert http(f"{cluster.url}/sessions", "POST", body, bob.player.token)[0] == 201
    assert ada.player.get("/users/profile")["losses"] == 1


@pytest.mark.parametrize("number", [0, 1])
def test_a_server_killed_in_the_middle_of_a_match(
    cluster: Cluster, returning: tuple[Returning, Returning], number: int
) -> None:
    ada, bob = returning
    assert ada.room
    ada.ask("submit_code", room=ada.room, language="python", code=SLOWLY + solution(ada))
    cluster.servers[number].kill()
    try:
        outcome = check_the_end(ada, bob, ada.room)
    finally:
        cluster.servers[number].start()
    assert outcome["winner_id"] == ada.id


def test_a_rolling_restart_loses_no_match(cluster: Cluster) -> None:
    """Both servers are restarted, one after the other, while duels are going on through nginx."""
    players = [Returning(cluster.url) for _ in range(2 * DUELS)]
    pairs = list(zip(players[::2], players[1::2], strict=True))
    for one, other in pairs:
        pair(one, other)
    rooms = {player.room for player in players}
    assert len(rooms) == DUELS
    restarted = threading.Event()

    def play(one: Returning, other: Returning) -> int | None:
        room = one.room
        assert room
        one.ask("submit_code", room=room, language="python", code="def nothing(): pass")
        restarted.wait()
        one.wait_for("submission_judged")
        other.ask("submit_code", room=room, language="python", code=solution(other))
        winner: int = check_the_end(one, other, room)["winner_id"]
        return winner

    with ThreadPoolExecutor(DUELS) as pool:
        plays = [pool.submit(play, one, other) for one, other in pairs]
        for server in cluster.servers:
            assert server.stop() == 0
            server.start()
        restarted.set()
        assert [played.result() for played in plays] == [other.id for _, other in pairs]
    for player in players:
        player.drop()
