"""A connection in a room that is being made: what is told in it comes after the answer that describes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from application.journal.engine import room_code
from application.journal.errors import RoomCodeTaken
from application.matches.coming_back import ComingBack
from application.realtime.connections import Connection
from application.realtime.feed import Feed

Json = dict[str, Any]


class Opening:
    """Makes rooms for connections, which follow them from then on."""

    def __init__(self, back: ComingBack, feed: Feed[Any]) -> None:
        self._back, self._feed = back, feed

    def open(self, by: Connection, make: Callable[[str], Json]) -> Json:
        """The answer of ``resume`` in the room that ``make``, given a code, has made, or had made before when the same
        command comes again."""
        while True:
            code = room_code()
            try:
                with self._feed.resuming(code, by.sid, by.user_id):
                    made = make(code)
                    if made["room"] == code:
                        return self._back.open(by, code)
                    self._feed.unfollow(code, by.sid)
                return self._back.open(by, made["room"])
            except RoomCodeTaken:
                continue
