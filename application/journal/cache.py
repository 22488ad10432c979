"""Decoded journals, kept while they are used. Never a source: each is trusted only at the version that its row has."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, Protocol, TypeVar


class Kept(Protocol):
    """A journal as it stands at one version."""

    @property
    def version(self) -> int:
        """The number of its last event."""
        ...

    @property
    def bytes(self) -> int:
        """What it takes in memory, about."""
        ...


J = TypeVar("J", bound=Kept)


class Cache(Generic[J]):
    """The journals used last, by their room's code, within a bound in bytes."""

    def __init__(self, bytes_most: int) -> None:
        self._most, self.bytes = bytes_most, 0
        self._kept: OrderedDict[str, J] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, code: str) -> J | None:
        """The newest that is known of this journal."""
        found = self._kept.get(code)
        if found is not None:
            self._kept.move_to_end(code)
        return found

    def put(self, code: str, journal: J) -> None:
        """Keep a journal that was read or committed, unless a newer one is known."""
        before = self._kept.get(code)
        if before is not None and before.version > journal.version:
            return
        self.bytes += journal.bytes - (before.bytes if before else 0)
        self._kept[code] = journal
        self._kept.move_to_end(code)
        while self.bytes > self._most and len(self._kept) > 1:
            self.drop(next(iter(self._kept)))

    def drop(self, code: str) -> None:
        """Keep it no longer."""
        dropped = self._kept.pop(code, None)
        self.bytes -= dropped.bytes if dropped else 0
