"""Tells people of challenges: on every connection, once; also on one that is opened while the challenge waits."""

from __future__ import annotations

from application.base.timestamp import iso
from application.realtime.connections import Connections
from application.realtime.feed import Send
from application.rooms.challenges import Challenge, Challenges
from application.rooms.rules.settings import shown


class ChallengeNotices:
    """What this process has told of challenges. It looks at them rather than being told: whoever made one may be
    connected to another process, or have died since."""

    def __init__(self, challenges: Challenges, connections: Connections, send: Send) -> None:
        self._challenges, self._connections, self._send = challenges, connections, send
        self._told: dict[str, set[tuple[str, str | None]]] = {}

    def look(self) -> None:
        """Tell the connections here what they have not been told."""
        told: dict[str, set[tuple[str, str | None]]] = {}
        for challenge in self._challenges.lately():
            concerned = [challenge.to_id] if challenge.reason is None else [challenge.from_id, challenge.to_id]
            for connection in (one for user_id in concerned for one in self._connections.of_user(user_id)):
                if connection.ready:
                    self._tell(connection.sid, challenge, told)
        self._told = told

    def _tell(self, sid: str, challenge: Challenge, told: dict[str, set[tuple[str, str | None]]]) -> None:
        what = (challenge.room, challenge.reason)
        told.setdefault(sid, set()).add(what)
        if what in self._told.get(sid, ()):
            return
        if challenge.reason is None:
            body = {
                "room": challenge.room,
                "from": challenge.from_name,
                "settings": shown(challenge.settings),
                "expires_at": iso(challenge.expires_at),
            }
            self._send([sid], "challenged", body)
        else:
            self._send([sid], "challenge_ended", {"room": challenge.room, "reason": challenge.reason})
