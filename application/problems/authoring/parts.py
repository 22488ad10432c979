"""The parts of authoring: what players report of problems, and what teachers do about it."""

from __future__ import annotations

from dataclasses import dataclass

from limits.storage import Storage

from application.accounts.service import Users
from application.accounts.tokens import Tokens
from application.base.clock import Clock
from application.base.config import Settings
from application.base.rates import Rate
from application.problems.authoring import http
from application.problems.authoring.reports import Past, Reports
from application.problems.catalogue.service import Problems
from application.realtime.contribution import Contribution

REPORT_RATE = "20 per hour"
"""How often a player may report a problem."""


@dataclass(frozen=True)
class Authoring:
    """What is said against problems."""

    reports: Reports
    contribution: Contribution


def build(
    settings: Settings,
    clock: Clock,
    storage: Storage | None,
    users: Users,
    tokens: Tokens,
    problems: Problems,
    past: Past,
) -> Authoring:
    """``past`` knows what was played, and by whom."""
    reports = Reports(problems, past, clock, Rate(REPORT_RATE, "report", storage), settings.rank_floor)
    return Authoring(reports, Contribution([http.namespace(problems, reports, users, tokens)]))
