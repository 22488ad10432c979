"""The Socket.IO door: parse, call, reply. Who acts is who the connection was opened by, never who a payload names."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol

import structlog
from flask import request
from flask_socketio import ConnectionRefusedError, SocketIO
from structlog.contextvars import bound_contextvars

from application.base import errors
from application.base.database import db
from application.base.identity import TokenReader
from application.base.measures import REQUESTS
from application.base.rates import Rate, network_of
from application.realtime.connections import Connection, Connections
from application.realtime.feed import Feed
from application.realtime.packets import MALFORMED
from application.realtime.requests import Request, Row, parse, refusal
from application.realtime.sending import Sender

Json = dict[str, Any]

MAX_WAITING = 32
"""How many requests of one connection may wait for their turn; what comes beyond is refused."""

STILL_SECONDS = 3.0
"""Looks for silent connections come every second; one that comes so late says that the process stood still."""

RECONNECT_MS = (500, 2500)
"""Within what time clients of a process that ends are asked to connect again."""

log = structlog.get_logger()


class Presence(Protocol):
    """Keeps track of who is connected."""

    def online(self, user_id: int) -> int | None:
        """The user has a connection here (again). The match that they are in, or None."""
        ...

    def offline(self, user_id: int) -> None:
        """The user's last connection here has ended."""
        ...


class Tokenless(Protocol):
    """Takes over connections that come without a token, and all that they send."""

    def open(self, sid: str) -> None:
        """A connection was opened."""
        ...

    def knows(self, sid: str) -> bool:
        """Whether it took this one over."""
        ...

    def close(self, sid: str) -> None:
        """A connection has ended, which may or may not be one that was taken over."""
        ...

    def handle(self, sid: str, event: str, payload: tuple[object, ...]) -> Json:
        """Carry out one frame; returns its acknowledgement."""
        ...


