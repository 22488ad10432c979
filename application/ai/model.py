"""The language model, as the rest of the server knows it: one question, one answer of the form that was asked for."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

import structlog
from pydantic import BaseModel

from application.ai.budget import Budget, Prices
from application.ai.errors import AiNotConfigured
from application.ai.upstream import Failed, Upstream, Usage
from application.base.clock import Clock
from application.base.config import Settings

T = TypeVar("T", bound=BaseModel)

FRAME_TOKENS = 1000
"""What a request may have beside the texts that are given: the protocol's own words."""
RETRY_WAIT_SECONDS = 120
"""The longest that the package waits before it makes a call again."""

log = structlog.get_logger()


class Purpose(StrEnum):
    """What a call is for."""

    PROBLEM = "problem"
    CORRECTION = "correction"
    SOLUTION = "solution"
    REVIEW = "review"


ASKED_FOR = frozenset({Purpose.PROBLEM.value, Purpose.REVIEW.value})
"""The purposes that a user asks for, and that their quota counts; corrections and solutions come with a problem."""


@dataclass(frozen=True)
class Reply(Generic[T]):
    """An answer, and what it took: tokens, US dollars by the settings' prices, milliseconds."""

    value: T
    tokens_in: int
    tokens_out: int
    cost: Decimal
    ms: int


class Model:
    """The model that the settings name, within its budget."""

    def __init__(self, upstream: Upstream | None, budget: Budget, attempts: int) -> None:
        """``upstream`` is None where no model is set up; it makes a call up to ``attempts`` times."""
        self._upstream, self._budget, self._attempts = upstream, budget, attempts

    @property
    def is_configured(self) -> bool:
        """Whether there is a model to ask."""
        return self._upstream is not None

    @property
    def longest(self) -> timedelta:
        """How long one call can take at most. After that there is no answer to wait for."""
        return self._budget.longest

    def require(self) -> None:
        """Raises AiNotConfigured where there is no model to ask."""
        if self._upstream is None:
            raise AiNotConfigured

    def ask(
        self, purpose: Purpose, instructions: str, content: str, answer: type[T], *, user_id: int | None
    ) -> Reply[T]:
        """The model's answer to ``content`` under ``instructions``, in the form ``answer``.

        ``user_id`` is whose quota it counts for, None for what the server asks by itself. Call it outside of a
        transaction: it commits one before the model is asked and one after it has answered, and holds no connection
        between them. Raises AiNotConfigured, AiQuotaExceeded, AiBudgetExceeded, AiRefused, AiTruncated,
        AiAnswerInvalid, AiKeyRejected, AiBusy, AiUnavailable or AiTimeout; every call that was made is kept.
        """
        if self._upstream is None:
            raise AiNotConfigured
        upstream = self._upstream
        schema = json.dumps(answer.model_json_schema())
        # No token is shorter than a byte, so there are no more of them than bytes.
        most_in = len((instructions + content + schema).encode("utf-8", "replace")) + FRAME_TOKENS
        worst = self._budget.prices.cost(Usage(most_in, upstream.output_tokens)) * self._attempts
        call_id = self._budget.book(user_id, purpose.value, upstream.model, worst)
        began = time.monotonic()
        try:
            value, usage = upstream.ask(instructions, content, answer)
        except Failed as failure:
            ms = _since(began)
            cost = self._budget.close(call_id, failure.error.code, failure.detail, failure.usage, ms)
            said = {"call": call_id, "purpose": purpose.value, "cost": str(cost), "ms": ms}
            log.warning("ai_call_failed", outcome=failure.error.code, detail=failure.detail, **said)
            raise failure.error from None
        ms = _since(began)
        cost = self._budget.close(call_id, "ok", None, usage, ms)
        log.info("ai_call", call=call_id, purpose=purpose.value, cost=str(cost), ms=ms)
        taken = usage or Usage()
        return Reply(value, taken.tokens_in, taken.tokens_out, cost, ms)


def make_model(settings: Settings, clock: Clock) -> Model:
    """The model that the settings ask for; one that is not configured where they name neither key nor server."""
    upstream = None
    if settings.openai_api_key or settings.openai_base_url:
        upstream = Upstream(
            settings.openai_api_key,
            settings.openai_base_url,
            settings.openai_model,
            chat=settings.ai_api == "chat",
            timeout_seconds=settings.ai_timeout_seconds,
            retries=settings.ai_retries,
            output_tokens=settings.ai_output_tokens,
        )
    attempts = settings.ai_retries + 1
    longest = timedelta(seconds=attempts * settings.ai_timeout_seconds + settings.ai_retries * RETRY_WAIT_SECONDS + 30)
    prices = Prices(settings.ai_price_in, settings.ai_price_out)
    budget = Budget(settings.ai_user_daily, settings.ai_daily_budget, prices, longest, ASKED_FOR, clock)
    return Model(upstream, budget, attempts)


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
