"""Requests at a steady pace, whatever the answers take."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import gevent

Timed = Callable[[], float]
"""Does something and returns how long that took, in seconds."""


def paced(actions: Sequence[Timed], a_second: float, seconds: float) -> list[float]:
    """The actions in turn, ``a_second`` of them a second, for so many seconds; what each took, in seconds.

    An action that is not done when it is due again begins late; the others do not wait for it.
    """
    began, due = time.perf_counter(), round(a_second * seconds)

    def repeat(first: int) -> list[float]:
        spent = []
        for number in range(first, due, len(actions)):
            gevent.sleep(max(0.0, began + number / a_second - time.perf_counter()))
            spent.append(actions[first]())
        return spent

    jobs = [gevent.spawn(repeat, first) for first in range(min(len(actions), due))]
    gevent.joinall(jobs, raise_error=True)
    return [spent for job in jobs for spent in job.value or ()]
