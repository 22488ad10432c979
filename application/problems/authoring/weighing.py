"""What a report on a problem weighs, and how much takes the problem out of play. Pure.

An account costs nothing, so reports are not counted. What is hard to make up in bulk is time, and matches with many
different people; reporters who were right before weigh more, those who were wrong weigh less.
"""

from __future__ import annotations

from dataclasses import dataclass

FULL_AGE_SECONDS = 24 * 3600
"""An account of this age has its full weight; a younger one its share."""

FULL_OPPONENTS = 3
"""So have reports of somebody who has had rated matches with this many different people."""

MIN_WEIGHT = 3.0
"""So much is needed to take a problem out of play: three reports of full weight."""

PLAYS_FOR_ONE = 40
"""For each so many plays one more is needed: what hundreds have played without a complaint is likelier to be right."""


@dataclass(frozen=True)
class Reporter:
    """Who reports. ``upheld`` and ``dismissed`` count their earlier reports by what teachers decided on them."""

    age_seconds: float
    opponents: int
    upheld: int = 0
    dismissed: int = 0


def weight(reporter: Reporter) -> float:
    """What one report of theirs weighs, from 0 to 1."""
    age = min(1.0, max(0.0, reporter.age_seconds / FULL_AGE_SECONDS))
    experience = min(1.0, reporter.opponents / FULL_OPPONENTS)
    believed = (1 + reporter.upheld) / (1 + reporter.upheld + reporter.dismissed)
    return age * experience * believed


def needed(plays: int) -> float:
    """The weight of open reports that takes a problem out of play which was played so often."""
    return MIN_WEIGHT + plays // PLAYS_FOR_ONE
