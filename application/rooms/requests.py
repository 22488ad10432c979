"""What people ask of rooms over Socket.IO."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler
from pydantic_core import CoreSchema

from application.matches.arrivals import Arrivals
from application.matches.coming_back import ComingBack
from application.matches.errors import PlayerIsOut
from application.matches.requests import RoomRequest, VersionAck
from application.matches.service import Matches
from application.realtime.connections import Connection
from application.realtime.feed import Feed
from application.realtime.requests import Acknowledgement, Request, Room, Row, Text
from application.rooms.opening import Opening
from application.rooms.rules.events import As
from application.rooms.rules.settings import MAX_ID, ProblemWishes, RoomSettings
from application.rooms.service import Rooms
from application.rooms.wishes import Wishes

Json = dict[str, Any]


class _LikeSettings:
    """Describes what is given as the settings that it is to make, which say themselves what is wrong with it."""

    def __get_pydantic_json_schema__(self, _: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        return handler(RoomSettings.__pydantic_core_schema__)


SettingsGiven = Annotated[dict[str, Any], _LikeSettings()]
UserId = Annotated[int, Field(ge=1, le=MAX_ID)]


class CreateRoom(Request):
    """Open a room. You are its host, and play unless you say otherwise."""

    settings: SettingsGiven = Field(default_factory=dict)
    play: bool = True


class EnterRoom(Request):
    """Enter a room, to play or to watch; again, and you are told how it stands."""

    room: Room
    role: As = Field(alias="as")


class ChangeRoom(Request):
    """Give your room other settings, those that you name."""

    room: Room
    settings: SettingsGiven


class StartMatch(RoomRequest):
    """Begin a match with the players who are here."""


class FinishRound(RoomRequest):
    """Hand in nothing more in this round."""


class OfferRematch(RoomRequest):
    """Say that you would play again, in the same room."""


class MemberRequest(Request):
    """A request of the host about a member."""

    room: Room
    user_id: UserId


class RemoveMember(MemberRequest):
    """Send a member away, for good."""


class HandOver(MemberRequest):
    """Make a member the host in your place."""


class LeaveRoom(RoomRequest):
    """Leave the room; in a running match your opponents may claim the win at once."""


class Practise(Request):
    """Play alone, or against a bot. A match begins at once."""

    rank: Annotated[Text, Field(max_length=20)] | None = None
    topic: Annotated[Text, Field(max_length=40)] | None = None
    problem_id: UserId | None = None
    against: Literal["nobody", "bot"] = "nobody"
    round_seconds: int | None = Field(
        default=None, ge=30, le=7200, description="Left out: until you stop; against a bot as long as in a duel."
    )


class RoomAck(Acknowledgement):
    """The room as it stands."""

    room: str
    version: int
    now: str
    view: dict[str, Any]
    messages: list[dict[str, Any]] = Field(description="What was said last that you may read, up to 50.")


class RoomRequests:
    """The requests of rooms, on the services that carry them out."""

    def __init__(
        self,
        rooms: Rooms,
        wishes: Wishes,
        matches: Matches,
        arrivals: Arrivals,
        back: ComingBack,
        opening: Opening,
        feed: Feed[Any],
    ) -> None:
        self._rooms, self._wishes, self._matches, self._arrivals = rooms, wishes, matches, arrivals
        self._back, self._opening, self._feed = back, opening, feed

    def rows(self) -> list[Row]:
        """The table."""
        rooms = self._rooms
        return [
            Row("create_room", CreateRoom, RoomAck, self._create, arriving=True),
            Row("practise", Practise, RoomAck, self._practise, arriving=True),
            Row("enter_room", EnterRoom, RoomAck, self._enter, arriving=True),
            Row("leave_room", LeaveRoom, VersionAck, self._leave),
            Row(
                "change_room",
                ChangeRoom,
                VersionAck,
                lambda by, a: rooms.change(by.user_id, a.room, a.settings, a.client_id),
            ),
            Row("start_match", StartMatch, VersionAck, lambda by, a: rooms.start(by.user_id, a.room, a.client_id)),
            Row(
                "finish_round",
                FinishRound,
                VersionAck,
                lambda by, a: self._matches.finish_round(by.user_id, a.room, a.client_id),
                arriving=True,
            ),
            Row(
                "offer_rematch",
                OfferRematch,
                VersionAck,
                lambda by, a: rooms.offer_rematch(by.user_id, a.room, a.client_id),
                arriving=True,
            ),
            Row(
                "remove_member",
                RemoveMember,
                VersionAck,
                lambda by, a: rooms.remove(by.user_id, a.room, a.user_id, a.client_id),
            ),
            Row(
                "hand_over",
                HandOver,
                VersionAck,
                lambda by, a: rooms.hand_over(by.user_id, a.room, a.user_id, a.client_id),
            ),
        ]

    def _create(self, by: Connection, asked: CreateRoom) -> Json:
        return self._opening.open(
            by, lambda code: self._rooms.create(by.user_id, code, asked.settings, asked.play, asked.client_id)
        )

    def _practise(self, by: Connection, asked: Practise) -> Json:
        ids = None if asked.problem_id is None else [asked.problem_id]
        wishes = ProblemWishes(rank=asked.rank, topic=asked.topic, ids=ids)
        bot = asked.against == "bot"
        settings = self._wishes.of_practice(wishes, asked.round_seconds, bot)
        return self._opening.open(
            by, lambda code: self._rooms.practise(by.user_id, code, settings, asked.client_id, bot)
        )

    def _enter(self, by: Connection, asked: EnterRoom) -> Json:
        with self._feed.resuming(asked.room, by.sid, by.user_id):
            self._rooms.enter(by.user_id, asked.room, asked.role, asked.client_id)
            return self._back.open(by, asked.room)

    def _leave(self, by: Connection, asked: LeaveRoom) -> Json:
        if self._arrivals.live_room(by.user_id) != asked.room:
            following = self._feed.following(asked.room)
            if any(user_id == by.user_id for sid, user_id in following.items() if sid != by.sid):
                self._feed.unfollow(asked.room, by.sid)  # the last connection counts
                return {"version": self._back.version(asked.room)}
            answer = self._rooms.leave(by.user_id, asked.room, asked.client_id)
            self._feed.unfollow(asked.room, by.sid)
            return answer
        by.left = True
        try:
            answer = self._matches.leave(by.user_id, asked.room, asked.client_id)
        except PlayerIsOut:
            answer = self._rooms.leave(by.user_id, asked.room, asked.client_id)
        finally:
            if not self._arrivals.is_live(by.user_id, asked.room):
                by.left = False
                self._arrivals.online(by.user_id)
        self._feed.unfollow(asked.room, by.sid)
        return answer
