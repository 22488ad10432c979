"""How often, and when last, a problem was played."""

from __future__ import annotations

from datetime import datetime

from application.journal.transaction import Transaction


def count_play(written: Transaction, problem_id: int, at: datetime) -> None:
    """A round has begun with the problem. What is written down afterwards was played earlier."""
    written.write(_COUNT, (at, problem_id))


_COUNT = "UPDATE problems SET plays = plays + 1, last_played_at = greatest(last_played_at, %s) WHERE id = %s"
