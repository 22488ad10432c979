"""Logging in against a flood of guesses: what one address does costs the others nothing."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from flask.testing import FlaskClient

from application.accounts.passwords import Turns
from application.base.errors import RateLimited
from tests.integration.conftest import House

GUESSES = 5


@pytest.fixture
def client(house: House) -> FlaskClient:
    return house.twin(guess_rate=f"{GUESSES} per hour", login_rate="1000 per hour").app.test_client()


def log_in(client: FlaskClient, name: str, password: str = "wrong horse", address: str = "192.0.2.1") -> int:
    body = {"username": name, "password": password}
    return client.post("/auth/login", json=body, environ_base={"REMOTE_ADDR": address}).status_code


@pytest.fixture
def ada(client: FlaskClient) -> str:
    assert client.post("/auth/register", json={"username": "ada", "password": "correct horse"}).status_code == 201
    return "ada"


def test_random_names_are_refused_and_a_class_behind_the_address_still_logs_in(client: FlaskClient, ada: str) -> None:
    statuses = Counter(log_in(client, f"nobody{number}") for number in range(2 * GUESSES))
    assert statuses == {401: GUESSES, 429: GUESSES}
    assert log_in(client, ada, "correct horse") == 200
    assert log_in(client, "somebody", address="192.0.2.2") == 401


def test_a_name_that_has_failed_is_a_guess(client: FlaskClient, ada: str) -> None:
    statuses = [log_in(client, ada) for _ in range(GUESSES + 2)]
    assert statuses == [401] * (GUESSES + 1) + [429]
    assert log_in(client, ada, "correct horse", "192.0.2.2") == 200


def test_who_asks_for_many_waits_for_itself() -> None:
    turns, order, working = Turns(1, 10), list[str](), threading.Event()

    def work(asker: str) -> None:
        with turns.taken(asker):
            order.append(asker)

    with turns.taken("first"):
        threads = []
        for count, asker in enumerate(["flood"] * 5 + ["ada", "bob"], 1):
            threads.append(threading.Thread(target=work, args=(asker,)))
            threads[-1].start()
            while turns.waiting < count:
                working.wait(0.001)
    for thread in threads:
        thread.join()
    assert order == ["flood", "ada", "bob", "flood", "flood", "flood", "flood"]


def test_what_is_too_much_is_refused_at_once_and_says_when() -> None:
    turns = Turns(1, 0)
    with turns.taken("ada"), pytest.raises(RateLimited) as refused, turns.taken("bob"):
        raise AssertionError("was let in")
    assert refused.value.retry_after is not None
    with turns.taken("bob"):
        pass
