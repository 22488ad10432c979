"""How often somebody may do something."""

from __future__ import annotations

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from application.errors import RateLimited


class Rate:
    """A rate such as ``30 per minute``, counted for each key on its own, in this process."""

    def __init__(self, rate: str) -> None:
        """Raises ValueError for what is no rate."""
        self._item = parse(rate)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def spend(self, key: str) -> None:
        """Count one; raises RateLimited, with the seconds to wait, when that is one too many."""
        if not self._limiter.hit(self._item, key):
            reset = self._limiter.get_window_stats(self._item, key).reset_time
            raise RateLimited(retry_after=max(1, math.ceil(reset - time.time())))
