"""Finding opponents. Who asks at the same time is served in one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from application.base.clock import Clock
from application.journal.errors import ClientIdReused
from application.journal.transaction import Transaction, transaction
from application.matches import lobby
from application.matches.referee import MatchAct, MatchEngine, Referee
from application.matches.roster import Roster
from application.problems.catalogue.service import Problems
from application.problems.errors import NoProblemInPlay

Json = dict[str, Any]

ASKED_AT_ONCE = 500
"""How many who look for an opponent one transaction answers."""

_REQUEST = "find_match"


@dataclass
class _Asked:
    user_id: int
    client_id: str | None
    answer: Json | None = None
    error: Exception | None = None
    told: list[_Asked] = field(default_factory=list)
    """Who sent the same request again meanwhile, and is answered the same."""

    @property
    def done(self) -> bool:
        return self.answer is not None or self.error is not None


class Pairing:
    """The lobby of this server, and the way out of it."""

    def __init__(self, engine: MatchEngine, referee: Referee, problems: Problems, roster: Roster, clock: Clock) -> None:
        self._engine, self._referee, self._problems, self._roster = engine, referee, problems, roster
        self._clock = clock
        self._asked: list[_Asked] = []
        self._turn = Lock()

    def find(self, user_id: int, client_id: str | None) -> Json:
        """Look for an opponent: ``{status: "waiting"}`` or ``{status: "matched", room}``. Raises NoProblemInPlay."""
        asked = _Asked(user_id, client_id)
        self._asked.append(asked)
        while not asked.done:
            with self._turn:  # one of those who wait here serves them all
                if not asked.done:
                    self._serve()
        if asked.error is not None:
            raise asked.error
        assert asked.answer is not None
        return dict(asked.answer)

    def pair_waiting(self) -> bool:
        """Pair those whom waiting has made eligible, as many as one transaction takes, and forget those who have gone
        away; whether anybody was paired."""
        with transaction(self._engine.connect) as asked:
            lobby.forget_absent(asked, self._clock())
            ((waiting,),) = asked.last(_ANYBODY)
        if waiting < 2:
            return False
        with self._turn, self._engine.act() as act:
            lobby.take_turn(act.transaction)
            return bool(self._open_pairs(act))

    def _serve(self) -> None:
        served, self._asked = self._asked[:ASKED_AT_ONCE], self._asked[ASKED_AT_ONCE:]
        try:
            with self._engine.act() as act:
                self._answer(act, served)
        except Exception as error:
            for asked in served:
                asked.answer, asked.error = None, error

    def _answer(self, act: MatchAct, served: Sequence[_Asked]) -> None:
        lobby.take_turn(act.transaction)
        fresh = _without_answered(act, served)
        looking = [asked for asked in fresh if asked.error is None]
        rooms = _live_rooms(act.transaction, looking)
        joining = [asked for asked in looking if asked.user_id not in rooms]
        if joining and not act.transaction.read("SELECT EXISTS (SELECT 1 FROM problems WHERE in_play)")[0][0]:
            for asked in joining:
                asked.error = NoProblemInPlay()
            joining = []
        if joining:
            lobby.join(act.transaction, sorted({asked.user_id for asked in joining}), act.at)
            for room, user_ids in self._open_pairs(act):
                rooms |= dict.fromkeys(user_ids, room)
        for asked in looking:
            if asked.error is None:
                found = rooms.get(asked.user_id)
                asked.answer = {"status": "matched", "room": found} if found else {"status": "waiting"}
        _keep_receipts(act.transaction, fresh)
        for asked in fresh:
            for again in asked.told:
                again.answer, again.error = asked.answer, asked.error

    def _open_pairs(self, act: MatchAct) -> list[tuple[str, Sequence[int]]]:
        """Open a match for each pair there is: rooms and players."""
        widen = self._referee.rules.lobby_widen_seconds
        pairs = lobby.take_pairs(act.transaction, act.at, widen, self._roster.silent_user_ids())
        opened = self._referee.open(act, pairs) if pairs else []
        return [(timeline.room, timeline.user_ids) for timeline in opened]


def _without_answered(act: MatchAct, served: Sequence[_Asked]) -> list[_Asked]:
    """Write the receipts of those who ask with a ``client_id``; who has had an answer is given it again. The others."""
    first: dict[tuple[int, str], _Asked] = {}
    fresh = [asked for asked in served if asked.client_id is None]
    for asked in served:
        if asked.client_id is not None:
            known = first.setdefault((asked.user_id, asked.client_id), asked)
            if known is not asked:
                known.told.append(asked)
    if not first:
        return fresh
    values = [value for user_id, client_id in first for value in (user_id, client_id, _REQUEST, act.at)]
    rows = ", ".join(["(%s, %s, %s, %s)"] * len(first))
    new = {(row[0], row[1]) for row in act.transaction.read(_RECEIPTS.format(rows=rows), values)}
    known_keys = [key for key in first if key not in new]
    if known_keys:
        pairs = ", ".join(["(%s, %s)"] * len(known_keys))
        values = [value for key in known_keys for value in key]
        for user_id, client_id, request, answer in act.transaction.read(_KEPT.format(pairs=pairs), values):
            asked = first[user_id, client_id]
            if request == _REQUEST:
                asked.answer = dict(answer or {})
            else:
                asked.error = ClientIdReused()
            for again in asked.told:
                again.answer, again.error = asked.answer, asked.error
    return fresh + [first[key] for key in first if key in new]


def _keep_receipts(written: Transaction, fresh: Sequence[_Asked]) -> None:
    """The answers that were found; a request that was refused leaves no receipt, for it changed nothing."""
    for asked in fresh:
        if asked.client_id is not None and asked.error is None:
            written.write(_ANSWER, (json.dumps(asked.answer), asked.user_id, asked.client_id))
        elif asked.client_id is not None:
            written.write(_NO_RECEIPT, (asked.user_id, asked.client_id))


def _live_rooms(asked: Transaction, looking: Sequence[_Asked]) -> dict[int, str]:
    return dict(asked.read(_LIVE, ([each.user_id for each in looking],)))


_ANYBODY = "SELECT count(*) FROM (SELECT 1 FROM lobby_entries WHERE absent_since IS NULL LIMIT 2) waiting"
_LIVE = """
    SELECT p.user_id, m.room FROM match_players p JOIN matches m ON m.id = p.match_id
    WHERE p.user_id = ANY(%s) AND p.live"""
_RECEIPTS = """
    INSERT INTO receipts (user_id, client_id, request, at) VALUES {rows}
    ON CONFLICT DO NOTHING RETURNING user_id, client_id"""
_KEPT = "SELECT user_id, client_id, request, answer FROM receipts WHERE (user_id, client_id) IN ({pairs})"
_ANSWER = "UPDATE receipts SET answer = %s WHERE user_id = %s AND client_id = %s"
_NO_RECEIPT = "DELETE FROM receipts WHERE user_id = %s AND client_id = %s"
