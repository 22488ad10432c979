"""What players report of problems, and what teachers decide: to play one again, or never."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

import structlog
from sqlalchemy import func, select, update

from application.base.clock import Clock
from application.base.database import AdvisoryLock, db, transaction
from application.base.rates import Rate
from application.base.timestamp import iso
from application.problems import errors
from application.problems.authoring.weighing import Reporter, needed, weight
from application.problems.catalogue.insiders import let_in
from application.problems.catalogue.models import Problem, ProblemReport
from application.problems.catalogue.service import Problems

Json = dict[str, Any]

MAX_REASON_LENGTH = 1000

log = structlog.get_logger()


class Past(Protocol):
    """What the matches that were played say of their players."""

    def has_had(self, user_id: int, problem_id: int) -> bool:
        """Whether the user has had the problem in a match."""
        ...

    def experience(self, user_ids: Sequence[int]) -> dict[int, tuple[datetime, int]]:
        """For each of the users since when they have been here, and with how many people they had rated matches."""
        ...


class Reports:
    """The reports on the problems of this server."""

    def __init__(self, problems: Problems, past: Past, clock: Clock, rate: Rate, rank_floor: int) -> None:
        """``rate``: how often a player may report. ``rank_floor``: reports leave so many problems of each rank in play,
        whatever they weigh."""
        self._problems, self._past, self._clock, self._rate = problems, past, clock, rate
        self._rank_floor = rank_floor

    def report(self, user_id: int, problem_id: int, reason: str) -> tuple[Json, bool]:
        """Report the problem; the report, and whether it is new: a player has one for each problem, the first.

        A match that is played with the problem goes on. Raises RateLimited, InvalidReason, ProblemNotFound, or
        ProblemNotPlayed where the user has not had it in a match.
        """
        self._rate.spend(str(user_id))
        reason = reason.strip()
        if not 1 <= len(reason) <= MAX_REASON_LENGTH or not _is_text(reason):
            raise errors.InvalidReason(fields={"reason": errors.InvalidReason.default})
        slug = self._problems.document(problem_id).slug
        if not self._past.has_had(user_id, problem_id):
            raise errors.ProblemNotPlayed
        own = select(ProblemReport).where(ProblemReport.problem_id == problem_id, ProblemReport.user_id == user_id)
        with transaction() as session:
            # Reports take turns: the last one that is needed is to be seen as such, and the floor of a rank to hold.
            session.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.REPORTING)))
            known = session.scalar(own)
            if known is not None:
                return _shown(known), False
            made = ProblemReport(problem_id=problem_id, user_id=user_id, reason=reason, at=self._clock())
            session.add(made)
            session.flush()
            held = self._has_to_go(problem_id)
            if held:
                gone = update(Problem).where(Problem.id == problem_id)
                session.execute(gone.values(in_play=False, proven_at=func.coalesce(Problem.proven_at, func.now())))
            shown = _shown(made)
        log.info("problem_reported", slug=slug, held=held)
        return shown, True

    def _has_to_go(self, problem_id: int) -> bool:
        """Whether the open reports on the problem weigh enough, and its rank can do without it."""
        problem = db.session.get_one(Problem, problem_id, populate_existing=True)
        by = ProblemReport.user_id
        user_ids = list(db.session.scalars(select(by).where(_OPEN, ProblemReport.problem_id == problem_id)))
        settled = select(by, func.count().filter(_UPHELD), func.count().filter(~_UPHELD))
        decided = db.session.execute(settled.where(by.in_(user_ids), ~_OPEN).group_by(by))
        verdicts = {user_id: (upheld, dismissed) for user_id, upheld, dismissed in decided}
        known = self._past.experience(user_ids)
        weights = (
            weight(Reporter((self._clock() - since).total_seconds(), opponents, *verdicts.get(user_id, (0, 0))))
            for user_id, (since, opponents) in known.items()
        )
        if sum(weights) < needed(problem.plays):
            return False
        others = select(func.count()).where(Problem.in_play, Problem.rank == problem.rank, Problem.id != problem_id)
        return (db.session.scalar(others) or 0) >= self._rank_floor

    def reported(self, limit: int, offset: int) -> tuple[list[Json], int]:
        """``limit`` problems with open reports from place ``offset`` on, those out of play and of many reports first,
        and how many there are."""
        counted = (
            select(ProblemReport.problem_id, func.count().label("reports"))
            .where(_OPEN)
            .group_by(ProblemReport.problem_id)
            .subquery()
        )
        total = db.session.scalar(select(func.count()).select_from(counted)) or 0
        ordered = (
            select(Problem.id)
            .join(counted, counted.c.problem_id == Problem.id)
            .order_by(Problem.in_play, counted.c.reports.desc(), Problem.id)
        )
        return self._standings(list(db.session.scalars(ordered.limit(limit).offset(offset)))), total

    def approve(self, problem_id: int, teacher_id: int) -> Json:
        """Dismiss the reports on the problem and play it, also one that was withdrawn; how it stands then.

        Where a later version has been played, that is the one to be played again. Raises ProblemNotFound, or
        ProblemNotProven for one without a proof.
        """
        document = self._problems.document(problem_id)
        if document.proof is None:
            raise errors.ProblemNotProven
        with transaction() as session:
            versions = Problem.slug == document.slug
            session.execute(update(Problem).where(versions).values(withdrawn=False))
            played = select(Problem.id).where(
                versions, Problem.version > document.version, Problem.proven_at.is_not(None)
            )
            latest = session.scalar(played.order_by(Problem.version.desc()).limit(1))
            self._problems.put_in_play(document.slug, latest or problem_id)
            self._settle(document.slug, teacher_id, upheld=False)
        log.info("problem_approved", slug=document.slug)
        return self._standings([problem_id])[0]

    def retire(self, problem_id: int, teacher_id: int) -> Json:
        """Uphold the reports on the problem and never play it again, in no version, unless it is approved; how it
        stands then. Raises ProblemNotFound."""
        slug = self._problems.document(problem_id).slug
        with transaction() as session:
            session.execute(update(Problem).where(Problem.slug == slug).values(withdrawn=True, in_play=False))
            self._settle(slug, teacher_id, upheld=True)
        log.info("problem_retired", slug=slug)
        return self._standings([problem_id])[0]

    def _settle(self, slug: str, teacher_id: int, *, upheld: bool) -> None:
        let_in(teacher_id, slug)
        versions = select(Problem.id).where(Problem.slug == slug)
        settled = update(ProblemReport).where(_OPEN, ProblemReport.problem_id.in_(versions))
        db.session.execute(
            settled.values(settled_at=self._clock(), upheld=upheld).execution_options(synchronize_session=False)
        )

    def _standings(self, problem_ids: list[int]) -> list[Json]:
        """How the problems stand, with their open reports, in the order of the ids."""
        reports: dict[int, list[Json]] = defaultdict(list)
        opened = select(ProblemReport).where(_OPEN, ProblemReport.problem_id.in_(problem_ids))
        for report in db.session.scalars(opened.order_by(ProblemReport.id)):
            reports[report.problem_id].append(_shown(report))
        columns = (Problem.id, Problem.slug, Problem.version, Problem.title, Problem.in_play, Problem.withdrawn)
        rows = {
            row.id: row._asdict() for row in db.session.execute(select(*columns).where(Problem.id.in_(problem_ids)))
        }
        return [rows[problem_id] | {"reports": reports[problem_id]} for problem_id in problem_ids]


_OPEN, _UPHELD = ProblemReport.settled_at.is_(None), ProblemReport.upheld.is_(True)


def _shown(report: ProblemReport) -> Json:
    return {"problem_id": report.problem_id, "user_id": report.user_id, "reason": report.reason, "at": iso(report.at)}


def _is_text(text: str) -> bool:
    """Whether the text is nothing but what can be read, and kept: no controls, no halves of surrogate pairs."""
    return all(character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs") for character in text)
