"""Turns: of several who want to do something to the same thing at once, one does it after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Turns(Generic[T]):
    """A lock for each thing, while anybody wants it."""

    def __init__(self) -> None:
        self._locks: dict[T, Lock] = {}
        self._wanting: Counter[T] = Counter()

    @contextmanager
    def of(self, thing: T) -> Iterator[None]:
        """Wait for this thing's turn, and have it for the length of the block."""
        lock = self._locks.setdefault(thing, Lock())
        self._wanting[thing] += 1
        try:
            with lock:
                yield
        finally:
            self._wanting[thing] -= 1
            if not self._wanting[thing]:
                del self._wanting[thing]
                self._locks.pop(thing, None)
