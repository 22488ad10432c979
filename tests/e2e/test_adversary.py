"""One player sends anything, the other plays right, and wins.

``ADVERSARY=100`` makes it a hundred adversaries, each of whom has a minute; by default there are a few, with seconds.
"""

from __future__ import annotations

import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.e2e.adversary import Adversary
from tests.e2e.conftest import Server, StartServer
from tests.e2e.duel import paired, solution, wrong_solution
from tests.e2e.player import Connection, Player

WANTED = os.environ.get("ADVERSARY")
SEEDS = range(int(WANTED or 3))
SECONDS = 60 if WANTED else 10
AT_ONCE = 4

OWN_LIMITS = ("LOGIN_RATE", "SUBMIT_RATE", "RUN_RATE", "SOCKETS_PER_USER", "EVENT_RATE", "CONNECT_RATE", "REQUEST_RATE")
"""An adversary meets the limits that a server has by itself, not the wide ones of the other tests."""


@pytest.fixture(scope="module")
def attacked(start_server: StartServer) -> Server:
    return start_server(ROUND_SECONDS="600", **dict.fromkeys(OWN_LIMITS, ""))


@pytest.mark.parametrize("seeds", [SEEDS[first : first + AT_ONCE] for first in SEEDS[::AT_ONCE]], ids=str)
def test_who_plays_right_wins_whatever_the_other_sends(seeds: range, attacked: Server) -> None:
    pairs = [(seed, Player(attacked.url), Player(attacked.url)) for seed in seeds]
    rooms = [paired(honest, evil) for _, honest, evil in pairs]
    with ThreadPoolExecutor(len(pairs)) as pool:
        played = [pool.submit(play, *pair, room) for pair, room in zip(pairs, rooms, strict=True)]
        for each in played:
            each.result()
    refused = "ERROR http: "  # what the HTTP server says of a request that is none
    assert [line for line in attacked.errors() if refused not in line] == [], around(attacked.log.read_text())


def play(seed: int, honest: Player, evil: Player, room: str) -> None:
    """One match against one adversary."""
    over, chance = threading.Event(), random.Random(seed)
    adversary = Adversary(evil, room, seed)
    attack = threading.Thread(target=adversary.play, args=(over.is_set,), name=f"adversary {seed}")
    attack.start()
    try:
        time.sleep(chance.uniform(0, SECONDS / 3))
        assert judged(honest, room, wrong_solution(honest)) == "wrong_answer", adversary.done
        honest.connection.close()  # a reload in the middle of it
        reloaded = Connection(honest.url, honest.token)
        view = reloaded.ask("resume", {"room": room})["view"]
        assert view["round"]["problem"] == honest.wait_for("round_started")["problem"]
        right = solution(honest)
        time.sleep(chance.uniform(0, SECONDS / 3))
        answer = reloaded.ask("submit_code", {"room": room, "language": "python", "code": right})
        assert answer["ok"], (answer, adversary.done)
        outcome = reloaded.wait_for("match_finished", room=room)["outcome"]
        assert (outcome["reason"], outcome["winner_id"]) == ("solved", honest.id), (outcome, adversary.done)
        accepted = reloaded.wait_for("submission_judged", submission_id=answer["submission_id"])
        assert accepted["verdict"] == "accepted", adversary.done
    finally:
        over.set()
        attack.join()
    honest.connection = reloaded
    replayed = honest.get(f"/sessions/{outcome['session_id']}/events")["events"]
    assert [event["version"] for event in replayed] == list(range(1, len(replayed) + 1))


def around(log: str) -> str:
    """What was said where something went wrong first."""
    return log[max(0, log.find("Traceback") - 1000) :][:4000]


def judged(player: Player, room: str, code: str) -> str:
    """The verdict on what the player hands in."""
    answer = player.ask("submit_code", room=room, language="python", code=code)
    assert answer["ok"], answer
    verdict: str = player.wait_for("submission_judged", submission_id=answer["submission_id"])["verdict"]
    return verdict
