"""Who may compute, and when: with programs that are only names, and a clock that is turned by hand."""

from __future__ import annotations

import gevent
import pytest
from gevent.event import Event

from application.judge.slots import OPEN_EACH, STINT_SECONDS, Slot, Slots, current
from application.judge.turns import Asker


class House:
    """Programs that enter, sleep, wake, rest and end when they are told to."""

    def __init__(self, slots: int, memory_mib: float = 10_000) -> None:
        self.now = 0.0
        self.slots = Slots(slots, memory_mib=memory_mib, clock=lambda: self.now, signal=Event)
        self.order: list[str] = []
        self.held: dict[str, Slot] = {}
        self._ends: dict[str, Event] = {}
        self.jobs: dict[str, gevent.Greenlet[[str, Asker, int], None]] = {}

    def enter(self, name: str, address: str = "", memory_mib: int = 0, user: str = "") -> None:
        self._ends[name] = Event()
        self.jobs[name] = gevent.spawn(self._run, name, Asker(user or name, address), memory_mib)
        gevent.idle()

    def end(self, name: str) -> None:
        self._ends[name].set()
        gevent.idle()

    def sleeps(self, *names: str) -> None:
        for name in names:
            self.held[name].sleeps()
        gevent.idle()

    def rests(self, name: str) -> bool:
        """Whether the program was kept waiting; it goes on when its turn comes."""
        resting = gevent.spawn(self.held[name].rest)
        gevent.idle()
        return not resting.ready()

    def _run(self, name: str, asker: Asker, memory_mib: int) -> None:
        with self.slots.held(asker, memory_mib) as slot:
            assert current() is slot
            self.order.append(name)
            self.held[name] = slot
            self._ends[name].wait()


def test_no_more_compute_than_there_are_slots() -> None:
    house = House(2)
    for name in "abcd":
        house.enter(name, "there")
    assert house.order == ["a", "b"]
    assert (house.slots.running, house.slots.waiting) == (2, 2)
    house.end("a")
    assert house.order == ["a", "b", "c"]


def test_who_sleeps_holds_no_slot() -> None:
    house = House(1)
    for name in ("sleeper", "stranger"):
        house.enter(name, "there")
    assert house.order == ["sleeper"]
    house.sleeps("sleeper")
    assert house.order == ["sleeper", "stranger"]


def test_a_stranger_need_not_wait_for_those_who_hold_every_slot() -> None:
    house = House(2)
    for number in range(8):
        house.enter(f"hostile {number}", "there")
    house.enter("stranger", "here")
    assert house.order == ["hostile 0", "hostile 1", "stranger"]
    house.enter("another account of theirs", "there")
    assert house.slots.running == 3


def test_who_has_something_open_is_no_newcomer() -> None:
    house = House(1)
    house.enter("hostile", "there", user="mallory")
    house.enter("the same elsewhere", "elsewhere", user="mallory")
    assert house.order == ["hostile"]


def test_accounts_at_one_address_go_behind_a_stranger_who_came_later() -> None:
    house = House(1)
    house.enter("a", "there")
    house.enter("newcomer", "third")
    for number in range(8):
        house.enter(f"hostile {number}", "there")
    house.enter("stranger", "here")
    house.end("a")
    house.end("newcomer")
    assert "stranger" in house.order[:4]


def test_who_wakes_goes_on_and_waits_at_its_next_rest() -> None:
    house = House(1)
    for name in "abc":
        house.enter(name, "there")
        if name != "c":
            house.sleeps(name)
    house.held["a"].wakes()
    house.held["b"].wakes()
    assert house.slots.running == 3
    assert house.rests("a")
    assert house.slots.running == 2
    house.end("c")
    assert house.slots.running == 1
    house.end("b")
    assert house.slots.running == 1  # a again


def test_a_long_stint_ends_between_two_tests() -> None:
    house = House(1)
    house.enter("long", "there")
    house.enter("short", "there")
    assert not house.rests("long")
    house.now += STINT_SECONDS
    assert house.rests("long")
    assert house.order == ["long", "short"]
    house.end("short")
    assert (house.slots.running, house.slots.waiting) == (1, 0)


def test_a_long_stint_goes_on_while_nobody_waits() -> None:
    house = House(1)
    house.enter("long", "there")
    house.now += 100 * STINT_SECONDS
    assert not house.rests("long")


def test_sleepers_are_bounded_in_number() -> None:
    house = House(1)
    for number in range(2 * OPEN_EACH):
        house.enter(f"sleeper {number}", f"address {number % 3}")
        if f"sleeper {number}" in house.held:
            house.sleeps(f"sleeper {number}")
    assert len(house.order) == OPEN_EACH
    assert house.slots.waiting == OPEN_EACH


def test_one_address_cannot_fill_the_house_with_sleepers() -> None:
    house = House(1)
    for number in range(2 * OPEN_EACH):
        house.enter(f"sleeper {number}", "there")
        if f"sleeper {number}" in house.held:
            house.sleeps(f"sleeper {number}")
    assert len(house.order) == OPEN_EACH // 2
    house.enter("stranger", "here")
    assert house.order[-1] == "stranger"


def test_sleepers_are_bounded_in_memory() -> None:
    house = House(1, memory_mib=600)
    for name in "abc":
        house.enter(name, name, memory_mib=256)
        if name in house.held:
            house.sleeps(name)
    assert house.order == ["a", "b"]
    house.end("a")
    assert house.order == ["a", "b", "c"]


def test_a_program_larger_than_the_bound_runs_alone() -> None:
    house = House(1, memory_mib=100)
    house.enter("large", memory_mib=4000)
    assert house.order == ["large"]


@pytest.mark.parametrize("killed", ["a", "b"])
def test_who_is_killed_leaves_nothing(killed: str) -> None:
    house = House(1)
    for name in "abc":
        house.enter(name, "there")
    house.jobs[killed].kill()
    house.end("a")
    house.end("b")
    gevent.idle()
    assert house.order[-1] == "c"
    house.end("c")
    assert (house.slots.running, house.slots.waiting) == (0, 0)


def test_nobody_holds_a_slot_outside() -> None:
    current().sleeps()
    current().wakes()
    assert current().rest() == 0
