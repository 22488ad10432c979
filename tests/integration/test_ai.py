"""The model as the server asks it: through a server that speaks its protocol, good answers and bad."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, Field
from sqlalchemy import select
from structlog.testing import capture_logs

from application.ai import errors
from application.ai.model import Model, Purpose, make_model
from application.ai.models import AiCall
from application.base.config import Settings
from application.base.database import db
from application.base.errors import CodemazeError
from tests.conftest import PATIENCE_SECONDS
from tests.integration.conftest import House
from tests.openai_server import Answer, Drop, Filtered, ModelServer, RawText, Refusal, Sleep, Status, Truncated, serving

KEY = "sk-a-key-for-tests-only-1234567890"
SECRET = "a prompt that no log may have"


class Opinion(BaseModel):
    """What the tests ask for."""

    text: str = Field(max_length=20)


@pytest.fixture
def server() -> Iterator[ModelServer]:
    """A model's server that answers well until it is told otherwise."""
    with serving(lambda _request: {"text": "fine"}) as made:
        yield made


def model_of(house: House, server: ModelServer, **settings: Any) -> Model:
    """The model of a server process with these settings."""
    given: dict[str, Any] = {"openai_api_key": KEY, "openai_base_url": server.url, "ai_retries": 0, **settings}
    return make_model(Settings(**given), house.clock)


def ask(model: Model, user_id: int | None = None, purpose: Purpose = Purpose.REVIEW) -> Any:
    """One question."""
    return model.ask(purpose, "Be brief.", SECRET, Opinion, user_id=user_id)


def calls() -> list[AiCall]:
    """The calls that were kept."""
    db.session.rollback()
    return list(db.session.scalars(select(AiCall).order_by(AiCall.id)))


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_a_good_answer(api: str, house: House, server: ModelServer) -> None:
    ada = house.user("ada")
    reply = ask(model_of(house, server, ai_api=api), ada)
    assert reply.value == Opinion(text="fine")
    assert (reply.tokens_in, reply.tokens_out, reply.cost) == (1000, 500, Decimal("0.00125"))
    (request,) = server.requests
    assert (request["api"], request["schema"], request["model"]) == (api, "Opinion", "gpt-5-mini")
    assert (request["instructions"], request["content"]) == ("Be brief.", SECRET)
    assert request["authorization"] == f"Bearer {KEY}"
    assert "tools" not in request["raw"]
    assert request["raw"].get("store" if api == "responses" else "max_tokens") == (
        False if api == "responses" else 16000
    )
    (call,) = calls()
    assert (call.user_id, call.purpose, call.outcome, call.detail) == (ada, "review", "ok", None)
    assert (call.tokens_in, call.tokens_out, call.cost) == (1000, 500, Decimal("0.00125"))
    assert call.finished_at and call.ms is not None


FAILURES: list[tuple[Answer, type[CodemazeError], int | None]] = [
    (Refusal(), errors.AiRefused, None),
    (Filtered(), errors.AiRefused, None),
    (Truncated(), errors.AiTruncated, None),
    (RawText("Certainly! Here is"), errors.AiAnswerInvalid, None),
    ({"text": "far too long for the form that was asked for"}, errors.AiAnswerInvalid, None),
    ({"other": 1}, errors.AiAnswerInvalid, None),
    (Status(200, body="<html>"), errors.AiUnavailable, None),
    (Status(200, body={}), errors.AiAnswerInvalid, None),
    (Status(400, body={"error": {"message": KEY + SECRET, "code": "bad_request"}}), errors.AiUnavailable, None),
    (Status(401, body={"error": {"message": "Incorrect key: " + KEY}}), errors.AiKeyRejected, None),
    (Status(403), errors.AiKeyRejected, None),
    (Status(404), errors.AiUnavailable, None),
    (Status(429, {"Retry-After": "7"}), errors.AiBusy, 7),
    (Status(429, {"Retry-After": "soon"}), errors.AiBusy, 10),
    (Status(500), errors.AiUnavailable, None),
    (Status(503), errors.AiUnavailable, None),
    (Drop(), errors.AiUnavailable, None),
    (Sleep(30), errors.AiTimeout, None),
]


@pytest.mark.parametrize("api", ["responses", "chat"])
def test_every_failure_has_its_name_and_is_kept(api: str, house: House, server: ModelServer) -> None:
    model, patient = (model_of(house, server, ai_api=api, ai_timeout_seconds=seconds) for seconds in (0.3, 20))
    for answer, expected, retry_after in FAILURES:
        server.answer = _always(answer)
        with capture_logs() as logs, pytest.raises(expected) as raised:
            ask(model if isinstance(answer, Sleep) else patient)
        assert (type(raised.value), raised.value.retry_after) == (expected, retry_after), answer
        call = calls()[-1]
        assert call.outcome == expected.code and call.detail, answer
        assert [(line["event"], line["outcome"], line["detail"]) for line in logs] == [
            ("ai_call_failed", expected.code, call.detail)
        ]
        for said in (str(logs), call.detail, str(raised.value)):
            assert KEY not in said and SECRET not in said and "sk-" not in said
    assert len(calls()) == len(FAILURES) == len(server.requests)


