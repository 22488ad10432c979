"""Challenging somebody by name, over Socket.IO."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from application.matches.requests import RoomRequest
from application.realtime.connections import Connection
from application.realtime.requests import Acknowledgement, Request, Row, Text
from application.rooms.challenge_notices import ChallengeNotices
from application.rooms.challenges import Challenges, Json
from application.rooms.opening import Opening
from application.rooms.requests import RoomAck, SettingsGiven


class ChallengeSomebody(Request):
    """Open a room that waits ten minutes for somebody; the match begins when they enter it."""

    username: Annotated[Text, Field(min_length=1, max_length=40)]
    settings: SettingsGiven = Field(default_factory=dict)


class DeclineChallenge(RoomRequest):
    """Let whoever challenged you know that you will not come."""


class ChallengeRequests:
    """The requests about challenges."""

    def __init__(self, challenges: Challenges, notices: ChallengeNotices, opening: Opening) -> None:
        self._challenges, self._notices, self._opening = challenges, notices, opening

    def rows(self) -> list[Row]:
        """The table."""
        return [
            Row("challenge", ChallengeSomebody, RoomAck, self._challenge, arriving=True),
            Row("decline_challenge", DeclineChallenge, Acknowledgement, self._decline),
        ]

    def _challenge(self, by: Connection, asked: ChallengeSomebody) -> Json:
        answer = self._opening.open(
            by,
            lambda code: self._challenges.challenge(by.user_id, code, asked.username, asked.settings, asked.client_id),
        )
        self._notices.look()
        return answer

    def _decline(self, by: Connection, asked: DeclineChallenge) -> Json:
        answer = self._challenges.decline(by.user_id, asked.room)
        self._notices.look()
        return answer
