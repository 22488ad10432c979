"""Tells those who wait long for an opponent that they may play a bot. Nobody is paired with one unasked."""

from __future__ import annotations

from datetime import timedelta

from pydantic import BaseModel

from application.base.clock import Clock
from application.bots.squad import Squad
from application.journal.transaction import Connect, transaction
from application.matches import lobby
from application.realtime.connections import Connections
from application.realtime.feed import Send
from application.realtime.notices import Shape


class BotOffered(Shape):
    """You have waited so long for an opponent; ``practise`` with ``against: "bot"`` finds one at once. It belongs to no
    room and has no version."""

    after_seconds: int


OFFERED: dict[str, type[BaseModel]] = {"bot_offered": BotOffered}


class BotOffers:
    """Looks who of those connected here waits."""

    def __init__(
        self, connections: Connections, send: Send, squad: Squad, connect: Connect, clock: Clock, seconds: int
    ) -> None:
        self._connections, self._send, self._squad = connections, send, squad
        self._connect, self._clock, self._seconds = connect, clock, seconds

    def look(self) -> None:
        """Tell everybody who has waited long enough, once each time they wait."""
        here = self._connections.user_ids()
        if not here or not self._squad.can_play:
            return
        with transaction(self._connect) as asked:
            offered = lobby.offer_bots(asked, here, self._clock() - timedelta(seconds=self._seconds))
        for user_id in offered:
            sids = [connection.sid for connection in self._connections.of_user(user_id)]
            self._send(sids, "bot_offered", {"after_seconds": self._seconds})
