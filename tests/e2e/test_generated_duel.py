"""Problems that a model or a teacher writes, on a server with no other problem: asked for over HTTP, and played."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from tests.conftest import PATIENCE_SECONDS, Databases
from tests.e2e.conftest import Server, StartServer
from tests.e2e.duel import check_the_end, paired
from tests.e2e.player import Player, http
from tests.openai_server import Answer, ModelServer, serving
from tests.problem_cases.mind import Mind
from tests.problem_cases.sound import PUNCHES, STAMPS

Json = dict[str, Any]


class Halting(Mind):
    """A mind that can be made to halt before its first solution."""

    def __init__(self) -> None:
        super().__init__()
        self.at_solutions, self.goes_on = threading.Event(), threading.Event()
        self.goes_on.set()

    def __call__(self, request: Json) -> Answer:
        if request["schema"] == "WrittenSolution":
            self.at_solutions.set()
            self.goes_on.wait(PATIENCE_SECONDS)
        return super().__call__(request)


@pytest.fixture
def mind() -> Halting:
    """What the model thinks."""
    return Halting()


@pytest.fixture
def model(mind: Halting) -> Iterator[ModelServer]:
    """The model's server."""
    with serving(mind) as server:
        yield server


@pytest.fixture
def press(start_server: StartServer, databases: Databases, model: ModelServer, tmp_path: Path) -> Server:
    """A server with a model, and with no problem at all; it waits long for what it is asked to generate."""
    nothing = {"DATABASE_URL": databases.empty(), "BANK_FOLDER": str(tmp_path)}
    return start_server(**nothing, OPENAI_BASE_URL=model.url, AI_WAIT_SECONDS="200", AI_RETRIES="0")


def test_a_duel_on_a_generated_problem(press: Server, mind: Halting) -> None:
    mind.knows(STAMPS)
    ada, bob, eve = Player(press.url), Player(press.url), Player(press.url)
    assert ada.ask("find_match")["code"] == "no_problem_in_play"
    # Who asks for a problem is never dealt it.
    status, problem = http(f"{press.url}/problems/generate", "POST", {"topic": "arrays"}, eve.token)
    assert status == 201, problem
    assert (problem["title"], problem["rank"][0]["name"]) == (STAMPS["title"], "Bronze")
    assert [example["output"] for example in problem["examples"]] == ["3", "21", "0"]
    assert ada.get(f"/problems/{problem['id']}") == problem
    room = paired(ada, bob)
    assert bob.wait_for("round_started", room=room)["problem"]["id"] == problem["id"]
    wrong = ada.ask("submit_code", room=room, language="python", code="def stamps_needed(weights):\n    return 1\n")
    assert ada.wait_for("submission_judged", submission_id=wrong["submission_id"])["verdict"] == "wrong_answer"
    assert bob.ask("submit_code", room=room, language="python", code=STAMPS["brute"])["ok"]
    check_the_end(ada, bob, room, "solved", winner=bob)


def test_a_server_killed_while_it_generates(press: Server, mind: Halting) -> None:
    mind.knows(STAMPS)
    mind.goes_on.clear()
    ada = Player(press.url)
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(http(f"{press.url}/problems/generate", "POST", None, ada.token))
        except OSError:
            found.append(None)

    asking = threading.Thread(target=ask)
    asking.start()
    assert mind.at_solutions.wait(PATIENCE_SECONDS)
    press.kill()
    asking.join()
    assert found == [None]
    mind.goes_on.set()
    press.start()
    assert http(f"{press.url}/problems?rank=bronze", token=ada.token) == (200, [])
    status, problem = http(f"{press.url}/problems/generate", "POST", None, ada.token)
    assert (status, problem["title"]) == (201, STAMPS["title"])
    draft = ada.get("/problems/drafts/1")
    assert (draft["state"], draft["problem"]) == ("proven", problem)
    assert [stage["stage"] for stage in draft["stages"]].count("ambiguity") == 1
    assert [stage["stage"] for stage in draft["stages"]].count("writing") == 2
    assert ada.get("/problems") == [problem]
    assert http(f"{press.url}/problems/drafts/2", token=ada.token)[1]["code"] == "draft_not_found"


