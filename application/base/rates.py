"""How often somebody may do something."""

from __future__ import annotations

import ipaddress
import math
import time
from collections import deque

from limits import RateLimitItem, parse
from limits.aio.storage import Storage as AsyncStorage
from limits.storage import Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis import RedisError

from application.base.errors import RateLimited

_KEYS = 1000
"""How many keys may be kept before those that have not been hit for long are looked for."""


def shared_storage(redis_url: str | None) -> Storage | None:
    """Where rates are counted that several processes share, or None."""
    storage = storage_from_string(redis_url) if redis_url else None
    assert not isinstance(storage, AsyncStorage)
    return storage


def network_of(address: str | None) -> str:
    """Whom an address stands for: of IPv6 its first 64 bits, as one household has all the others."""
    try:
        known = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else str(known)


class _Window:
    """Counts in this process alone: the moments of each key's last hits.

    The library's own counting in memory looks through all of its keys a hundred times a second.
    """

    def __init__(self, item: RateLimitItem) -> None:
        self._most, self._seconds = item.amount, item.get_expiry()
        self._hits: dict[str, deque[float]] = {}
        self._look_through_at = _KEYS

    def hit(self, key: str) -> bool:
        """Count one, unless that is one too many."""
        hits = self._recent(key)
        if len(hits) >= self._most:
            return False
        hits.append(time.monotonic())
        if len(self._hits) > self._look_through_at:
            self._hits = {other: kept for other in list(self._hits) if (kept := self._recent(other))}
            self._look_through_at = max(_KEYS, 2 * len(self._hits))
        return True

    def is_full(self, key: str) -> bool:
        """Whether one more would be too many."""
        return len(self._recent(key)) >= self._most

    def wait(self, key: str) -> float:
        """How many seconds until one more is not too many."""
        hits = self._recent(key)
        return hits[0] + self._seconds - time.monotonic() if len(hits) >= self._most else 0.0

    def _recent(self, key: str) -> deque[float]:
        hits, since = self._hits.setdefault(key, deque()), time.monotonic() - self._seconds
        while hits and hits[0] <= since:
            hits.popleft()
        return hits


class Rate:
    """A rate such as ``30 per minute``, counted for each key on its own.

    It is counted in ``storage``, which several processes can share; in this process alone when that is away or none.
    """

    def __init__(self, rate: str, what: str = "", storage: Storage | None = None) -> None:
        """``what`` tells rates apart that share a storage. Raises ValueError for what is no rate."""
        self._item, self._what = parse(rate), what
        self._own = _Window(self._item)
        self._shared = MovingWindowRateLimiter(storage) if storage else None

    def spend(self, key: str) -> None:
        """Count one; raises RateLimited, with the seconds to wait, when that is one too many."""
        if self._shared is not None:
            try:
                return self._spend(self._shared, key)
            except RedisError:
                pass
        if not self._own.hit(key):
            raise RateLimited(retry_after=max(1, math.ceil(self._own.wait(key))))
        return None

    def is_spent(self, key: str) -> bool:
        """Whether one more would be too many; counts nothing."""
        if self._shared is not None:
            try:
                return not self._shared.test(self._item, self._what, key)
            except RedisError:
                pass
        return self._own.is_full(key)

    def _spend(self, limiter: MovingWindowRateLimiter, key: str) -> None:
        if not limiter.hit(self._item, self._what, key):
            reset = limiter.get_window_stats(self._item, self._what, key).reset_time
            raise RateLimited(retry_after=max(1, math.ceil(reset - time.time())))