def test_what_failures_cost(house: House, server: ModelServer) -> None:
    model = model_of(house, server, ai_timeout_seconds=0.3)
    worst = Decimal("0.03")
    for answer, low, high in (
        (Refusal(), Decimal("0.00125"), Decimal("0.00125")),
        (Truncated(), Decimal("0.00125"), Decimal("0.00125")),
        (RawText("no"), Decimal("0.00125"), Decimal("0.00125")),
        (Status(500), Decimal(0), Decimal(0)),
        (Drop(), worst, worst * 2),
        (Sleep(30), worst, worst * 2),
    ):
        server.answer = _always(answer)
        with pytest.raises(CodemazeError):
            ask(model)
        assert low <= calls()[-1].cost <= high, answer
    server.usage, server.answer = None, _always({"text": "fine"})
    assert worst <= ask(model).cost <= worst * 2


def test_a_server_that_is_not_there(house: House, server: ModelServer) -> None:
    model = model_of(house, server, openai_base_url="http://127.0.0.1:9/v1")
    with pytest.raises(errors.AiUnavailable):
        ask(model)
    assert [(call.outcome, call.cost) for call in calls()] == [("ai_unavailable", Decimal(0))]


def test_a_call_is_made_again_as_often_as_the_settings_say(house: House, server: ModelServer) -> None:
    answers: list[Answer] = [Status(500, {"Retry-After-Ms": "1"}), {"text": "fine"}]
    server.answer = lambda _request: answers.pop(0)
    assert ask(model_of(house, server, ai_retries=1)).value.text == "fine"
    assert len(server.requests) == 2 and [call.outcome for call in calls()] == ["ok"]


def test_without_a_key_or_a_server_there_is_no_model(house: House) -> None:
    assert not house.codemaze.model.is_configured
    with pytest.raises(errors.AiNotConfigured):
        ask(house.codemaze.model)
    assert calls() == []


def test_a_server_of_ones_own_needs_no_key(house: House, server: ModelServer) -> None:
    model = model_of(house, server, openai_api_key=None)
    assert model.is_configured
    ask(model)
    assert KEY not in str(server.requests)


def test_the_key_is_not_printed() -> None:
    assert KEY not in repr(Settings(openai_api_key=KEY))


def test_a_users_day(house: House, server: ModelServer) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    model = model_of(house, server, ai_user_daily=2)
    server.answer = _always(Status(500))
    with pytest.raises(errors.AiUnavailable):
        ask(model, ada)  # has cost nothing, so it does not count
    server.answer = _always(Refusal())
    with pytest.raises(errors.AiRefused):
        ask(model, ada)
    server.answer = _always({"text": "fine"})
    ask(model, ada, Purpose.PROBLEM)
    for purpose in (Purpose.PROBLEM, Purpose.REVIEW):
        with pytest.raises(errors.AiQuotaExceeded) as raised:
            ask(model, ada, purpose)
        assert raised.value.retry_after == 12 * 3600
    ask(model, ada, Purpose.SOLUTION)  # belongs to a problem
    ask(model, bob)
    for _ in range(3):
        ask(model)
    house.clock.advance(12 * 3600)
    ask(model, ada)


def test_a_users_day_for_calls_at_once(house: House, server: ModelServer) -> None:
    ada = house.user("ada")
    model = model_of(house, server, ai_user_daily=2)
    outcomes = house.at_once(*[lambda: ask(model, ada)] * 5)
    assert sum(isinstance(outcome, errors.AiQuotaExceeded) for outcome in outcomes) == 3
    assert len(server.requests) == 2


def test_the_sites_day(house: House, server: ModelServer) -> None:
    """Every call is booked at what it can cost at most, so calls at once cannot overrun what is left."""
    release = threading.Event()
    arrived = threading.Semaphore(0)

    def slow(_request: Any) -> Answer:
        arrived.release()
        release.wait(PATIENCE_SECONDS)
        return {"text": "fine"}

    server.answer = slow
    # 16,000 tokens written are 0.032 dollars: two fit, not three.
    model, twin = (model_of(house, server, ai_daily_budget=Decimal("0.08")) for _ in range(2))

    def third() -> Any:
        arrived.acquire(timeout=PATIENCE_SECONDS)
        arrived.acquire(timeout=PATIENCE_SECONDS)
        try:
            return ask(twin)
        finally:
            release.set()

    first, second, refused = house.at_once(lambda: ask(model), lambda: ask(twin), third)
    assert first.value == second.value == Opinion(text="fine")
    assert isinstance(refused, errors.AiBudgetExceeded)
    server.answer = _always({"text": "fine"})
    ask(model)  # the two cost a tenth of what was booked for them
    assert sum(call.cost for call in calls()) == Decimal("0.00375")


def test_a_budget_of_nothing_allows_a_model_that_costs_nothing(house: House, server: ModelServer) -> None:
    with pytest.raises(errors.AiBudgetExceeded):
        ask(model_of(house, server, ai_daily_budget=Decimal(0)))
    assert calls() == [] and server.requests == []
    free = {"ai_price_in": Decimal(0), "ai_price_out": Decimal(0)}
    assert ask(model_of(house, server, ai_daily_budget=Decimal(0), **free)).cost == 0


def test_a_call_whose_process_died_stops_counting(house: House, server: ModelServer) -> None:
    ada = house.user("ada")
    model = model_of(house, server, ai_user_daily=1, ai_daily_budget=Decimal("0.05"))
    house.clock.advance(3600)
    row = {"user_id": ada, "purpose": "review", "model": "gpt-5-mini"}
    db.session.add(AiCall(**row, at=house.clock.now, cost=Decimal("0.04")))
    db.session.commit()
    with pytest.raises(errors.AiBudgetExceeded):
        ask(model)
    with pytest.raises(errors.AiQuotaExceeded):
        ask(model, ada)
    house.clock.now += timedelta(seconds=60 + 30)
    ask(model, ada)


def _always(answer: Answer) -> Callable[[Any], Answer]:
    return lambda _request: answer
