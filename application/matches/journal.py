"""The journal of a match: appending to it under the match's lock, and reading it as a whole.

Everything that anybody ever learns of a match is made from a ``Timeline``; there is no second source to differ from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, select

from application.base.database import db
from application.base.errors import MatchNotFound, NotAPlayer
from application.matches.models import Match, MatchEvent, Submission
from application.matches.reporting import told
from application.matches.rules.events import Event, Recorded, decode, encode, name_of
from application.matches.rules.state import MatchState, replay
from application.matches.rules.views import envelope, view

Json = dict[str, Any]


@dataclass(frozen=True)
class Timeline:
    """A match's whole journal with what is needed to show it.

    ``problems`` is the public form of each problem that the journal names, by id; ``reports`` the report of each
    judged submission, by id. A later Timeline of the same match only has more of each.
    """

    match_id: int
    room: str
    entries: tuple[Recorded, ...]
    problems: Mapping[int, Json]
    reports: Mapping[int, Json]
    known: MatchState | None = None
    """The match after some first part of the entries, where that is known already."""

    @property
    def version(self) -> int:
        """The number of the last event."""
        return len(self.entries)

    @cached_property
    def state(self) -> MatchState:
        """The match as it stands after the last event."""
        return replay(self.entries[self.known.version if self.known else 0 :], self.known)

    @property
    def user_ids(self) -> tuple[int, ...]:
        """The players, by id."""
        return tuple(player.seat.user_id for player in self.state.players)

    def envelopes(self, reader: int, after: int = 0) -> Iterator[tuple[str, Json]]:
        """Name and envelope of each event after number ``after``, as ``reader`` may see them."""
        state = replay(self.entries[:after])
        for entry in self.entries[after:]:
            state = replay((entry,), state)
            yield name_of(entry.event), envelope(self.room, entry, reader, state, self.problems, self.reports)

    def view(self, reader: int, written: Json, now: datetime) -> Json:
        """The whole match as ``reader`` may see it at the time ``now``."""
        return view(self.state, reader, self.problems, written, now)

    def extended(
        self, entries: Sequence[Recorded], problems: Mapping[int, Json], reports: Mapping[int, Json]
    ) -> Timeline:
        """This journal with more entries at its end."""
        return Timeline(
            self.match_id,
            self.room,
            (*self.entries, *entries),
            {**self.problems, **problems},
            {**self.reports, **reports},
            self.state,
        )


def lock(room: str) -> Match:
    """The match at this address, locked until the transaction ends; raises MatchNotFound."""
    match = db.session.scalar(_LOCK, {"room": room}, execution_options=_FRESH)
    if match is None:
        raise MatchNotFound
    return match


def lock_by_id(match_id: int) -> Match:
    """The match of this id, locked until the transaction ends; raises MatchNotFound."""
    match = db.session.get(Match, match_id, with_for_update=True, populate_existing=True)
    if match is None:
        raise MatchNotFound
    return match


def entries(match_id: int) -> tuple[Recorded, ...]:
    """All events of the match, in order."""
    rows = db.session.execute(_ENTRIES, {"match_id": match_id})
    return tuple(Recorded(version, at, decode(name, payload)) for version, at, name, payload in rows)


def reports(match_id: int) -> dict[int, Json]:
    """The report of every judged submission of the match, by the submission's id."""
    rows = db.session.execute(_REPORTS, {"match_id": match_id})
    return {row.id: told(row.report) for row in rows}


def append(match: Match, events: Sequence[Event], at: datetime) -> tuple[Recorded, ...]:
    """Write the events with the next numbers; the caller holds the match's lock."""
    recorded = tuple(Recorded(match.version + step, at, event) for step, event in enumerate(events, start=1))
    match.version += len(recorded)
    rows = [
        {
            "match_id": match.id,
            "version": entry.version,
            "name": name_of(entry.event),
            "payload": encode(entry.event),
            "at": entry.at,
        }
        for entry in recorded
    ]
    db.session.execute(_APPEND, rows)
    return recorded


def require_player(timeline: Timeline, user_id: int) -> None:
    """Raises NotAPlayer unless the user plays in this match."""
    if user_id not in timeline.user_ids:
        raise NotAPlayer


_FRESH = {"populate_existing": True}

# Every command needs these, so they are made once.
_APPEND = insert(cast(Table, MatchEvent.__table__))
_LOCK = select(Match).where(Match.room == bindparam("room")).with_for_update()
_ENTRIES = (
    select(MatchEvent.version, MatchEvent.at, MatchEvent.name, MatchEvent.payload)
    .where(MatchEvent.match_id == bindparam("match_id"))
    .order_by(MatchEvent.version)
)
_REPORTS = select(Submission.id, Submission.report).where(
    Submission.match_id == bindparam("match_id"), Submission.report.is_not(None)
)
