"""Finding opponents. Players who ask at the same time are served in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from application.base.clock import Clock
from application.journal import receipts
from application.journal.receipts import Key
from application.journal.transaction import transaction
from application.matches import lobby
from application.matches.arrivals import live_rooms
from application.matches.referee import MatchAct, MatchEngine, Referee
from application.matches.roster import Roster
from application.problems.catalogue.plays import any_in_play
from application.problems.errors import NoProblemInPlay

Json = dict[str, Any]

ASKED_AT_ONCE = 500
"""How many players one transaction serves."""

_REQUEST = "find_match"


@dataclass
class _Asked:
    user_id: int
    client_id: str | None
    answer: Json | None = None
    error: Exception | None = None

    @property
    def key(self) -> Key | None:
        return None if self.client_id is None else (self.user_id, self.client_id)

    def take(self, found: Json | Exception) -> None:
        """This is what comes of it."""
        self.answer, self.error = (None, found) if isinstance(found, Exception) else (found, None)


class Pairing:
    """The lobby of this server, and the way out of it."""

    def __init__(self, engine: MatchEngine, referee: Referee, roster: Roster, clock: Clock) -> None:
        self._engine, self._referee, self._roster, self._clock = engine, referee, roster, clock
        self._asked: list[_Asked] = []
        self._turn = Lock()

    def find(self, user_id: int, client_id: str | None) -> Json:
        """Look for an opponent: ``{status: "waiting"}`` or ``{status: "matched", room}``. Raises NoProblemInPlay."""
        asked = _Asked(user_id, client_id)
        self._asked.append(asked)
        while not self._is_served(asked):
            pass
        if asked.error is not None:
            raise asked.error
        return dict(asked.answer or {})

    def pair_waiting(self) -> bool:
        """Pair players who have now waited long enough for each other, as many as one transaction takes, and remove
        those who have gone away. Returns whether anybody was paired."""
        with transaction(self._engine.connect) as asked:
            lobby.forget_absent(asked, self._clock())
            ((waiting,),) = asked.last(_ANYBODY)
        if waiting < 2:
            return False
        with self._turn, self._engine.act() as act:
            lobby.take_turn(act.transaction)
            return bool(self._open_pairs(act))

    def _is_served(self, asked: _Asked) -> bool:
        """Whether it was, at the latest now. One of those who wait here serves them all; nobody looks at what comes of
        it before that is committed."""
        with self._turn:
            if asked.answer is None and asked.error is None:
                self._serve()
            return asked.answer is not None or asked.error is not None

    def _serve(self) -> None:
        served, self._asked = self._asked[:ASKED_AT_ONCE], self._asked[ASKED_AT_ONCE:]
        try:
            with self._engine.act() as act:
                self._answer(act, served)
        except Exception as error:
            for asked in served:
                asked.take(error)
        except BaseException:  # who serves is being ended; the next of those who wait goes on
            self._asked = [*served, *self._asked]
            raise

    def _answer(self, act: MatchAct, served: Sequence[_Asked]) -> None:
        lobby.take_turn(act.transaction)
        keys = list(dict.fromkeys(asked.key for asked in served if asked.key))
        known = receipts.begin(act.transaction, keys, _REQUEST, act.at) if keys else {}
        looking = list(dict.fromkeys(asked.user_id for asked in served if asked.key not in known))
        rooms = live_rooms(act.transaction, looking)
        joining = [user_id for user_id in looking if user_id not in rooms]
        playable = not joining or any_in_play(act.transaction)
        if joining and playable:
            lobby.join(act.transaction, sorted(joining), act.at)
            for room, user_ids in self._open_pairs(act):
                rooms |= dict.fromkeys(user_ids, room)
        for asked in served:
            found: Json | Exception = {"status": "waiting"} if playable else NoProblemInPlay()
            if asked.user_id in rooms:
                found = {"status": "matched", "room": rooms[asked.user_id]}
            asked.take(known.get(asked.key, found) if asked.key else found)
        for key, asked in {asked.key: asked for asked in served if asked.key and asked.key not in known}.items():
            if asked.answer is not None:
                receipts.keep(act.transaction, key, asked.answer)
            else:
                receipts.forget(act.transaction, key)

    def _open_pairs(self, act: MatchAct) -> list[tuple[str, Sequence[int]]]:
        """Open a match for each pair there is: rooms and players."""
        widen = self._referee.rules.lobby_widen_seconds
        pairs = lobby.take_pairs(act.transaction, act.at, widen, self._roster.silent_user_ids())
        opened = self._referee.open(act, pairs) if pairs else []
        return [(timeline.room, timeline.user_ids) for timeline in opened]


_ANYBODY = "SELECT count(*) FROM (SELECT 1 FROM lobby_entries WHERE absent_since IS NULL LIMIT 2) waiting"
