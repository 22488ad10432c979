"""The door for the classic client: connections without a token, which name their user in what they send.

What a connection sends goes to the room that it sits in and to nobody else. Whether it may sit there, and what a frame
means, is decided by ``classic/rooms.py``.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Annotated, Any

from flask_socketio import SocketIO
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, TypeAdapter, ValidationError

from application.base.database import db
from application.base.errors import InvalidRequest, RateLimited, UnknownEvent
from application.classic import errors
from application.classic.audience import Audience
from application.classic.rooms import ClassicRooms, ClassicSeat
from application.classic.rules import Question, stored_id
from application.matches.errors import NotAPlayer
from application.realtime.requests import MAX_CODE_LENGTH, Room, Text, flaws, refusal

Json = dict[str, Any]

BURST_SECONDS = 2
"""How many seconds' worth of frames of one kind a connection may send at once. What comes beyond is dropped."""

MAX_WAITING = 32
"""How many frames of one connection may wait for their turn."""


Id = Annotated[int, BeforeValidator(stored_id), Field(strict=True)]
Name = Annotated[Text, Field(min_length=1, max_length=100)]
Written = Annotated[Text, Field(max_length=MAX_CODE_LENGTH)]


class _Frame(BaseModel):
    """What the client sends; it is older than this server, and may send more than is read here."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class JoinRoom(_Frame):
    """Look for an opponent."""

    username: Name
    user_id: Id = Field(alias="userId")


class SeatedIn(_Frame):
    """Where the page of the game believes to be, and as whom."""

    room: Room
    name: Name


class SendRooms(_Frame):
    """The page of the game was opened."""

    r: SeatedIn


class SettingQuestion(_Frame):
    """The question that this page was given."""

    question: Written = Field(alias="initialQ")
    testcases: Written = Field(alias="testCase")
    expected: Written = Field(alias="expectedOutcome")


class InRoom(_Frame):
    """Something about the room and nothing else."""

    room: Room


class Allowance:
    """How many frames may still be taken in; it grows with time, up to a limit. Moments are in seconds."""

    def __init__(self, per_second: float) -> None:
        self.per_second, self.most = per_second, BURST_SECONDS * per_second
        self.left, self.since = self.most, 0.0

    def spend(self, now: float) -> bool:
        """Take one, if there is one to take."""
        self.left = min(self.most, self.left + (now - self.since) * self.per_second)
        self.since = now
        if self.left < 1:
            return False
        self.left -= 1
        return True


@dataclass
class _Connection:
    sid: str
    allowances: defaultdict[str, Allowance]
    seat: ClassicSeat | None = None
    user_id: int | None = None
    """Whom the connection has named as its user, also after it left the room."""
    turn: Lock = field(default_factory=Lock)
    waiting: int = 0


Call = Callable[[_Connection, Any], Json | None]


class ClassicDoor:
    """Everything that comes in over connections without a token."""

    def __init__(self, socketio: SocketIO, rooms: ClassicRooms, audience: Audience, per_second: float) -> None:
        """``per_second``: frames of one kind that a connection may go on sending."""
        self._socketio, self._rooms, self._audience = socketio, rooms, audience
        self._per_second = per_second
        self._connections: dict[str, _Connection] = {}
        nothing: TypeAdapter[Any] = TypeAdapter(Any)
        in_room: TypeAdapter[Any] = TypeAdapter(InRoom)
        an_id: TypeAdapter[Any] = TypeAdapter(Id)
        self._calls: dict[str, tuple[TypeAdapter[Any], Call]] = {
            "join_room": (TypeAdapter(JoinRoom), self._join),
            "sendRooms": (TypeAdapter(SendRooms), self._sit),
            "setting_question": (TypeAdapter(SettingQuestion), self._set_question),
            "getting_question": (nothing, self._get_question),
            "button_press": (in_room, self._press),
            "button_enable": (in_room, self._passed_on("button_enabled")),
            "display_popup": (in_room, self._passed_on("displayed_popup")),
            "hide_popup": (in_room, self._passed_on("hidden_popup")),
            "check_answer": (TypeAdapter(StrictBool | None), self._check_answer),
            "set_opponent": (an_id, self._set_opponent),
            "set_winner": (an_id, self._set_winner),
            "send_user_rooms": (nothing, self._send_user_rooms),
            "leave_room": (in_room, self._leave),
        }

    def open(self, sid: str) -> None:
        """A connection without a token was opened."""
        self._connections[sid] = _Connection(sid, defaultdict(lambda: Allowance(self._per_second)))

    def knows(self, sid: str) -> bool:
        """Whether this is a connection without a token."""
        return sid in self._connections

    def close(self, sid: str) -> None:
        """The connection has ended; its user keeps their seat."""
        connection = self._connections.pop(sid, None)
        if connection and connection.seat:
            self._audience.leave(sid, connection.seat.room)
        if connection and connection.user_id is not None:
            self._rooms.end(sid)

    def keep_seen(self) -> None:
        """Note which connections last; to be called every few seconds."""
        self._rooms.keep_seen([sid for sid, connection in self._connections.items() if connection.seat])

    def handle(self, sid: str, event: str, payload: tuple[object, ...]) -> Json:
        """Carry one frame out; its acknowledgement."""
        connection = self._connections.get(sid)
        if connection is None or event not in self._calls:
            return refusal(UnknownEvent(f"There is no event {event[:40]!r}."))
        adapter, call = self._calls[event]
        failed: Json = {"success": False} if event == "join_room" else {}
        connection.waiting += 1
        try:
            asked = _parse(adapter, payload)
            if not connection.allowances[event].spend(time.monotonic()) or connection.waiting > MAX_WAITING:
                raise RateLimited(retry_after=1)
            with connection.turn:
                return call(connection, asked) or {"ok": True}
        except Exception as error:
            return failed | refusal(error, event)
        finally:
            connection.waiting -= 1
            db.session.remove()

    # --- taking a seat

    def _join(self, by: _Connection, asked: JoinRoom) -> Json:
        seat = self._rooms.join(by.sid, asked.username, asked.user_id)
        self._take(by, seat)
        found = {"room": seat.room, "name": seat.username, "success": True}
        self._socketio.emit("receiveData", found, to=by.sid)
        return {"success": True, "room": seat.room}

    def _sit(self, by: _Connection, asked: SendRooms) -> None:
        seat = self._rooms.sit(by.sid, asked.r.room, asked.r.name, by.user_id)
        self._take(by, seat)
        self._tell(seat, "receiveRooms2", self._rooms.shown(seat.room))

    def _take(self, by: _Connection, seat: ClassicSeat) -> None:
        """From now on the connection hears what is said in this room, and in no other."""
        if by.seat and by.seat.room != seat.room:
            self._audience.leave(by.sid, by.seat.room)
        by.seat, by.user_id = seat, seat.user_id
        self._audience.enter(by.sid, seat.room)
        if not self.knows(by.sid):
            self._audience.leave(by.sid, seat.room)
            self._rooms.end(by.sid)

    def _leave(self, by: _Connection, asked: InRoom) -> None:
        seat = _seat(by, asked.room)
        self._rooms.leave(seat)
        by.seat = None
        self._audience.leave(by.sid, seat.room)

    def _send_user_rooms(self, by: _Connection, _asked: object) -> None:
        rooms = self._rooms.names(by.seat.room) if by.seat else {}
        self._socketio.emit("sendback_user_rooms", rooms, to=by.sid)

    # --- playing

    def _set_question(self, by: _Connection, asked: SettingQuestion) -> None:
        question = Question(asked.question, asked.testcases, asked.expected)
        if not (question.question or question.testcases or question.expected):
            raise InvalidRequest("There is nothing in the question.")
        self._rooms.set_question(_seat(by).room, question)

    def _get_question(self, by: _Connection, _asked: object) -> None:
        seat = _seat(by)
        question = self._rooms.question(seat.room)
        if question is not None:
            found = {
                "question": question.question,
                "testcases": question.testcases,
                "expected": question.expected,
            }
            self._tell(seat, "got_question", found)

    def _press(self, by: _Connection, asked: InRoom) -> None:
        seat = _seat(by, asked.room)
        self._rooms.press(seat.room)
        self._tell(seat, "button_pressed")

    def _passed_on(self, event: str) -> Call:
        return lambda by, asked: self._tell(_seat(by, asked.room), event)

    def _check_answer(self, by: _Connection, right: bool | None) -> None:
        self._tell(_seat(by), "checked_answer", *([] if right is None else [right]))

    def _set_opponent(self, by: _Connection, _own: int) -> None:
        opponent = self._rooms.opponent(_seat(by))
        if opponent is not None:
            self._socketio.emit("opponent_set", opponent, to=by.sid)

    def _set_winner(self, by: _Connection, named: int) -> None:
        seat = _seat(by)
        self._tell(seat, "winner_set", self._rooms.announce_winner(seat, named))

    def _tell(self, seat: ClassicSeat, event: str, *said: object) -> None:
        self._audience.tell(seat.room, event, *said)


def _seat(by: _Connection, room: str | None = None) -> ClassicSeat:
    """Where the connection sits; raises NotSeated, or NotAPlayer when it names another room than that."""
    if by.seat is None:
        raise errors.NotSeated
    if room not in (None, by.seat.room):
        raise NotAPlayer
    return by.seat


def _parse(adapter: TypeAdapter[Any], payload: tuple[object, ...]) -> Any:
    """What a frame carries: one value at most. Raises InvalidRequest, with a reason for every field."""
    if len(payload) > 1:
        raise InvalidRequest("A frame carries one value.")
    try:
        return adapter.validate_python(payload[0] if payload else None)
    except ValidationError as error:
        raise InvalidRequest(fields=flaws(error)) from error
