"""What may be asked and spent in a day, counted in the database, so that it holds for all processes together."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import func, or_, select

from application.ai import errors
from application.ai.models import AiCall
from application.ai.upstream import Usage
from application.base.clock import Clock
from application.base.database import AdvisoryLock, transaction

MILLION = 1_000_000


@dataclass(frozen=True)
class Prices:
    """US dollars for a million tokens."""

    tokens_in: Decimal
    tokens_out: Decimal

    def cost(self, usage: Usage) -> Decimal:
        """What these tokens cost, in US dollars."""
        return (usage.tokens_in * self.tokens_in + usage.tokens_out * self.tokens_out) / MILLION


class Budget:
    """Books calls: each before it is made at the most that it can cost, and afterwards at what it did cost.

    A day ends at midnight UTC. A user's quota counts the calls of the ``counted`` purposes that are going on, went
    well, or cost something.
    """

    def __init__(
        self, user_daily: int, daily: Decimal, prices: Prices, longest: timedelta, counted: frozenset[str], clock: Clock
    ) -> None:
        """``user_daily`` calls a user, ``daily`` US dollars in all. A call that began longer than ``longest`` ago
        and has no end stops counting: its process has died."""
        self._user_daily, self._daily, self.prices = user_daily, daily, prices
        self.longest, self._counted, self._clock = longest, counted, clock

    def book(self, user_id: int | None, purpose: str, model: str, worst: Decimal) -> int:
        """Book a call that may cost ``worst`` US dollars; its id. Raises AiQuotaExceeded or AiBudgetExceeded."""
        now = self._clock()
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        with transaction() as session:
            session.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.BOOKING)))
            counts = (AiCall.at >= midnight) & or_(AiCall.finished_at.is_not(None), AiCall.at > now - self.longest)
            if user_id is not None and purpose in self._counted:
                own = select(func.count()).where(
                    counts,
                    AiCall.user_id == user_id,
                    AiCall.purpose.in_(self._counted),
                    or_(AiCall.outcome.is_(None), AiCall.outcome == "ok", AiCall.cost > 0),
                )
                if (session.scalar(own) or 0) >= self._user_daily:
                    raise errors.AiQuotaExceeded(retry_after=_seconds_left(now, midnight))
            spent = session.scalar(select(func.sum(AiCall.cost)).where(counts)) or Decimal(0)
            if spent + worst > self._daily:
                raise errors.AiBudgetExceeded
            call = AiCall(user_id=user_id, purpose=purpose, model=model, at=now, cost=worst)
            session.add(call)
            session.flush()
            return call.id

    def close(self, call_id: int, outcome: str, detail: str | None, usage: Usage | None, ms: int) -> Decimal:
        """Write down how a call ended; what it cost. Where the usage is not known that is the most it can have."""
        with transaction() as session:
            call = session.get_one(AiCall, call_id)
            if usage is not None:
                call.tokens_in, call.tokens_out, call.cost = usage.tokens_in, usage.tokens_out, self.prices.cost(usage)
            call.finished_at, call.ms, call.outcome = self._clock(), ms, outcome
            call.detail = detail[:200] if detail else None
            return call.cost


def _seconds_left(now: datetime, midnight: datetime) -> int:
    return max(1, math.ceil((midnight + timedelta(days=1) - now).total_seconds()))