class Door:
    """Everything that comes in over Socket.IO. ``tokenless`` is None where every connection needs a token."""

    def __init__(
        self,
        socketio: SocketIO,
        tokens: TokenReader,
        presence: Presence,
        connections: Connections,
        feed: Feed[Any],
        sender: Sender,
        rate: Rate,
        sockets_per_user: int,
        tokenless: Tokenless | None = None,
    ) -> None:
        """``rate`` is how often a user may ask for something, whatever it is."""
        self._socketio, self._tokens, self._presence = socketio, tokens, presence
        self._connections, self._feed = connections, feed
        self._sender, self._rate, self._sockets = sender, rate, sockets_per_user
        self._tokenless = tokenless
        self._looked_at, self._passed_over = time.monotonic(), False

    def open(self, rows: Iterable[Row]) -> None:
        """Register every event; what is not named here is answered as unknown."""
        self._socketio.on_event("connect", self._connect)
        self._socketio.on_event("disconnect", self._disconnect)
        for row in rows:
            self._socketio.on_event(row.name, self._handler(row))
        self._socketio.on_event("*", self._unknown)

    # --- connections

    def _connect(self, auth: object = None) -> None:
        sid: str = request.sid  # type: ignore[attr-defined]
        if self._tokenless and not (isinstance(auth, dict) and "token" in auth):
            self._tokenless.open(sid)
            return
        token = auth.get("token") if isinstance(auth, dict) else None
        try:
            connection = Connection(
                sid,
                self._tokens.identify(token),
                address=network_of(request.remote_addr),
                pulse=self._sender.pulse(sid),
            )
            self._connections.add(connection)
            match_id = self._presence.online(connection.user_id)
            connection.offered |= {match_id} if match_id else set()
            connection.ready = True
        except Exception as error:
            self._connections.remove(sid)
            if not isinstance(error, errors.CodemazeError):
                log.exception("connect_failed")
            raise _refused(errors.known(error)) from error
        finally:
            db.session.remove()
        # Until here the library did not count this as a connection, and tells nobody when it ended meanwhile.
        # From here until it does nothing may yield.
        if connection.revoked or self._socketio.server.get_environ(sid) is None:
            self._disconnect()
            raise _refused(errors.TokenRevoked() if connection.revoked else errors.NotAuthenticated())
        oldest_first = self._connections.of_user(connection.user_id)  # the oldest are the likeliest to be dead
        for surplus in oldest_first[: -self._sockets]:
            self._sender.cut(surplus.sid, "surplus")

    def _disconnect(self, _reason: object = None) -> None:
        self._ended(request.sid)  # type: ignore[attr-defined]

    def _ended(self, sid: str) -> None:
        connection = self._connections.remove(sid)
        try:
            if connection is None:
                if self._tokenless:
                    self._tokenless.close(sid)
                return
            self._feed.forget(sid)
            if not self._connections.is_online(connection.user_id):
                self._presence.offline(connection.user_id)
        except Exception as error:  # nobody is there to be told; at a stop the database may be away already
            user_id = connection.user_id if connection else None
            log.warning("disconnect_not_recorded", user_id=user_id, error=str(error).splitlines()[:1])
        finally:
            db.session.remove()

    def close_token(self, jti: str) -> None:
        """End the connections that were opened with this token."""
        for connection in self._connections.of_token(jti):
            connection.revoked = True
            self._sender.cut(connection.sid, "logged_out")

    def close_expired(self, at: datetime) -> None:
        """End the connections whose token has expired."""
        for connection in self._connections.expired(at):
            connection.revoked = True
            self._sender.cut(connection.sid, "expired")

    def close_silent(self, within: float) -> None:
        """End the connections that nothing is heard of, or that have only ``within`` seconds left for it.

        After a time in which this process stood still, what clients sent meanwhile is still to be read: then the next
        look will tell.
        """
        now = time.monotonic()
        stood_still, self._looked_at = now - self._looked_at > STILL_SECONDS, now
        if stood_still and not self._passed_over:
            self._passed_over = True
            return
        self._passed_over = False
        for connection in self._connections.silent(within):
            if connection.ending:  # the library has lost it, and will tell nobody that it ended
                self._ended(connection.sid)
            else:
                connection.ending = True
                self._sender.cut(connection.sid, "silent")

    def close_revoked(self) -> None:
        """End the connections whose token was logged out at another process, where its notice was lost."""
        for jti in self._tokens.revoked_among(self._connections.tokens()):
            self.close_token(jti)

    def say_goodbye(self) -> None:
        """Tell every client that this process is about to end, and when to connect again: not all at once."""
        for connection in self._connections.all():
            wait = random.randint(*RECONNECT_MS)
            self._sender.send([connection.sid], "server_restarting", {"retry_in_ms": wait})

    # --- requests

    def _handler(self, row: Row) -> Callable[..., Json]:
        event = row.name

        def handle(*payload: object) -> Json:
            sid: str = request.sid  # type: ignore[attr-defined]
            if self._tokenless and self._tokenless.knows(sid):
                return self._tokenless.handle(sid, event, payload)
            connection = self._connections.get(sid)
            if connection is None:
                return refusal(errors.NotAuthenticated())
            asked_of = payload[0].get("room") if payload and isinstance(payload[0], dict) else None
            with bound_contextvars(user_id=connection.user_id, room=str(asked_of)[:6] if asked_of else None):
                answer = self._answer(connection, row, payload)
                log.debug("request", event_name=event, code=answer.get("code", "ok"))
            REQUESTS.labels(event, answer.get("code", "ok")).inc()
            return answer

        return handle

    def _answer(self, connection: Connection, row: Row, payload: tuple[object, ...]) -> Json:
        try:
            self._spend(connection)
            asked = parse(row.payload, payload)
            carry_out = self._in_turn if row.in_turn else _at_once
            return {"ok": True, **carry_out(connection, row, asked)}
        except Exception as error:
            return refusal(error, row.name)
        finally:
            db.session.remove()

    def _spend(self, connection: Connection) -> None:
        """Count one request, known or not; raises RateLimited."""
        if self._sender.is_slow(connection.sid):
            raise errors.RateLimited(retry_after=1)
        self._rate.spend(str(connection.user_id))

    def _in_turn(self, connection: Connection, row: Row, asked: Request) -> Json:
        """One request of a connection after the other, so that they take effect in the order they were sent in."""
        if connection.waiting >= MAX_WAITING:
            raise errors.RateLimited(retry_after=1)
        connection.waiting += 1
        try:
            with connection.turn:
                if connection.left and row.arriving:
                    connection.left = False
                    self._presence.online(connection.user_id)
                return row.call(connection, asked)
        finally:
            connection.waiting -= 1

    def _unknown(self, event: str, *payload: object) -> Json:
        sid: str = request.sid  # type: ignore[attr-defined]
        if event != MALFORMED and self._tokenless and self._tokenless.knows(sid):
            return self._tokenless.handle(sid, event, payload)
        connection = self._connections.get(sid)
        try:
            if connection:
                self._spend(connection)
            if event == MALFORMED:
                raise errors.InvalidRequest("The packet is not a Socket.IO event with a JSON payload.")
            raise errors.UnknownEvent(f"There is no event {event[:40]!r}.")
        except errors.CodemazeError as error:
            REQUESTS.labels("unknown", error.code).inc()
            return refusal(error)


def _at_once(connection: Connection, row: Row, asked: Request) -> Json:
    return row.call(connection, asked)


def _refused(error: errors.CodemazeError) -> ConnectionRefusedError:
    """The refusal of a connection, as both ``err.data`` of the JavaScript client and the bare packet hold it."""
    said = {"code": error.code, "message": error.message}
    refused = ConnectionRefusedError(error.message)
    refused.error_args = {**said, "data": said}
    return refused
