"""The order in which those who wait are served. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Asker:
    """Whose work it is: a user at an address (empty: not known), in a match."""

    user: Hashable = 0
    address: str = ""
    match: Hashable = 0


class Turns(Generic[T]):
    """Items of askers. Every other turn is a user's, the turns between are addresses'.

    In a user's turn the user who has waited longest for one is served, wherever they are; in an address's turn the
    address, and at it the user. So in half of the turns a crowd behind one address is served as many users, and in the
    other half many accounts at one address gain nothing. A user's matches take turns, too; within one match items keep
    their order. An asker who adds items after having had none waits behind those who have some.
    """

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[Asker, T]] = {}
        self._places: dict[Hashable, int] = {}
        self._sizes: Counter[Hashable] = Counter()
        self._count = count()
        self._of_addresses = False

    def put(self, asker: Asker, item: T) -> None:
        """Add an item."""
        for group in _groups(asker):
            if not self._sizes[group]:
                self._places[group] = next(self._count)
            self._sizes[group] += 1
        self._waiting[next(self._count)] = asker, item

    def take(self, may: Callable[[T], bool] = lambda _: True) -> T:
        """The next item that ``may`` be served; raises KeyError when there is none."""
        served = [number for number, (_, item) in self._waiting.items() if may(item)]
        if not served:
            raise KeyError("nobody waits who may be served")
        number = min(served, key=self._order)
        self._of_addresses = not self._of_addresses
        return self._served(number)

    def remove(self, item: T) -> None:
        """Forget an item that waits no more; nothing happens when it does not wait."""
        for number, (asker, waiting) in self._waiting.items():
            if waiting is item:
                self._leave(asker)
                del self._waiting[number]
                return

    def __len__(self) -> int:
        return len(self._waiting)

    def __iter__(self) -> Iterator[T]:
        return iter([item for _, item in self._waiting.values()])

    def _order(self, number: int) -> tuple[int, ...]:
        address, user, match = (self._places[group] for group in _groups(self._waiting[number][0]))
        return (address, user, match, number) if self._of_addresses else (user, match, number)

    def _served(self, number: int) -> T:
        asker, item = self._waiting.pop(number)
        self._leave(asker)
        for group in _groups(asker):
            if group in self._places:
                self._places[group] = next(self._count)
        return item

    def _leave(self, asker: Asker) -> None:
        for group in _groups(asker):
            self._sizes[group] -= 1
            if not self._sizes[group]:
                del self._sizes[group], self._places[group]


def _groups(asker: Asker) -> tuple[Hashable, Hashable, Hashable]:
    return ("address", asker.address), ("user", asker.user), ("match", asker.user, asker.match)
