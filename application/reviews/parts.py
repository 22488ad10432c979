"""The parts of reviews: what a model says of a match that is over."""

from __future__ import annotations

from dataclasses import dataclass

from application.accounts.tokens import Tokens
from application.ai.model import Model
from application.base.clock import Clock
from application.matches.reading import MatchReader
from application.problems.catalogue.service import Problems
from application.realtime.contribution import Contribution
from application.reviews import http
from application.reviews.service import Reviewing


@dataclass(frozen=True)
class Reviews:
    """Who writes them."""

    reviewing: Reviewing
    contribution: Contribution


def build(clock: Clock, tokens: Tokens, model: Model, problems: Problems, reader: MatchReader) -> Reviews:
    """``reader`` has the matches that are reviewed."""
    reviewing = Reviewing(reader, problems, model, clock)
    return Reviews(reviewing, Contribution([http.namespace(tokens, reviewing)]))
