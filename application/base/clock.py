"""The time, as a value that can be exchanged: services take a Clock, tests hand in their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives the present moment, aware and in UTC."""


def utc_now() -> datetime:
    """The present moment by the system's clock."""
    return datetime.now(UTC)
