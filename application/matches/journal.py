"""The journal of a match: appending to it under the match's lock, and reading it as a whole.

Everything that anybody ever learns of a match is made from a ``Timeline``; there is no second source to differ from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from application.errors import MatchNotFound, NotAPlayer
from application.extensions import db
from application.game.events import Event, Recorded, decode, encode, name_of
from application.game.state import MatchState, replay
from application.game.views import envelope, view
from application.matches.models import Match, MatchEvent, Submission

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

    @property
    def version(self) -> int:
        """The number of the last event."""
        return len(self.entries)

    @property
    def state(self) -> MatchState:
        """The match as it stands after the last event."""
        return replay(self.entries)

    @property
    def user_ids(self) -> tuple[int, ...]:
        """The players, by id."""
        return tuple(player.seat.user_id for player in replay(self.entries[:1]).players)

    def envelopes(self, reader: int, after: int = 0) -> Iterator[tuple[str, Json]]:
        """Name and envelope of each event after number ``after``, as ``reader`` may see them."""
        state = replay(self.entries[:after])
        for entry in self.entries[after:]:
            state = replay((entry,), state)
            yield name_of(entry.event), envelope(self.room, entry, reader, state, self.problems, self.reports)

    def view(self, reader: int, last_code: Json | None) -> Json:
        """The whole match as ``reader`` may see it now."""
        return view(self.state, reader, self.problems, last_code)

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
        )


def lock(room: str) -> Match:
    """The match at this address, locked until the transaction ends; raises MatchNotFound."""
    match = db.session.scalar(select(Match).where(Match.room == room).with_for_update(), execution_options=_FRESH)
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
    rows = db.session.execute(
        select(MatchEvent.version, MatchEvent.at, MatchEvent.name, MatchEvent.payload)
        .where(MatchEvent.match_id == match_id)
        .order_by(MatchEvent.version)
    )
    return tuple(Recorded(row.version, row.at, decode(row.name, row.payload)) for row in rows)


def reports(match_id: int) -> dict[int, Json]:
    """The report of every judged submission of the match, by the submission's id."""
    rows = db.session.execute(
        select(Submission.id, Submission.report).where(Submission.match_id == match_id, Submission.report.is_not(None))
    )
    return {row.id: row.report for row in rows}


def append(match: Match, events: Sequence[Event], at: datetime) -> tuple[Recorded, ...]:
    """Write the events with the next numbers; the caller holds the match's lock."""
    recorded = tuple(Recorded(match.version + step, at, event) for step, event in enumerate(events, start=1))
    match.version += len(recorded)
    db.session.add_all(
        MatchEvent(
            match_id=match.id,
            version=entry.version,
            name=name_of(entry.event),
            payload=encode(entry.event),
            at=entry.at,
        )
        for entry in recorded
    )
    return recorded


def require_player(timeline: Timeline, user_id: int) -> None:
    """Raises NotAPlayer unless the user plays in this match."""
    if user_id not in timeline.user_ids:
        raise NotAPlayer


_FRESH = {"populate_existing": True}
