"""Brings each event of a match to each connection that follows it, once and in order.

For every connection the publisher keeps the number of the last event it was given. Whatever order publications arrive
in, each connection gets what follows that number in the newest journal seen, so there is no hole and no repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from application.matches.journal import Timeline
from application.matches.rules.state import Phase
from application.realtime.connections import Connection, Connections

Send = Callable[[str, str, dict[str, Any]], None]
"""Sends to the connection (its id), the event (its name), what it carries."""


@dataclass
class _Room:
    newest: Timeline | None = None
    followers: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    """By connection: whose it is, and the last event it was given; None while its resume is still being answered."""


class RoomPublisher:
    """Follows matches on behalf of connections. Nothing in here yields to another greenlet on its own account."""

    def __init__(self, connections: Connections, send: Send) -> None:
        self._connections, self._send = connections, send
        self._rooms: dict[str, _Room] = {}

    def open(self, timeline: Timeline) -> None:
        """A match is about to begin: every connection of its players follows it from its first event on.

        Called before the commit, or the countdown could end, and be published, before anybody follows.
        """
        for user_id in timeline.user_ids:
            for connection in self._connections.of_user(user_id):
                self._follow_from_the_start(timeline, connection)

    def offer(self, timeline: Timeline) -> None:
        """A match has begun on another process: tell the connections of its players that have not been told."""
        if timeline.state.phase is not Phase.FINISHED:
            for connection in self._untold(timeline.match_id, timeline.user_ids):
                self._follow_from_the_start(timeline, connection)

    def is_behind(self, match_id: int, room: str, version: int, user_ids: Iterable[int]) -> bool:
        """Whether anybody here has not been given this version of a match's journal, or has not been told of it."""
        followed = self._rooms.get(room)
        newest = followed.newest.version if followed and followed.newest else 0
        return bool((followed and newest < version) or self._untold(match_id, user_ids))

    def rooms(self) -> list[str]:
        """The rooms that anybody here follows."""
        return list(self._rooms)

    def publish(self, timeline: Timeline) -> None:
        """Send every connection that follows the room what it has not been given yet."""
        room = self._rooms.get(timeline.room)
        if room is None:
            return
        if room.newest is None or timeline.version > room.newest.version:
            room.newest = timeline
        for sid in list(room.followers):
            self._bring_up(room, sid)
        if room.newest.state.phase is Phase.FINISHED:
            self._rooms.pop(timeline.room, None)

    @contextmanager
    def resuming(self, room: str, sid: str, user_id: int) -> Iterator[None]:
        """While the journal is read for a connection, what is published meanwhile is kept for it.

        If the block fails, a connection that did not follow the room before does not follow it after.
        """
        followers = self._rooms.setdefault(room, _Room()).followers
        new = sid not in followers
        followers.setdefault(sid, (user_id, None))
        try:
            yield
        except BaseException:
            if new:
                self.unfollow(room, sid)
            raise

    def follow(self, timeline: Timeline, sid: str, user_id: int) -> None:
        """Send the connection from now on what comes after this journal, which it is being given by its caller."""
        if timeline.state.phase is Phase.FINISHED:
            self.unfollow(timeline.room, sid)
            return
        room = self._rooms.setdefault(timeline.room, _Room())
        _, given = room.followers.get(sid, (user_id, None))
        room.followers[sid] = (user_id, max(given or 0, timeline.version))
        self._bring_up(room, sid)

    def unfollow(self, room: str, sid: str) -> None:
        """Send the connection nothing more of this room."""
        followed = self._rooms.get(room)
        if followed:
            followed.followers.pop(sid, None)
            if not followed.followers:
                del self._rooms[room]

    def forget(self, sid: str) -> None:
        """The connection has ended."""
        for room in [name for name, followed in self._rooms.items() if sid in followed.followers]:
            self.unfollow(room, sid)

    def _untold(self, match_id: int, user_ids: Iterable[int]) -> list[Connection]:
        """The players' connections that are to be told of the match."""
        connections = [connection for user_id in user_ids for connection in self._connections.of_user(user_id)]
        return [connection for connection in connections if connection.ready and match_id not in connection.offered]

    def _follow_from_the_start(self, timeline: Timeline, connection: Connection) -> None:
        if timeline.match_id not in connection.offered:
            connection.offered.add(timeline.match_id)
            followers = self._rooms.setdefault(timeline.room, _Room()).followers
            followers.setdefault(connection.sid, (connection.user_id, 0))

    def _bring_up(self, room: _Room, sid: str) -> None:
        newest = room.newest
        user_id, given = room.followers[sid]
        if newest is None or given is None or newest.version <= given:
            return
        room.followers[sid] = (user_id, newest.version)
        for name, envelope in newest.envelopes(user_id, given):
            self._send(sid, name, envelope)
