"""What people ask over Socket.IO when they talk."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from application.chat.rules import MAX_TEXT, Channel
from application.chat.service import Chat
from application.realtime.requests import Acknowledgement, Request, Room, Row, Text

MAX_MUTE_SECONDS = 86_400

Username = Annotated[Text, Field(min_length=1, max_length=100, description="A username, in any case.")]
Said = Annotated[
    Text,
    Field(
        min_length=1,
        max_length=4000,
        description=f"Up to {MAX_TEXT} characters, when signs that cannot be seen are taken out of it.",
    ),
]
Id = Annotated[int, Field(ge=1, le=2**31 - 1)]


class Say(Request):
    """Say something in a room. ``watchers`` is read by those who watch a running match, and not by those who play."""

    room: Room
    text: Said
    channel: Channel = "room"


class Tell(Request):
    """Say something to one person."""

    username: Username
    text: Said


class Unsay(Request):
    """Hide a message: your own, one of a room that you host, or as a teacher any."""

    message_id: Id


class Mute(Request):
    """Have somebody say nothing in a room for a time; as its host or a teacher."""

    room: Room
    user_id: Id
    seconds: int = Field(ge=0, le=MAX_MUTE_SECONDS, description="From now on; 0: no longer.")


class Block(Request):
    """Be shown nothing more of what somebody says; neither of you can ``tell`` the other anything."""

    username: Username


class Unblock(Request):
    """Be shown again what somebody says."""

    username: Username


class ReportMessage(Request):
    """Report a message, with the ten before it, to the teachers."""

    message_id: Id
    reason: Annotated[Text, Field(min_length=1, max_length=4000, description="Up to 1000 characters.")]


class MessageAck(Acknowledgement):
    """The number of the message."""

    message_id: int


class MuteAck(Acknowledgement):
    """Until when; null where it ends now."""

    until: str | None


class ReportMessageAck(Acknowledgement):
    """The number of the report: of the first, where you had reported the message before."""

    report_id: int


class ChatRequests:
    """The requests of chat, on the service that carries them out."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    def rows(self) -> list[Row]:
        """The table."""
        chat = self._chat
        return [
            Row("say", Say, MessageAck, lambda by, a: chat.say(by.user_id, a.room, a.text, a.channel, a.client_id)),
            Row("tell", Tell, MessageAck, lambda by, a: chat.tell(by.user_id, a.username, a.text, a.client_id)),
            Row("unsay", Unsay, Acknowledgement, lambda by, a: chat.unsay(by.user_id, a.message_id)),
            Row("mute", Mute, MuteAck, lambda by, a: chat.mute(by.user_id, a.room, a.user_id, a.seconds)),
            Row("block", Block, Acknowledgement, lambda by, a: chat.block(by.user_id, a.username)),
            Row("unblock", Unblock, Acknowledgement, lambda by, a: chat.unblock(by.user_id, a.username)),
            Row(
                "report_message",
                ReportMessage,
                ReportMessageAck,
                lambda by, a: chat.report(by.user_id, a.message_id, a.reason),
            ),
        ]
