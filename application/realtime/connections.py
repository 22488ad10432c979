"""Who is connected to this process: each connection with the user and the token it was opened with."""

from __future__ import annotations

import math
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from application.base.identity import Identity


class Pulse:
    """When something was last heard of a client, in seconds of the monotonic clock."""

    def __init__(self) -> None:
        self.heard_at = time.monotonic()

    def beat(self) -> float:
        """Something has been heard; returns the time."""
        self.heard_at = time.monotonic()
        return self.heard_at


@dataclass
class Connection:
    """One authenticated socket. Its requests take turns on ``turn``; ``waiting`` counts those that wait.

    ``revoked`` is whether the token has ended, after which the connection is about to be closed. ``offered`` are the
    ids of the matches that need not be announced to it: the one that was going on when it was opened, which its client
    asks for with ``resume``, and those that it has been sent from the first event on. ``ready`` is whether it is known
    which match was going on. ``address`` is where it comes from. ``left`` is whether it has left the room of its user's
    match, so that it no longer counts as presence there; ``ending`` is whether it was closed for its silence.
    """

    sid: str
    identity: Identity
    turn: Lock = field(default_factory=Lock)
    waiting: int = 0
    revoked: bool = False
    offered: set[int] = field(default_factory=set)
    ready: bool = False
    address: str = ""
    left: bool = False
    ending: bool = False
    pulse: Pulse = field(default_factory=Pulse)

    @property
    def user_id(self) -> int:
        """Whose connection it is."""
        return self.identity.user_id


class Connections:
    """The connections of this process, found by id, by user and by token."""

    def __init__(self, silent_after: float = math.inf) -> None:
        """A user who has not been heard from for ``silent_after`` seconds does not count as present."""
        self._silent_after = silent_after
        self.closed = 0
        """How many connections have ended so far."""
        self._by_sid: dict[str, Connection] = {}
        self._by_user: dict[int, dict[str, Connection]] = defaultdict(dict)

    def add(self, connection: Connection) -> None:
        """A connection was opened."""
        self._by_sid[connection.sid] = connection
        self._by_user[connection.user_id][connection.sid] = connection

    def remove(self, sid: str) -> Connection | None:
        """A connection ended. Returns it, or None when it was not known."""
        connection = self._by_sid.pop(sid, None)
        if connection is not None:
            self.closed += 1
            of_user = self._by_user[connection.user_id]
            of_user.pop(sid, None)
            if not of_user:
                del self._by_user[connection.user_id]
        return connection

    def get(self, sid: str) -> Connection | None:
        """The connection of this id, or None."""
        return self._by_sid.get(sid)

    def all(self) -> list[Connection]:
        """Every connection, the oldest first."""
        return list(self._by_sid.values())

    def of_user(self, user_id: int) -> list[Connection]:
        """All connections of the user."""
        return list(self._by_user[user_id].values()) if user_id in self._by_user else []

    def address_of(self, user_id: int) -> str:
        """Where the user's newest connection comes from; empty when there is none here."""
        return next((connection.address for connection in reversed(self.of_user(user_id))), "")

    def user_ids(self) -> list[int]:
        """Everybody who is present here."""
        return [user_id for user_id in self._by_user if self.is_online(user_id)]

    def expired(self, at: datetime) -> list[Connection]:
        """The connections whose token has expired by then."""
        return [connection for connection in self._by_sid.values() if connection.identity.expires_at <= at]

    def silent(self, within: float = 0.0) -> list[Connection]:
        """The connections that have been silent for too long, or will have been in ``within`` seconds, and those that
        were closed for it but are still listed."""
        limit = time.monotonic() - (self._silent_after - within)
        return [one for one in self._by_sid.values() if one.ending or one.pulse.heard_at < limit]

    def silent_user_ids(self) -> set[int]:
        """The users all of whose connections here are silent."""
        silent = self.silent()
        mute = {connection.sid for connection in silent}
        return {
            connection.user_id for connection in silent if mute.issuperset(self._by_user.get(connection.user_id, ()))
        }

    def tokens(self) -> list[str]:
        """The ``jti`` of every token that a connection was opened with."""
        return list({connection.identity.jti for connection in self._by_sid.values()})

    def of_token(self, jti: str) -> list[Connection]:
        """All connections that were opened with this token."""
        return [connection for connection in self._by_sid.values() if connection.identity.jti == jti]

    def is_online(self, user_id: int) -> bool:
        """Whether the user has a connection that has not left the room of their match."""
        return any(not connection.left for connection in self._by_user.get(user_id, {}).values())

    def count(self) -> int:
        """How many connections there are."""
        return len(self._by_sid)

    def count_users(self) -> int:
        """How many users are connected."""
        return len(self._by_user)
