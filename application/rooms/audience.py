"""Tells those in a room how many look on."""

from __future__ import annotations

from typing import Any

from application.realtime.feed import Feed, Send
from application.rooms.watching import Watching


class AudienceCount:
    """The numbers that this process has told last, by room."""

    def __init__(self, watching: Watching, feed: Feed[Any], send: Send) -> None:
        self._watching, self._feed, self._send = watching, feed, send
        self._told: dict[str, int] = {}

    def look(self) -> None:
        """Tell the connections here about every number that has changed."""
        rooms = self._feed.rooms()
        if not rooms:
            self._told.clear()
            return
        counts = self._watching.count(rooms)
        for room in rooms:
            watchers = counts.get(room, 0)
            if watchers != self._told.get(room, 0):
                self._send(list(self._feed.following(room)), "audience", {"room": room, "watchers": watchers})
        self._told = counts
