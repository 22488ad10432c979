"""Problems within the transactions of matches: whether there are any, how often and when last one was played."""

from __future__ import annotations

from datetime import datetime

from application.journal.transaction import Transaction


def count_play(written: Transaction, problem_id: int, at: datetime) -> None:
    """A round has begun with the problem. What is written down afterwards was played earlier."""
    written.write(_COUNT, (at, problem_id))


def any_in_play(asked: Transaction) -> bool:
    """Whether there is a problem to play."""
    return bool(asked.read("SELECT EXISTS (SELECT 1 FROM problems WHERE in_play)")[0][0])


_COUNT = "UPDATE problems SET plays = plays + 1, last_played_at = greatest(last_played_at, %s) WHERE id = %s"
