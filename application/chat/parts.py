"""The parts of chat: what people say in rooms and to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from limits.storage import Storage

from application.accounts.service import Users
from application.accounts.tokens import Tokens
from application.base.clock import Clock
from application.base.config import Settings
from application.base.database import connect
from application.base.rates import Rate
from application.chat import http
from application.chat.announcements import SAYINGS
from application.chat.company import Company
from application.chat.delivery import Delivery
from application.chat.requests import ChatRequests
from application.chat.service import Chat
from application.matches.coming_back import ComingBack
from application.realtime.contribution import Contribution
from application.realtime.parts import Sockets

TALK_RATE = "5 per 10 seconds"
"""How often somebody may say something, wherever it is."""

REPORT_RATE = "20 per hour"
"""How often somebody may report a message."""


@dataclass(frozen=True)
class Talk:
    """What is said."""

    chat: Chat
    contribution: Contribution


def build(
    settings: Settings,
    clock: Clock,
    storage: Storage | None,
    sockets: Sockets[Any],
    users: Users,
    tokens: Tokens,
    company: Company,
    back: ComingBack,
) -> Talk:
    """``company`` knows who is in which room; ``back`` is told what to tell of the talk there."""
    relay = sockets.relay
    delivery = Delivery(company, sockets.connections, sockets.feed, sockets.sender.send, relay.talked)
    relay.on_talk = delivery.hear
    rate, report_rate = Rate(TALK_RATE, "talk", storage), Rate(REPORT_RATE, "report_message", storage)
    chat = Chat(company, users, delivery, connect, clock, on=settings.chat, rate=rate, report_rate=report_rate)
    back.beside_the_view = lambda user_id, room: {"messages": chat.last(room, user_id)}
    return Talk(chat, Contribution([http.namespace(chat, users, tokens)], ChatRequests(chat).rows(), SAYINGS))
