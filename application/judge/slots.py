"""Who may compute, and when. A slot is the right to use a core.

A program in a sandbox has one as long as it computes. While it sleeps, its slot is lent to another, and after a while
it lets waiting programs go first. So there are more sandboxes than slots; their number and memory are bounded.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event, Lock
from typing import Protocol

from application.judge.turns import Asker, Turns

STINT_SECONDS = 1.0
"""A program that has had a slot for this long gives it up between two tests, if another waits for it."""

OPEN_EACH = 8
"""Sandboxes for each slot that may be open at once: those that compute, that sleep, and that let others go first."""

MEMORY_SHARE = 0.5
"""The part of this machine's memory that the limits of all open sandboxes may add up to."""


class Signal(Protocol):
    """As ``threading.Event``."""

    def set(self) -> None: ...

    def clear(self) -> None: ...

    def wait(self) -> object: ...


class Slot:
    """One program's right to compute, on behalf of ``asker``. Code outside of ``Slots.held`` has a slot that it
    never has to give up."""

    asker = Asker()

    def sleeps(self) -> None:
        """The program waits for something: another may compute."""

    def wakes(self) -> None:
        """It computes again. It cannot be paused now, only at its next ``rest``."""

    def rest(self) -> float:
        """Called between two tests: let others go first whose turn it is. Returns the seconds that it took."""
        return 0.0


_HELD: ContextVar[Slot] = ContextVar("slot")


def current() -> Slot:
    """The slot of the present caller. A sandbox looks it up here, so that nothing in between has to pass it on."""
    return _HELD.get(_FREE)


_FREE = Slot()


class Slots:
    """So many programs may compute at once. For every two of them there is one more slot, for askers from whose address
    nothing is open.

    These extra slots are for newcomers: even while others hold all the slots, a newcomer need not wait until one is
    free. Safe to
    use from many threads or greenlets.
    """

    def __init__(
        self,
        slots: int,
        *,
        memory_mib: float | None = None,
        clock: Callable[[], float] = time.monotonic,
        signal: Callable[[], Signal] = Event,
    ) -> None:
        """``memory_mib`` is what the limits of all open sandboxes may add up to; by default a part of the machine's
        memory. ``signal`` makes the object that an asker waits on."""
        self._slots, self._spare, self._most_open = slots, max(1, slots // 2), OPEN_EACH * slots
        self._memory_mib = _memory_mib() * MEMORY_SHARE if memory_mib is None else memory_mib
        self._clock, self._signal, self._lock = clock, signal, Lock()
        self._turns: Turns[_Held] = Turns()
        self._running: set[_Held] = set()
        self._open: set[_Held] = set()

    @property
    def waiting(self) -> int:
        """How many wait to be let in."""
        return sum(slot not in self._open for slot in self._turns)

    @property
    def running(self) -> int:
        """How many compute."""
        return len(self._running)

    @contextmanager
    def held(self, asker: Asker, memory_mib: int = 0) -> Iterator[Slot]:
        """Wait for a slot, and have it until the end of the block."""
        slot = _Held(self, asker, memory_mib, self._signal())
        try:
            self.enter(slot)
            before = _HELD.set(slot)
            try:
                yield slot
            finally:
                _HELD.reset(before)
        finally:
            self.leave(slot)

    def enter(self, slot: _Held) -> None:
        """Wait until it is the slot's turn."""
        with self._lock:
            self._running.discard(slot)
            slot.let.clear()
            self._turns.put(slot.asker, slot)
            self._let_in()
        slot.let.wait()

    def leave(self, slot: _Held) -> None:
        """The slot is no longer used or waited for."""
        with self._lock:
            self._turns.remove(slot)
            self._open.discard(slot)
            self._running.discard(slot)
            self._let_in()

    def sleeps(self, slot: _Held) -> None:
        """As ``Slot.sleeps``."""
        with self._lock:
            self._running.discard(slot)
            self._let_in()

    def wakes(self, slot: _Held) -> None:
        """As ``Slot.wakes``."""
        with self._lock:
            if slot in self._open:
                self._running.add(slot)

    def should_rest(self, slot: _Held) -> bool:
        """Whether others go before this one: it has computed for long enough, or more have woken up than there are
        slots."""
        with self._lock:
            waited_for = len(self._turns) > 0 and self._clock() - slot.since >= STINT_SECONDS
            return waited_for or len(self._running) > self._slots + self._spare

    def _let_in(self) -> None:
        while len(self._turns) and len(self._running) < self._slots + self._spare:
            try:
                slot = self._turns.take(self._may)
            except KeyError:
                return
            self._running.add(slot)
            self._open.add(slot)
            slot.since = self._clock()
            slot.let.set()

    def _may(self, slot: _Held) -> bool:
        if slot not in self._open and not self._has_room(slot):
            return False
        if len(self._running) < self._slots:
            return True
        theirs = slot.asker
        return not any(other.asker.user == theirs.user or other.asker.address == theirs.address for other in self._open)

    def _has_room(self, slot: _Held) -> bool:
        """Whether one more may be open: one address fills no more than half of the room."""
        if len(self._open) < self._slots:
            return True
        there = sum(other.asker.address == slot.asker.address for other in self._open)
        memory = slot.memory_mib + sum(other.memory_mib for other in self._open)
        return len(self._open) < self._most_open and there < self._most_open // 2 and memory <= self._memory_mib


class _Held(Slot):
    def __init__(self, slots: Slots, asker: Asker, memory_mib: int, let: Signal) -> None:
        self._slots, self.asker, self.memory_mib = slots, asker, memory_mib
        self.let, self.since = let, 0.0

    def sleeps(self) -> None:
        self._slots.sleeps(self)

    def wakes(self) -> None:
        self._slots.wakes(self)

    def rest(self) -> float:
        if not self._slots.should_rest(self):
            return 0.0
        began = time.monotonic()
        self._slots.enter(self)
        return time.monotonic() - began


def _memory_mib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**2
