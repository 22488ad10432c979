"""What follows when a match has new events: clients are sent them, and they are logged and counted."""

from __future__ import annotations

from typing import Protocol

import structlog

from application.base.measures import FINISHED
from application.matches.timeline import Timeline

log = structlog.get_logger()


class Audience(Protocol):
    """Sends a journal's events to connections, here and at other processes."""

    def open(self, journal: Timeline) -> None:
        """A match is about to begin: let its players' connections follow it."""
        ...

    def publish(self, journal: Timeline) -> None:
        """Send everybody what they have not been sent yet."""
        ...


class Publishing:
    """The publisher of matches."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience

    def open(self, journal: Timeline) -> None:
        """A match is about to begin."""
        self._audience.open(journal)

    def publish(self, journal: Timeline, before: Timeline | None) -> None:
        """A match has moved on, and that is committed."""
        self._audience.publish(journal)
        outcome = journal.state.outcome
        if before is None or before.match_id != journal.match_id:
            log.info("match_found", room=journal.room, user_ids=journal.user_ids)
        if outcome and not (before and before.match_id == journal.match_id and before.is_over):
            FINISHED.labels(outcome.reason).inc()
            log.info("match_finished", room=journal.room, reason=outcome.reason, winner_id=outcome.winner_id)
