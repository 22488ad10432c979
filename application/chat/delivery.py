"""Brings what was said to those who are connected and may read it, to this process and to the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import structlog
from sqlalchemy import select

from application.base.database import db
from application.chat import lines
from application.chat.company import Company
from application.chat.lines import Line
from application.chat.models import ChatBlock
from application.realtime.connections import Connections

Json = dict[str, Any]
Send = Callable[[Sequence[str], str, Json], None]

SAID, HIDDEN = "said", "hidden"
"""What may have become of a message."""

log = structlog.get_logger()


class Following(Protocol):
    """Knows which connections follow a room."""

    def following(self, room: str) -> dict[str, int]:
        """The connections of this process that follow the room, by id, with whose they are."""
        ...


class Delivery:
    """Tells people of messages. One that does not arrive is not lost: it is kept, and paged."""

    def __init__(
        self,
        company: Company,
        connections: Connections,
        feed: Following,
        send: Send,
        tell: Callable[[str, int], None],
    ) -> None:
        """``tell`` lets the other processes know what became of the message of this number."""
        self._company, self._connections, self._feed = company, connections, feed
        self._send, self._tell = send, tell

    def publish(self, became: str, line: Line) -> None:
        """This became of the message, and that is committed. Does not fail."""
        try:
            self._tell(became, line.message_id)
            self._bring(became, line)
        except Exception as error:
            log.warning("message_not_brought", message_id=line.message_id, error=str(error).splitlines()[:1])

    def hear(self, became: str, message_id: int) -> None:
        """This became of a message at another process."""
        line = lines.find(message_id)
        db.session.rollback()  # gives the connection back, for what is asked of the company
        if line is not None:
            self._bring(became, line)

    def _bring(self, became: str, line: Line) -> None:
        readers = self._readers(line)
        blocked = select(ChatBlock.user_id).where(
            ChatBlock.blocked_id == line.user_id, ChatBlock.user_id.in_(set(readers.values()))
        )
        deaf = set(db.session.scalars(blocked)) if line.to_id is None else set()
        sids = [sid for sid, user_id in readers.items() if user_id not in deaf]
        if became == HIDDEN:
            self._send(sids, "message_hidden", {"message_id": line.message_id})
        elif not line.hidden:
            self._send(sids, "told" if line.to_id else "message", line.shown())

    def _readers(self, line: Line) -> dict[str, int]:
        """The connections here of those who may read the message, with whose they are."""
        if line.room is None:
            return {
                connection.sid: user_id
                for user_id in (line.user_id, line.to_id or 0)
                for connection in self._connections.of_user(user_id)
            }
        seated = self._company.seated(line.room)
        # Who has played hears what is said afterwards, when there is no journal to follow any more.
        readers = self._feed.following(line.room) | {
            connection.sid: user_id
            for user_id in seated.user_ids
            for connection in self._connections.of_user(user_id)
            if not connection.left
        }
        if line.channel == "watchers" and seated.playing:
            return {sid: user_id for sid, user_id in readers.items() if user_id not in seated.user_ids}
        return readers
