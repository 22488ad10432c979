"""The parts of bots: who they are, what they do, and who is offered one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import gevent

from application.base.clock import Clock
from application.base.config import Settings
from application.base.database import connect, db
from application.bots.offers import OFFERED, BotOffers
from application.bots.service import Bots
from application.bots.squad import Squad, count_playing
from application.judge.parts import Grading
from application.matches.parts import MatchParts
from application.matches.records import records
from application.problems.catalogue.service import Problems
from application.realtime.contribution import Contribution, Gauge, Regular
from application.realtime.parts import Sockets


@dataclass(frozen=True)
class BotParts:
    """What plays for bots."""

    service: Bots
    offers: BotOffers
    contribution: Contribution


def squad(problems: Problems) -> Squad:
    """The bots, whom rooms seat."""
    return Squad(problems.languages)


def build(
    settings: Settings,
    clock: Clock,
    context: Callable[[], AbstractContextManager[Any]],
    sockets: Sockets[Any],
    problems: Problems,
    grading: Grading,
    matches: MatchParts,
    squad: Squad,
) -> BotParts:
    """``squad`` is the one that the rooms were given; ``context`` makes the application context of what goes on beside
    the rest."""

    def aside(work: Callable[[], None]) -> None:
        with context():
            try:
                work()
            finally:
                db.session.remove()

    bots = Bots(
        matches.engine,
        problems,
        matches.judging,
        grading,
        records,
        clock,
        settings.bot_pace_percent,
        lambda work: gevent.spawn(aside, work),
    )
    offers = BotOffers(sockets.connections, sockets.sender.send, squad, connect, clock, settings.bot_offer_seconds)
    regular: list[Regular] = [(1, bots.plan_rounds), (1, bots.hand_in_due), (60, bots.forget)]
    if settings.bot_offer_seconds:
        regular.append((1, offers.look))
    return BotParts(
        bots,
        offers,
        Contribution(
            told=OFFERED,
            regular=regular,
            gauges=[Gauge("codemaze_bots_playing", "Bots in a match", count_playing)],
        ),
    )
