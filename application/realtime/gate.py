"""What a connection may send, over whichever transport: each frame is counted here before anything looks into it.

The frames of WebSockets and of polling requests are let in one by one. A connection that sends too fast waits while the
others have their turns. One that does not greet, does not read, or sends polling requests in parallel is closed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import gevent
import structlog
from engineio import Server

from application.base.errors import RateLimited
from application.base.measures import CUT
from application.base.rates import Rate
from application.realtime.connections import Pulse
from application.realtime.sending import is_unread

FRAMES_A_SECOND, FRAMES_AT_ONCE = 100, 300
"""How many frames of one connection are let in, for as long as it sends them, and in one burst."""

ADDRESS_FRAMES_A_SECOND, ADDRESS_FRAMES_AT_ONCE = 1000, 3000
"""The same for all connections of one address: a class of 500 that types and answers pings sends some 600 a second."""

GREETING_SECONDS = 10.0
"""How long a connection of Engine.IO may exist without one of Socket.IO."""

POSTS_AT_ONCE = 4
"""Polling requests that one connection may have under way; clients of Socket.IO have one."""

_ADDRESSES_KEPT = 10_000

log = structlog.get_logger()


class Allowance:
    """A number that grows by ``a_second`` up to ``at_once`` and may be overdrawn, for which one then waits."""

    def __init__(self, a_second: float, at_once: float, now: float) -> None:
        self._a_second, self._at_once = a_second, at_once
        self._left, self._counted_at = float(at_once), now

    def take(self, now: float) -> float:
        """Take one; how many seconds to wait before it is earned."""
        self._left, self._counted_at = self._at(now) - 1, now
        return max(0.0, -self._left / self._a_second)

    def is_full(self, now: float) -> bool:
        """Whether it is full again."""
        return self._at(now) >= self._at_once

    def _at(self, now: float) -> float:
        return min(self._at_once, self._left + (now - self._counted_at) * self._a_second)


@dataclass
class Turnstile:
    """One connection of Engine.IO, whichever transports it uses. ``posts`` are its polling requests under way."""

    address: str
    own: Allowance
    pulse: Pulse = field(default_factory=Pulse)
    greeted: bool = False
    posts: int = 0


class Gate:
    """The turnstiles of all connections. ``rate`` is how many connections one address may open."""

    def __init__(self, engine: Server, has_connected: Callable[[str], bool], rate: Rate) -> None:
        """``has_connected``: whether a connection of Engine.IO, by its id, has one of Socket.IO."""
        self._engine, self._has_connected, self._rate = engine, has_connected, rate
        self._turnstiles: dict[str, Turnstile] = {}
        self._of_address: dict[str, Allowance] = {}
        self._ungreeted: dict[str, float] = {}
        self._watching = False
        self._opened, self._closed = engine.handlers["connect"], engine.handlers["disconnect"]
        engine.on("connect", self._open)
        engine.on("disconnect", self._close)

    def find(self, eio_sid: str | None) -> Turnstile | None:
        """The turnstile of an open connection, or None."""
        return self._turnstiles.get(eio_sid) if eio_sid is not None else None

    def count_new(self, address: str) -> None:
        """An address asks for a connection; raises RateLimited."""
        self._rate.spend(address)

    def admit(self, eio_sid: str, frame: str | bytes) -> bool:
        """Let one frame in, when it is its turn, after everybody else had theirs; False when its connection is over."""
        turnstile = self._turnstiles.get(eio_sid)
        if turnstile is None:
            return False
        now = turnstile.pulse.beat()
        wait = max(turnstile.own.take(now), self._allowance(turnstile.address, now).take(now))
        connection = self._engine.sockets.get(eio_sid)
        if connection is None or is_unread(connection):
            self.cut(eio_sid, "unread")
            return False
        if isinstance(frame, str) and frame.startswith(("40", "41")):
            try:
                self._greet(eio_sid, turnstile, frame)
            except RateLimited:
                self.cut(eio_sid, "greetings")
                return False
        gevent.sleep(wait)
        return eio_sid in self._turnstiles

    def cut(self, eio_sid: str, reason: str) -> None:
        """End a connection, whether its client reads or not."""
        connection, turnstile = self._engine.sockets.get(eio_sid), self.find(eio_sid)
        if connection is None:
            return
        CUT.labels(reason).inc()
        log.warning("connection_cut", reason=reason, address=turnstile.address if turnstile else None)
        connection.close(wait=False, abort=True)
        self._engine.sockets.pop(eio_sid, None)

    def _greet(self, eio_sid: str, turnstile: Turnstile, frame: str) -> None:
        """Asking for a connection of Socket.IO costs a look at a token, so doing so again is as a new connection."""
        if frame.startswith("41"):
            self._expect_greeting(eio_sid)
        elif turnstile.greeted:
            self.count_new(turnstile.address)
        else:
            turnstile.greeted = True

    def _allowance(self, address: str, now: float) -> Allowance:
        if address not in self._of_address:
            if len(self._of_address) >= _ADDRESSES_KEPT:
                self._of_address = {key: kept for key, kept in self._of_address.items() if not kept.is_full(now)}
            self._of_address[address] = Allowance(ADDRESS_FRAMES_A_SECOND, ADDRESS_FRAMES_AT_ONCE, now)
        return self._of_address[address]

    def _open(self, eio_sid: str, environment: Mapping[str, Any]) -> Any:
        address = str(environment.get("REMOTE_ADDR", ""))
        own = Allowance(FRAMES_A_SECOND, FRAMES_AT_ONCE, time.monotonic())
        turnstile = self._turnstiles[eio_sid] = Turnstile(address, own)
        self._engine.get_session(eio_sid)["pulse"] = turnstile.pulse
        self._expect_greeting(eio_sid)
        return self._opened(eio_sid, environment)

    def _close(self, eio_sid: str, reason: Any = None) -> Any:
        self._turnstiles.pop(eio_sid, None)
        self._ungreeted.pop(eio_sid, None)
        return self._closed(eio_sid, reason)

    def _expect_greeting(self, eio_sid: str) -> None:
        self._ungreeted.pop(eio_sid, None)  # so that the dictionary stays in the order of what is due
        self._ungreeted[eio_sid] = time.monotonic() + GREETING_SECONDS
        if not self._watching:
            self._watching = True
            gevent.spawn(self._watch)

    def _watch(self) -> None:
        """End connections that do not greet in time; runs while there are any that have not been looked at."""
        try:
            while self._ungreeted:
                eio_sid, due = next(iter(self._ungreeted.items()))
                if (wait := due - time.monotonic()) > 0:
                    gevent.sleep(wait)
                    continue
                del self._ungreeted[eio_sid]
                if not self._has_connected(eio_sid):
                    self.cut(eio_sid, "no_greeting")
        finally:
            self._watching = False
