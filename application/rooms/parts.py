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
from application.rooms.keeping import RoomKeeping
from application.rooms.live_code import LiveCode
from application.rooms.live_matches import LiveMatches
from application.rooms.opening import Opening
from application.rooms.requests import RoomRequests
from application.rooms.seating import Seating, TakeBot
from application.rooms.service import Rooms
from application.rooms.watching import Watching
from application.rooms.wishes import Wishes

CHALLENGE_RATE = "10 per minute"
"""How often somebody may challenge others."""


@dataclass(frozen=True)
class RoomParts:
    """What keeps the rooms."""

    service: Rooms
    keeping: RoomKeeping
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
    seating = Seating(matches.referee, matches.roster, take_bot)
    rooms = Rooms(matches.engine, seating, matches.judging, wishes, watching)
    grace, idle = settings.grace_seconds, settings.room_idle_hours
    keeping = RoomKeeping(matches.engine, matches.roster, seating, clock, grace, idle)
    matches.back.on_return = keeping.arrived
    live_code = LiveCode(matches.reader, sockets.feed, sockets.sender.send, sockets.relay.code_kept)
    matches.service.on_code, sockets.relay.on_code = live_code.kept, live_code.hear
    challenges = Challenges(
        matches.engine, rooms, keeping, wishes, users, clock, Rate(CHALLENGE_RATE, "challenge", storage)
    )
    notices = ChallengeNotices(challenges, sockets.connections, sockets.sender.send)
    opening = Opening(matches.back, sockets.feed)
    requests = RoomRequests(rooms, wishes, matches.service, matches.arrivals, matches.back, opening, sockets.feed)
    return RoomParts(
        rooms,
        keeping,
        live_code,
        Contribution(
            [http.namespace(), http.live_namespace(LiveMatches(matches.reader, watching))],
            [*requests.rows(), *ChallengeRequests(challenges, notices, opening).rows()],
            TOLD,
            [
                (1, keeping.see_who_is_gone),
                (1, challenges.expire),
                (1, notices.look),
                (1, AudienceCount(watching, sockets.feed, sockets.sender.send).look),
                (1, live_code.look),
                (60, keeping.close_idle),
                (60, watching.forget_absent),
            ],
            gauges=[Gauge("codemaze_rooms_open", "Rooms that people opened and nobody closed", listing.count_open)],
        ),
    )
