"""How a connection comes to follow a room: it is given how the room stands, and then every event after that."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from application.base.clock import utc_now
from application.base.database import db
from application.matches.arrivals import Arrivals
from application.matches.reading import MatchReader
from application.matches.timeline import Timeline
from application.realtime.connections import Connection
from application.realtime.feed import Feed

Json = dict[str, Any]


class ComingBack:
    """Lets connections follow rooms."""

    def __init__(self, arrivals: Arrivals, reader: MatchReader, feed: Feed[Timeline]) -> None:
        self._arrivals, self._reader, self._feed = arrivals, reader, feed
        self.on_return: Callable[[int, str], None] = lambda _user_id, _room: None
        """Called with who comes back to which room, before they are told how it stands."""
        self.beside_the_view: Callable[[int, str], Json] = lambda _user_id, _room: {}
        """What else somebody is told who is given the whole view of a room."""

    def open(self, by: Connection, room: str, after: int | None = None) -> Json:
        """Let the connection follow the room: ``{room, version, now, view}``, or with ``after`` the events after that
        one in the place of the view. Raises MatchNotFound or NotAPlayer."""
        with self._feed.resuming(room, by.sid, by.user_id):
            timeline = self._reader.timeline(by.user_id, room=room)
            self.on_return(by.user_id, room)
            if self._arrivals.return_to(by.user_id, timeline) or self._reader.version(room) != timeline.version:
                timeline = self._reader.timeline(by.user_id, room=room)
            answer = self._reader.catch_up(timeline, by.user_id, after, utc_now())
            if "view" in answer:
                answer |= self.beside_the_view(by.user_id, room)
            by.offered.add(timeline.match_id)
            db.session.remove()
            # From here to the acknowledgement nothing may yield, or an event could overtake it.
            self._feed.follow(timeline, by.sid, by.user_id)
        return answer

    def version(self, room: str) -> int:
        """The number of the last event in the room."""
        return self._reader.version(room)
