"""The Socket.IO door: parse, call, reply. Who acts is who the connection was opened by, never who a payload names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import structlog
from flask import request
from flask_socketio import ConnectionRefusedError, SocketIO
from pydantic import ValidationError

from application import errors
from application.extensions import db
from application.matches.reading import MatchReader
from application.matches.runs import TrialRuns
from application.matches.service import Matches, live_room
from application.realtime import messages as m
from application.realtime.connections import Connection, Connections
from application.realtime.packets import MALFORMED
from application.realtime.publisher import RoomPublisher
from application.users.tokens import Tokens

Json = dict[str, Any]

WAITING_MOST = 32
"""How many requests of one connection may wait for their turn; what comes beyond is refused."""

log = structlog.get_logger()


class Tokenless(Protocol):
    """Takes over connections that come without a token, and all that they send."""

    def open(self, sid: str) -> None:
        """A connection was opened."""
        ...

    def knows(self, sid: str) -> bool:
        """Whether it took this one over."""
        ...

    def close(self, sid: str) -> None:
        """A connection has ended, perhaps one of these."""
        ...

    def handle(self, sid: str, event: str, payload: tuple[object, ...]) -> Json:
        """Carry one frame out; its acknowledgement."""
        ...


class Door:
    """Everything that comes in over Socket.IO. ``tokenless`` is None where every connection needs a token."""

    def __init__(
        self,
        socketio: SocketIO,
        tokens: Tokens,
        matches: Matches,
        reader: MatchReader,
        runs: TrialRuns,
        connections: Connections,
        publisher: RoomPublisher,
        tokenless: Tokenless | None = None,
    ) -> None:
        self._socketio, self._tokens, self._matches, self._reader = socketio, tokens, matches, reader
        self._runs, self._connections, self._publisher = runs, connections, publisher
        self._tokenless = tokenless
        self._calls: dict[str, Callable[[Connection, Any], Json]] = {
            "find_match": lambda by, asked: self._matches.find(by.user_id, asked.client_id),
            "cancel_find": lambda by, asked: self._matches.cancel_find(by.user_id, asked.client_id),
            "resume": self._resume,
            "submit_code": lambda by, asked: self._matches.submit(
                by.user_id, asked.room, asked.language, asked.code, asked.client_id
            ),
            "run_code": lambda by, asked: self._runs.run(
                by.user_id, asked.room, asked.language, asked.code, asked.args
            ),
            "resign": lambda by, asked: self._matches.resign(by.user_id, asked.room, asked.client_id),
            "claim_win": lambda by, asked: self._matches.claim_win(by.user_id, asked.room, asked.client_id),
            "leave_room": self._leave,
        }

    def open(self) -> None:
        """Register every event; what is not named here is answered as unknown."""
        self._socketio.on_event("connect", self._connect)
        self._socketio.on_event("disconnect", self._disconnect)
        for event in m.REQUESTS:
            self._socketio.on_event(event, self._handler(event))
        self._socketio.on_event("*", self._unknown)
        self._tokens.on_revoked(self._close_token)

    # --- connections

    def _connect(self, auth: object = None) -> None:
        sid: str = request.sid  # type: ignore[attr-defined]
        if self._tokenless and not (isinstance(auth, dict) and "token" in auth):
            self._tokenless.open(sid)
            return
        token = auth.get("token") if isinstance(auth, dict) else None
        try:
            connection = Connection(sid, self._tokens.identify(token))
            self._connections.add(connection)
            self._matches.player_online(connection.user_id)
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

    def _disconnect(self, _reason: object = None) -> None:
        sid: str = request.sid  # type: ignore[attr-defined]
        connection = self._connections.remove(sid)
        try:
            if connection is None:
                if self._tokenless:
                    self._tokenless.close(sid)
                return
            self._publisher.forget(sid)
            if not self._connections.is_online(connection.user_id):
                self._matches.player_offline(connection.user_id)
        except Exception as error:  # nobody is there to be told; at a stop the database may be away already
            user_id = connection.user_id if connection else None
            log.warning("disconnect_not_recorded", user_id=user_id, error=str(error).splitlines()[:1])
        finally:
            db.session.remove()

    def _close_token(self, jti: str) -> None:
        for connection in self._connections.of_token(jti):
            connection.revoked = True
            self._socketio.server.disconnect(connection.sid)

    # --- requests

    def _handler(self, event: str) -> Callable[..., Json]:
        def handle(*payload: object) -> Json:
            sid: str = request.sid  # type: ignore[attr-defined]
            if self._tokenless and self._tokenless.knows(sid):
                return self._tokenless.handle(sid, event, payload)
            connection = self._connections.get(sid)
            if connection is None:
                return refusal(errors.NotAuthenticated())
            try:
                asked = parse(m.REQUESTS[event][0], payload)
                if event == "run_code":
                    return {"ok": True, **self._calls[event](connection, asked)}
                return {"ok": True, **self._in_turn(connection, event, asked)}
            except Exception as error:
                return refusal(error, event)
            finally:
                db.session.remove()

        return handle

    def _in_turn(self, connection: Connection, event: str, asked: m.Request) -> Json:
        """One request of a connection after the other, so that they take effect in the order they were sent in."""
        if connection.waiting >= WAITING_MOST:
            raise errors.RateLimited(retry_after=1)
        connection.waiting += 1
        try:
            with connection.turn:
                return self._calls[event](connection, asked)
        finally:
            connection.waiting -= 1

    def _unknown(self, event: str, *payload: object) -> Json:
        if event == MALFORMED:
            return refusal(errors.InvalidRequest("The packet is not a Socket.IO event with a JSON payload."))
        sid: str = request.sid  # type: ignore[attr-defined]
        if self._tokenless and self._tokenless.knows(sid):
            return self._tokenless.handle(sid, event, payload)
        return refusal(errors.UnknownEvent(f"There is no event {event[:40]!r}."))

    def _resume(self, by: Connection, asked: m.Resume) -> Json:
        room = asked.room or live_room(by.user_id)
        if room is None:
            return {"room": None, "status": self._matches.lobby_status(by.user_id)}
        with self._publisher.resuming(room, by.sid, by.user_id):
            timeline = self._reader.timeline(by.user_id, room=room)
            if self._matches.return_to(by.user_id, timeline):
                timeline = self._reader.timeline(by.user_id, room=room)
            answer = self._reader.catch_up(timeline, by.user_id, asked.after)
            db.session.remove()
            # From here to the acknowledgement nothing may yield, or an event could overtake it.
            self._publisher.follow(timeline, by.sid, by.user_id)
        return answer

    def _leave(self, by: Connection, asked: m.LeaveRoom) -> Json:
        answer = self._matches.leave(by.user_id, asked.room, asked.client_id)
        self._publisher.unfollow(asked.room, by.sid)
        return answer


def parse(model: type[m.Request], payload: tuple[object, ...]) -> m.Request:
    """The request that an event's arguments hold; raises InvalidRequest, with a reason for every field."""
    if len(payload) > 1 or not isinstance(payload[0] if payload else {}, dict | None):
        raise errors.InvalidRequest("The payload of a request is one JSON object.")
    try:
        return model.model_validate((payload and payload[0]) or {})
    except ValidationError as error:
        fields = {".".join(str(part) for part in flaw["loc"])[:80]: flaw["msg"] for flaw in error.errors()[:20]}
        raise errors.InvalidRequest(fields=fields) from error


def refusal(error: Exception, event: str = "") -> Json:
    """The acknowledgement that says no. This is the one place where errors become socket replies."""
    known = errors.known(error)
    if known.status >= 500:
        log.error("request_failed", event_name=event, code=known.code, exc_info=error)
    answer: Json = {"ok": False, "code": known.code, "message": known.message}
    if known.fields:
        answer["fields"] = known.fields
    if known.retry_after is not None:
        answer["retry_after"] = known.retry_after
    return answer


def _refused(error: errors.CodemazeError) -> ConnectionRefusedError:
    """The refusal of a connection, as both ``err.data`` of the JavaScript client and the bare packet hold it."""
    said = {"code": error.code, "message": error.message}
    refused = ConnectionRefusedError(error.message)
    refused.error_args = {**said, "data": said}
    return refused
