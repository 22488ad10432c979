"""The parts of the classic client, where it is switched on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_socketio import SocketIO

from application.accounts.service import Users
from application.accounts.tokens import Tokens
from application.base.clock import Clock
from application.base.config import Settings
from application.classic import http
from application.classic.audience import Audience
from application.classic.door import ClassicDoor
from application.classic.rooms import ClassicRooms
from application.judge.parts import Grading
from application.judge.scripts import Scripts
from application.matches.reading import MatchReader
from application.matches.referee import MatchEngine, Referee
from application.realtime.contribution import Contribution
from application.realtime.relay import Relay


@dataclass(frozen=True)
class Classic:
    """``door`` is None where the classic client is switched off: then every connection needs a token."""

    door: ClassicDoor | None
    contribution: Contribution


def build(
    settings: Settings,
    clock: Clock,
    socketio: SocketIO,
    relay: Relay[Any],
    users: Users,
    tokens: Tokens,
    grading: Grading,
    engine: MatchEngine,
    referee: Referee,
    reader: MatchReader,
) -> Classic:
    """Its matches are matches like any other; ``relay`` has other processes hear what is said in its rooms."""
    if not settings.classic_client:
        return Classic(None, Contribution([http.sessions_namespace(tokens, reader, None)]))
    rooms = ClassicRooms(engine, referee, users, clock)
    audience = Audience(socketio, rooms, relay.said)
    relay.on_classic = audience.hear
    door = ClassicDoor(socketio, rooms, audience, settings.classic_frame_rate)
    scripts = Scripts(grading.grader, grading.trial_slots)
    namespaces = [http.sessions_namespace(tokens, reader, rooms), http.run_namespace(scripts)]
    return Classic(door, Contribution(namespaces, regular=[(1, audience.look), (5, door.keep_seen)]))
