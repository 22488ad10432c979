"""The parts of accounts: users, their tokens, and logging in."""

from __future__ import annotations

from dataclasses import dataclass

from limits.storage import Storage

from application.accounts import http
from application.accounts.logins import Logins
from application.accounts.service import Users
from application.accounts.tokens import Tokens
from application.base.clock import Clock
from application.base.config import Settings
from application.base.rates import Rate
from application.realtime.contribution import Contribution

FAILED_NAME_RATE = "1 per minute"
"""For how long after a failed login the next one for that name, from that address, counts as a guess."""


@dataclass(frozen=True)
class Accounts:
    """Who somebody is."""

    users: Users
    tokens: Tokens
    contribution: Contribution


def build(settings: Settings, clock: Clock, storage: Storage | None) -> Accounts:
    """``storage`` is where rates are counted."""
    users, tokens = Users(settings.avatar_hosts), Tokens(clock)
    guesses, failed = Rate(settings.guess_rate, "guess", storage), Rate(FAILED_NAME_RATE, "failed", storage)
    routes = http.namespace(users, Logins(users, guesses, failed), tokens)
    return Accounts(users, tokens, Contribution([routes]))
