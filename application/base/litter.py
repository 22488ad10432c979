"""When Python looks for what nothing refers to but itself.

A full collection walks every object there is: at 1,000 rooms that took 260 to 1,470 ms, in which nobody is answered.
So none happens by itself. But connections refer to themselves, and live so long that nothing less would find them: each
that has ended leaves some 50 KiB. So there is a collection whenever many have.
"""

from __future__ import annotations

import gc

MANY = 1000
"""After so many ended connections, some 50 MiB, what they have left is collected."""


def leave_to_ourselves() -> None:
    """At the end of a start: no full collection by itself from now on, and none of what is there now, which stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, 1_000_000)


class Litter:
    """Collects what ended connections leave behind."""

    def __init__(self) -> None:
        self._collected = 0

    def look(self, ended: int) -> bool:
        """Collect if many connections have ended since it was done last; ``ended`` is how many have at all."""
        if ended - self._collected < MANY:
            return False
        self._collected = ended
        gc.collect()
        return True
