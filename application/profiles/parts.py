"""The parts of profiles: routes alone."""

from __future__ import annotations

from application.accounts.service import Users
from application.accounts.tokens import Tokens
from application.base.config import Settings
from application.matches.reading import MatchReader
from application.profiles import http
from application.realtime.contribution import Contribution


def build(settings: Settings, users: Users, tokens: Tokens, reader: MatchReader) -> Contribution:
    """``reader`` has what somebody has played."""
    return Contribution([http.namespace(users, tokens, reader, classic=settings.classic_client)])
