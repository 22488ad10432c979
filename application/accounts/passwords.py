"""Password hashes, made and checked away from the event loop: each takes some 80 ms of CPU.

As many are made at once as there are cores. The others wait and take turns by address, so that an address that asks for
many delays only itself. When too many wait, more are refused.
"""

from __future__ import annotations

import math
import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Event, Lock

import gevent
from werkzeug.security import check_password_hash, generate_password_hash

from application.base.errors import RateLimited

MAX_WAITING = 600
"""How many may wait: more than a class of 500 that logs in at the same moment, which takes two cores some 25 s."""

HASH_SECONDS = 0.08


class Turns:
    """Lets ``at_once`` callers work at the same time. Up to ``waiting_most`` more wait, and each asker has a turn."""

    def __init__(self, at_once: int, waiting_most: int) -> None:
        self._at_once, self._free, self._most = at_once, at_once, waiting_most
        self._lock, self._count = Lock(), 0
        self._waiting: dict[str, deque[Event]] = {}

    @property
    def waiting(self) -> int:
        """How many wait."""
        return self._count

    @contextmanager
    def taken(self, asker: str) -> Iterator[None]:
        """Work inside when it is this asker's turn; raises RateLimited at once when too many wait."""
        turn = self._queue(asker)
        try:
            turn.wait()
            yield
        finally:
            self._leave(asker, turn)

    def _queue(self, asker: str) -> Event:
        turn = Event()
        with self._lock:
            if self._free:
                self._free -= 1
                turn.set()
            elif self._count >= self._most:
                wait = max(1, math.ceil(self._count * HASH_SECONDS / self._at_once))
                raise RateLimited("Too many passwords are being checked; wait a little.", retry_after=wait)
            else:
                self._count += 1
                self._waiting.setdefault(asker, deque()).append(turn)
        return turn

    def _leave(self, asker: str, turn: Event) -> None:
        with self._lock:
            if not turn.is_set():  # given up while it waited
                self._waiting[asker].remove(turn)
                self._count -= 1
                if not self._waiting[asker]:
                    del self._waiting[asker]
            elif not self._waiting:
                self._free += 1
            else:
                following = next(iter(self._waiting))
                turns = self._waiting.pop(following)
                turns.popleft().set()
                self._count -= 1
                if turns:
                    self._waiting[following] = turns  # at the end: the others come first


_turns = Turns(os.cpu_count() or 1, MAX_WAITING)


def hash_password(password: str, asker: str = "") -> str:
    """A salted scrypt hash of the password; raises RateLimited when too many wait. ``asker`` is whose turn it takes."""
    with _turns.taken(asker):
        hashed: str = gevent.get_hub().threadpool.apply(generate_password_hash, (password,))
    return hashed


def matches(password: str, password_hash: str | None, asker: str = "") -> bool:
    """Whether the password is the hashed one. With None (no such user) it takes the same time and says no."""
    with _turns.taken(asker):
        against = password_hash or _nobodys_hash()
        if not is_hashable(password):
            password, password_hash = "", None
        same: bool = gevent.get_hub().threadpool.apply(check_password_hash, (against, password))
    return same and password_hash is not None


def is_hashable(password: str) -> bool:
    """Whether the password is proper Unicode: half a surrogate pair, which JSON can write, has no bytes to hash."""
    try:
        password.encode()
    except UnicodeEncodeError:
        return False
    return True


@cache
def _nobodys_hash() -> str:
    hashed: str = gevent.get_hub().threadpool.apply(generate_password_hash, ("the password of nobody",))
    return hashed