def test_a_teachers_own_problem(press: Server, mind: Halting) -> None:
    ada, eve = Player(press.url), Player(press.url)

    def send(method: str, path: str, body: Any, player: Player = ada) -> tuple[int, Any]:
        return http(press.url + path, method, body, player.token)

    assert send("POST", "/problems", STAMPS)[1]["code"] == "not_a_teacher"
    engine = create_engine(press.environment["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("UPDATE users SET role = 'teacher' WHERE id = :id"), {"id": ada.id})
    engine.dispose()
    refused = send("POST", "/problems", STAMPS | {"title": "<script>", "rank": "diamond"})
    assert (refused[0], refused[1]["code"], set(refused[1]["fields"])) == (422, "invalid_draft", {"rank"})
    refused = send("POST", "/problems", STAMPS | {"title": "<script>"})
    assert (refused[0], refused[1]["code"]) == (422, "invalid_draft")
    refused = send("POST", "/problems", STAMPS | {"brute": STAMPS["brute"].replace("left > 0", "left > 1")})
    assert (refused[0], refused[1]["code"]) == (422, "draft_rejected")
    assert refused[1]["message"].startswith("agreement: reference and brute")
    status, first = send("POST", "/problems", STAMPS)
    assert (status, first["slug"]) == (201, STAMPS["slug"])
    assert send("POST", "/problems", STAMPS)[1]["code"] == "slug_taken"
    assert send("PUT", "/problems/999", STAMPS)[1]["code"] == "problem_not_found"
    assert send("PUT", f"/problems/{first['id']}", STAMPS, eve)[1]["code"] == "not_a_teacher"
    status, second = send("PUT", f"/problems/{first['id']}", STAMPS | {"title": "Stamps and letters"})
    assert (status, second["title"]) == (201, "Stamps and letters")
    assert eve.get("/problems") == [second]
    draft = ada.get("/problems/drafts/1")
    assert (draft["state"], draft["stages"][-1]["stage"]) == ("rejected", "agreement")
    assert send("GET", "/problems/drafts/1", None, eve)[0] == 404
    assert mind.asked == []


def test_a_problem_that_takes_longer_than_the_wait(
    start_server: StartServer, databases: Databases, mind: Halting, model: ModelServer, tmp_path: Path
) -> None:
    """One process to ask of, which waits for nothing, and the next, in which the draft goes on."""
    nothing = {"DATABASE_URL": databases.empty(), "BANK_FOLDER": str(tmp_path)}
    server = start_server(**nothing, OPENAI_BASE_URL=model.url, AI_WAIT_SECONDS="0", AI_RETRIES="0")
    mind.knows(PUNCHES)
    mind.goes_on.clear()
    ada = Player(server.url)
    status, draft = http(f"{server.url}/problems/generate", "POST", {"rank": "Bronze"}, ada.token)
    assert (status, draft["id"], draft["problem"], draft["rank"]) == (202, 1, None, "bronze")
    assert draft["state"] in ("waiting", "working")
    assert mind.at_solutions.wait(PATIENCE_SECONDS)
    draft = ada.get("/problems/drafts/1")
    assert (draft["state"], draft["stage"], draft["round"]) == ("working", "ambiguity", 1)
    server.stop()
    mind.goes_on.set()
    server.environment["AI_WAIT_SECONDS"] = "200"
    server.start()
    status, problem = http(f"{server.url}/problems/generate", "POST", None, ada.token)
    assert (status, problem["title"]) == (201, PUNCHES["title"])
    assert ada.get("/problems/drafts/1")["problem"] == problem
    for body, field in (({"rank": "wood"}, "rank"), ({"topic": "ignore all this"}, "topic"), ({"x": 1}, "x")):
        status, refused = http(f"{server.url}/problems/generate", "POST", body, ada.token)
        assert (status, refused["code"], set(refused["fields"])) == (400, "invalid_request", {field})
