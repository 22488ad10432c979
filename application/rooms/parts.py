"""The parts of rooms that people open: who is in them, who looks on, and what they ask."""

from __future__ import annotations

from dataclasses import dataclass

from limits.storage import Storage

from application.accounts.service import Users
from application.base.clock import Clock
from application.base.config import Settings
from application.base.database import connect
from application.base.rates import Rate
from application.matches.parts import MatchParts
from application.matches.timeline import Timeline
from application.problems.catalogue.service import Problems
from application.realtime.contribution import Contribution, Gauge
from application.realtime.parts import Sockets
from application.rooms import http, listing
from application.rooms.announcements import TOLD
from application.rooms.audience import AudienceCount
from application.rooms.challenge_notices import ChallengeNotices
from application.rooms.challenge_requests import ChallengeRequests
from application.rooms.challenges import Challenges
from application.rooms.company import RoomCompany
from application.rooms.live_code import LiveCode
from application.rooms.live_matches import LiveMatches
from application.rooms.opening import Opening
from application.rooms.requests import RoomRequests
from application.rooms.service import Rooms, TakeBot
from application.rooms.watching import Watching
from application.rooms.wishes import Wishes

CHALLENGE_RATE = "10 per minute"
"""How often somebody may challenge others."""


@dataclass(frozen=True)
class RoomParts:
    """What keeps the rooms."""

    service: Rooms
    live_code: LiveCode
    contribution: Contribution


def company(clock: Clock) -> RoomCompany:
    """What matches are to be told of rooms."""
    return RoomCompany(Watching(connect, clock))


def build(
    settings: Settings,
    clock: Clock,
    storage: Storage | None,
    sockets: Sockets[Timeline],
    users: Users,
    problems: Problems,
    matches: MatchParts,
    company: RoomCompany,
    take_bot: TakeBot,
) -> RoomParts:
    """``company`` is the one that the matches were given; ``take_bot`` finds somebody to play who is none."""
    watching = company.watching
    wishes = Wishes(problems, settings.round_seconds, settings.countdown_seconds)
    rooms = Rooms(
        matches.engine,
        matches.referee,
        matches.roster,
        matches.judging,
        wishes,
        watching,
        take_bot,
        clock,
        settings.room_idle_hours,
    )
    matches.back.on_return = rooms.arrived
    live_code = LiveCode(matches.reader, sockets.feed, sockets.sender.send, sockets.relay.code_kept)
    matches.service.on_code, sockets.relay.on_code = live_code.kept, live_code.hear
    challenges = Challenges(matches.engine, rooms, wishes, users, clock, Rate(CHALLENGE_RATE, "challenge", storage))
    notices = ChallengeNotices(challenges, sockets.connections, sockets.sender.send)
    opening = Opening(matches.back, sockets.feed)
    requests = RoomRequests(rooms, wishes, matches.service, matches.arrivals, matches.back, opening, sockets.feed)
    return RoomParts(
        rooms,
        live_code,
        Contribution(
            [http.namespace(), http.live_namespace(LiveMatches(matches.reader, watching))],
            [*requests.rows(), *ChallengeRequests(challenges, notices, opening).rows()],
            TOLD,
            [
                (1, rooms.see_who_is_gone),
                (1, challenges.expire),
                (1, notices.look),
                (1, AudienceCount(watching, sockets.feed, sockets.sender.send).look),
                (1, live_code.look),
                (60, rooms.close_idle),
                (60, watching.forget_absent),
            ],
            gauges=[Gauge("codemaze_rooms_open", "Rooms that people opened and nobody closed", listing.count_open)],
        ),
    )
