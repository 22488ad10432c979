"""The parts of the catalogue: the problems as they are played."""

from __future__ import annotations

import random
from dataclasses import dataclass

from application.base.database import db
from application.judge.machine import Judge
from application.problems.catalogue import http
from application.problems.catalogue.service import Chooser, Problems
from application.realtime.contribution import Contribution


@dataclass(frozen=True)
class Catalogue:
    """What is played."""

    problems: Problems
    contribution: Contribution


def build(judge: Judge, choose: Chooser | None) -> Catalogue:
    """``choose`` picks among problems that are as good as each other; by default chance does."""
    problems = Problems(judge.languages, judge.installed, choose or random.choice)

    def in_play() -> str | None:
        try:
            return None if problems.count_in_play() else "no problem is in play yet"
        except Exception:
            db.session.rollback()
            return "unknown, as the database is away"

    contribution = Contribution(
        [http.languages_namespace(problems)],
        checks={"problems": in_play},
        numbers={"problems": problems.count_in_play},
    )
    return Catalogue(problems, contribution)
