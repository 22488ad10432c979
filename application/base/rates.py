"""How often somebody may do something."""

from __future__ import annotations

import ipaddress
import math
import time

from limits import parse
from limits.aio.storage import Storage as AsyncStorage
from limits.storage import MemoryStorage, Storage, storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis import RedisError

from application.base.errors import RateLimited


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


class Rate:
    """A rate such as ``30 per minute``, counted for each key on its own.

    It is counted in ``storage``, which several processes can share; in this process alone when that is away or none.
    """

    def __init__(self, rate: str, what: str = "", storage: Storage | None = None) -> None:
        """``what`` tells rates apart that share a storage. Raises ValueError for what is no rate."""
        self._item, self._what = parse(rate), what
        self._own = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(storage) if storage else self._own

    def spend(self, key: str) -> None:
        """Count one; raises RateLimited, with the seconds to wait, when that is one too many."""
        try:
            self._spend(self._shared, key)
        except RedisError:
            self._spend(self._own, key)

    def is_spent(self, key: str) -> bool:
        """Whether one more would be too many; counts nothing."""
        try:
            return not self._shared.test(self._item, self._what, key)
        except RedisError:
            return not self._own.test(self._item, self._what, key)

    def _spend(self, limiter: MovingWindowRateLimiter, key: str) -> None:
        if not limiter.hit(self._item, self._what, key):
            reset = limiter.get_window_stats(self._item, self._what, key).reset_time
            raise RateLimited(retry_after=max(1, math.ceil(reset - time.time())))
