"""The parts of Socket.IO: who is connected, who has been given what, news from other processes, and the door."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask_socketio import SocketIO
from limits.storage import Storage
from redis import Redis

from application.base.clock import Clock
from application.base.config import Settings
from application.base.identity import TokenReader
from application.base.litter import Litter
from application.base.rates import Rate
from application.realtime.connections import Connections
from application.realtime.contribution import Contribution, Gauge
from application.realtime.door import Door, Presence, Tokenless
from application.realtime.feed import Feed, Followed
from application.realtime.notices import NOTICES
from application.realtime.relay import Relay
from application.realtime.sending import Sender

J = TypeVar("J", bound=Followed[Any])


@dataclass(frozen=True)
class Sockets(Generic[J]):
    """The connections, and what sends to them."""

    connections: Connections
    sender: Sender
    feed: Feed[J]
    relay: Relay[J]
    contribution: Contribution


@dataclass(frozen=True)
class Entrance:
    """The door, which is still to be opened."""

    door: Door
    contribution: Contribution


def build(settings: Settings, socketio: SocketIO, context: Callable[[], AbstractContextManager[Any]]) -> Sockets[J]:
    """``context`` makes the application context that reading the journals needs."""
    sender = Sender(socketio)
    connections = Connections(settings.ping_seconds + settings.ping_timeout_seconds)
    feed: Feed[J] = Feed(connections, sender.send)
    redis = Redis.from_url(settings.redis_url, socket_connect_timeout=2) if settings.redis_url else None
    relay = Relay(redis, feed, connections, context)
    litter = Litter()

    def shared() -> str | None:
        return None if relay.is_reachable() else "Redis cannot be reached; each process goes on by itself"

    contribution = Contribution(
        told=NOTICES,
        regular=[(1, relay.look), (5, lambda: litter.look(connections.closed))],
        checks={"redis": shared} if redis else {},
        gauges=[
            Gauge("codemaze_connections", "Open Socket.IO connections", connections.count),
            Gauge("codemaze_players", "Users with a connection", connections.count_users),
        ],
        numbers={"players": connections.count_users},
    )
    return Sockets(connections, sender, feed, relay, contribution)


def build_door(
    settings: Settings,
    clock: Clock,
    storage: Storage | None,
    socketio: SocketIO,
    sockets: Sockets[Any],
    tokens: TokenReader,
    presence: Presence,
    tokenless: Tokenless | None,
) -> Entrance:
    """The door to these sockets. ``presence`` is told who comes and goes; ``tokenless`` takes over connections without
    a token."""
    rate, most = Rate(settings.event_rate, "event", storage), settings.sockets_per_user
    connections, relay = sockets.connections, sockets.relay
    door = Door(socketio, tokens, presence, connections, sockets.feed, sockets.sender, rate, most, tokenless)
    tokens.on_revoked(door.close_token)
    tokens.on_revoked(relay.token_ended)
    relay.on_token = door.close_token

    def every_second() -> None:
        door.close_expired(clock())
        door.close_silent(settings.ping_timeout_seconds / 5)  # it is done again only after a second

    return Entrance(door, Contribution(regular=[(1, every_second), (60, door.close_revoked)]))
