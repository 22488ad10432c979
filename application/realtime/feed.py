"""Brings each event of a journal to each connection that follows it, once and in order.

For every connection the feed keeps the number of the last event it was given. Whatever order publications arrive in,
each connection gets what follows that number in the newest journal seen, so there is no hole and no repeat. An event is
shown and encoded once for all who see the same of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from application.realtime.connections import Connection, Connections

Json = dict[str, Any]
Send = Callable[[Sequence[str], str, Json], None]
"""Sends to the connections (their ids), the event (its name), what it carries."""


class Entry(Protocol):
    """An event with its number."""

    @property
    def version(self) -> int:
        """Its number in its room."""
        ...


E = TypeVar("E", bound=Entry)


class Followed(Protocol[E]):
    """A journal as it stands at one version, and what of it is shown to whom."""

    @property
    def room(self) -> str:
        """The code of its room."""
        ...

    @property
    def version(self) -> int:
        """The number of its last event."""
        ...

    @property
    def first(self) -> int:
        """The number of the first event that it has."""
        ...

    @property
    def match_id(self) -> int:
        """The match that is or was last played in the room."""
        ...

    @property
    def user_ids(self) -> Sequence[int]:
        """Who plays in it."""
        ...

    @property
    def is_over(self) -> bool:
        """Whether that match is over."""
        ...

    @property
    def is_closed(self) -> bool:
        """Whether nothing more will happen in the room."""
        ...

    def after(self, version: int) -> Sequence[E]:
        """The events after this one."""
        ...

    def leaving(self, entry: E) -> Callable[[int], bool] | None:
        """Which users do not follow the room any more after this event; None: everybody does still."""
        ...

    def concerned(self, entry: E) -> Collection[int]:
        """The users to whom this event is shown in a form of their own."""
        ...

    def envelope(self, entry: E, reader: int | None) -> tuple[str, Json]:
        """Name and envelope of an event as ``reader`` may see it; None: anybody it does not concern."""
        ...


J = TypeVar("J", bound=Followed[Any])


@dataclass
class _Room(Generic[J]):
    newest: J | None = None
    followers: dict[str, tuple[int, int | None]] = field(default_factory=dict)
    """By connection: whose it is, and the last event it was given; None while its resume is still being answered."""


class Feed(Generic[J]):
    """Follows journals on behalf of connections. Nothing in here yields to another greenlet on its own account."""

    def __init__(self, connections: Connections, send: Send) -> None:
        self._connections, self._send = connections, send
        self._rooms: dict[str, _Room[J]] = {}
        self._followed: defaultdict[str, set[str]] = defaultdict(set)
        """The rooms that each connection follows."""

    def open(self, journal: J) -> None:
        """A match is about to begin: every connection of its players follows it from its first event on.

        Called before the commit, or the countdown could end, and be published, before anybody follows.
        """
        for user_id in journal.user_ids:
            for connection in self._connections.of_user(user_id):
                self._follow_from_the_start(journal, connection)

    def offer(self, journal: J) -> None:
        """A match has begun on another process: tell the connections of its players that have not been told."""
        if not journal.is_over:
            for connection in self._untold(journal.match_id, journal.user_ids):
                self._follow_from_the_start(journal, connection)

    def is_behind(self, match_id: int, room: str, version: int, user_ids: Iterable[int]) -> bool:
        """Whether a connection here has not been sent this version of the journal, or has not been told of its
        match."""
        followed = self._rooms.get(room)
        given = [given for _, given in followed.followers.values() if given is not None] if followed else []
        return (bool(given) and min(given) < version) or bool(self._untold(match_id, user_ids))

    def rooms(self) -> list[str]:
        """The rooms that connections here follow."""
        return list(self._rooms)

    def following(self, room: str) -> dict[str, int]:
        """The connections here that follow the room, with whose they are."""
        followed = self._rooms.get(room)
        return {sid: user_id for sid, (user_id, _) in followed.followers.items()} if followed else {}

    def missed(self, journal: J) -> int | None:
        """The earliest event that a connection here was given last, where what follows it is older than what this
        journal has."""
        room = self._rooms.get(journal.room)
        given = [given for _, given in room.followers.values() if given is not None] if room else []
        return min(given) if given and min(given) + 1 < journal.first else None

    def publish(self, journal: J) -> None:
        """Send every connection that follows the room what it has not been sent yet."""
        room = self._rooms.get(journal.room)
        if room is None:
            return
        stand = (room.newest.version, -room.newest.first) if room.newest else (0, 0)
        if (journal.version, -journal.first) > stand:
            room.newest = journal
        self._bring_up(room, list(room.followers))
        if room.newest is not None and room.newest.is_closed:
            for sid in list(room.followers):
                self.unfollow(journal.room, sid)

    @contextmanager
    def resuming(self, room: str, sid: str, user_id: int) -> Iterator[None]:
        """While the journal is read for a connection, newly published events are kept for it.

        If the block fails, a connection that did not follow the room before does not follow it after.
        """
        new = room not in self._followed.get(sid, ())
        if new:
            self._room_of(room, sid).followers[sid] = (user_id, None)
        try:
            yield
        except BaseException:
            if new:
                self.unfollow(room, sid)
            raise

    def follow(self, journal: J, sid: str, user_id: int) -> None:
        """From now on, send the connection what comes after this journal; the caller sends it the journal itself."""
        if journal.is_closed:
            self.unfollow(journal.room, sid)
            return
        room = self._room_of(journal.room, sid)
        _, given = room.followers.get(sid, (user_id, None))
        room.followers[sid] = (user_id, max(given or 0, journal.version))
        self._bring_up(room, [sid])

    def unfollow(self, room: str, sid: str) -> None:
        """Send the connection nothing more of this room."""
        followed = self._rooms.get(room)
        if followed:
            followed.followers.pop(sid, None)
            if not followed.followers:
                del self._rooms[room]
        rooms = self._followed.get(sid, set())
        rooms.discard(room)
        if not rooms:
            self._followed.pop(sid, None)

    def forget(self, sid: str) -> None:
        """The connection has ended."""
        for room in list(self._followed.get(sid, ())):
            self.unfollow(room, sid)

    def _room_of(self, room: str, sid: str) -> _Room[J]:
        """The room, which the connection is about to follow."""
        self._followed[sid].add(room)
        return self._rooms.setdefault(room, _Room())

    def _let_go_of_finished(self, sid: str, but: str) -> None:
        """A match begins for the connection in room ``but``: it follows no other any more whose match is over."""
        for room in list(self._followed.get(sid, ())):
            newest = self._rooms[room].newest
            if room != but and newest is not None and newest.is_over:
                self.unfollow(room, sid)

    def _untold(self, match_id: int, user_ids: Iterable[int]) -> list[Connection]:
        """The players' connections that are to be told of the match."""
        connections = [connection for user_id in user_ids for connection in self._connections.of_user(user_id)]
        return [connection for connection in connections if connection.ready and match_id not in connection.offered]

    def _follow_from_the_start(self, journal: J, connection: Connection) -> None:
        if journal.match_id not in connection.offered:
            connection.offered.add(journal.match_id)
            self._let_go_of_finished(connection.sid, journal.room)
            room = self._room_of(journal.room, connection.sid)
            room.followers.setdefault(connection.sid, (connection.user_id, journal.first - 1))

    def _bring_up(self, room: _Room[J], sids: Sequence[str]) -> None:
        """Send these connections what the newest journal has and they have not; those that have missed more than it
        has are left for one that reaches further back."""
        newest = room.newest
        if newest is None:
            return
        behind = [
            (given, sid, user_id)
            for sid in sids
            for user_id, given in (room.followers[sid],)
            if given is not None and newest.first - 1 <= given < newest.version
        ]
        if not behind:
            return
        for _, sid, user_id in behind:
            room.followers[sid] = (user_id, newest.version)
        for entry in newest.after(min(given for given, _, _ in behind)):
            concerned = newest.concerned(entry)
            groups: dict[int | None, list[str]] = {}
            for given, sid, user_id in behind:
                if given < entry.version:
                    groups.setdefault(user_id if user_id in concerned else None, []).append(sid)
            for reader, group in groups.items():
                self._send(group, *newest.envelope(entry, reader))
            if leaves := newest.leaving(entry):
                behind = self._see_out(newest.room, entry.version, leaves, behind)

    def _see_out(
        self, code: str, version: int, leaves: Callable[[int], bool], behind: Sequence[tuple[int, str, int]]
    ) -> list[tuple[int, str, int]]:
        """Some users have left the room with this event: their connections follow it no longer, but for those that
        have come again since and were given it with all that was before. The connections that are ``behind`` still."""
        staying = []
        for given, sid, user_id in behind:
            if given < version and leaves(user_id):
                self.unfollow(code, sid)
            else:
                staying.append((given, sid, user_id))
        return staying
