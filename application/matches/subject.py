"""Matches as what a room's journal is about: read, decided, written down and followed by the tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from application.journal.transaction import Transaction
from application.matches import projections
from application.matches.company import Company
from application.matches.reporting import told
from application.matches.rules import commands as c
from application.matches.rules import events as e
from application.matches.rules.chapter import decide
from application.matches.rules.match import StandingsNeeded
from application.matches.timeline import Timeline
from application.problems.catalogue.service import Problems
from application.ratings.standings import lock_standings
from application.rooms.rules.events import RoomEvent

Json = dict[str, Any]


class MatchSubject:
    """What the engine asks of a room and the matches in it. ``problems`` has the public form of what is played."""

    def __init__(self, problems: Problems, company: Company) -> None:
        self._problems, self._company = problems, company

    def empty(self, room_id: int, code: str) -> Timeline:
        """The journal of a room in which nothing has happened."""
        return Timeline(room_id, code, (), {}, {})

    def read(self, asked: Transaction, journal: Timeline, after: int | None = None) -> Timeline:
        """The journal with what was committed after it; one that is not known from its last ``match_found`` on, or from
        the one that event number ``after`` + 1 belongs to."""
        if journal.version:
            rows = asked.read(_AFTER, (journal.room_id, journal.version))
        else:
            rows = asked.read(_CHAPTER, (journal.room_id, journal.room_id, None if after is None else after + 1))
        entries = [e.Recorded(version, at, e.decode(name, payload)) for version, at, name, payload in rows]
        judged = [entry.event.submission_id for entry in entries if isinstance(entry.event, e.SubmissionJudged)]
        reports = asked.read(_REPORTS, (judged,)) if judged else []
        told_reports = {id_: told(report) for id_, report, _ in reports}
        size = sum(row[2] for row in reports)
        if after is None:
            return journal.grown(entries, self._named(entries), told_reports, size)
        return Timeline(journal.room_id, journal.room, tuple(entries), self._named(entries), told_reports)

    def decide(
        self, asked: Transaction, journal: Timeline, command: c.RoomsCommand, at: datetime
    ) -> Sequence[e.Recorded]:
        """The entries that the command causes; the players are locked where it would end the match."""
        try:
            events = decide(journal.place, journal.state, command, at)
        except StandingsNeeded:
            events = decide(journal.place, journal.state, command, at, lock_standings(asked, journal.user_ids))
        return [e.Recorded(number, at, event) for number, event in enumerate(events, journal.version + 1)]

    def grown(self, journal: Timeline, entries: Sequence[e.Recorded], reports: Mapping[int, Json]) -> Timeline:
        """The journal with these entries; ``reports`` by submission."""
        size = sum(len(json.dumps(report)) for report in reports.values())
        return journal.grown(entries, self._named(entries), reports, size)

    def encoded(self, entry: e.Recorded) -> tuple[str, str]:
        """The name and the fields, as JSON, that an entry is kept as."""
        return e.name_of(entry.event), e.encode_text(entry.event)

    def project(self, written: Transaction, journal: Timeline, entry: e.Recorded, live: bool) -> datetime | None:
        """Have the tables follow."""
        event = entry.event
        if isinstance(event, RoomEvent):
            self._company.project(written, journal.room_id, event, entry.at)
            return None
        if isinstance(event, e.MatchFound | e.MatchFinished) and journal.place.opened:
            self._company.follow_match(written, journal.room_id, isinstance(event, e.MatchFound), entry.at)
        return projections.project(written, journal, entry, live)

    def _named(self, entries: Sequence[e.Recorded]) -> dict[int, Json]:
        named = [entry.event.problem_id for entry in entries if isinstance(entry.event, e.RoundStarted)]
        return self._problems.publics(named) if named else {}


_COLUMNS = "SELECT version, at, name, payload FROM room_events WHERE room_id = %s AND version "
_AFTER = _COLUMNS + "> %s ORDER BY version"
_CHAPTER = (
    _COLUMNS
    + """>= coalesce((
        SELECT max(first_version) FROM matches WHERE room_id = %s AND first_version <= coalesce(%s, first_version)
    ), 1) ORDER BY version"""
)
_REPORTS = "SELECT id, report, octet_length(report::text) FROM submissions WHERE id = ANY(%s) AND report IS NOT NULL"
