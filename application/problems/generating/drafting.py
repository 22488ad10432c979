"""Drafts at work: one at a time in each process, in the background of its duels.

A duel never waits for a model: problems come into play by themselves, and a process whose submissions wait for the
judge lets them go first.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from threading import Event, Thread
from typing import Any

import structlog
from gevent import GreenletExit
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from application.ai.model import Model
from application.base import errors
from application.base.database import db
from application.judge.errors import JudgeUnavailable
from application.judge.grader import Grader
from application.judge.runner import RunnerFailed
from application.problems.catalogue.document import ProblemDocument
from application.problems.catalogue.models import Problem, ProblemDraft
from application.problems.catalogue.prose import unkept
from application.problems.generating.attempt import Attempt, Like, Stage
from application.problems.generating.drafts import Claimed, ClaimLost, Drafts
from application.problems.generating.likeness import KnownProblems
from application.problems.generating.stock import Stock
from application.problems.generating.writing import Wish, linted
from application.problems.proving.disproof import PATIENT, Disproved, Patience

LOOK_SECONDS = 2.0
"""How long drafts that came to another process wait at most."""

RENEW_SECONDS = 3.0
TITLES_TOLD = 60
"""Titles that the model is told to keep away from, the newest of the rank."""

LATE = 100
"""Problems whose ids are so close below the last known one are looked at again: ids are given before they are seen."""

YIELD_SECONDS = 5.0
"""How long one call of a proof waits at most for submissions to go first."""

log = structlog.get_logger()
OnStage = Callable[[Stage], None]


def yielding(waiting: Callable[[], int]) -> Callable[[], None]:
    """The policy of a grader that lets submissions go first while there are any; ``waiting`` says how many wait."""

    def give_way() -> None:
        until = time.monotonic() + YIELD_SECONDS
        while waiting() and time.monotonic() < until:
            time.sleep(0.05)

    return give_way


class Drafting:
    """Works on drafts until it is stopped."""

    def __init__(
        self,
        drafts: Drafts,
        stock: Stock,
        model: Model,
        grader: Grader | None,
        context: Callable[[], AbstractContextManager[Any]],
        source: str,
        patience: Patience = PATIENT,
    ) -> None:
        """``source`` is what generated problems say about where they come from."""
        self._drafts, self._stock, self._context, self._source = drafts, stock, context, source
        self._model, self._known, self._learned = model, KnownProblems(), 0
        self._attempt = Attempt(model, grader, context, patience) if grader else None
        self._changed, self._stopped = Event(), False

    def require(self) -> None:
        """Raises JudgeUnavailable where nothing can be proven."""
        if self._attempt is None:
            raise JudgeUnavailable

    def wake(self) -> None:
        """There is a new draft."""
        self._changed.set()

    def stop(self) -> None:
        """End the loop after what it is doing."""
        self._stopped = True
        self._changed.set()

    def run(self) -> None:
        """The loop; needs an application context. A database that is away is waited for."""
        while self._attempt and not self._stopped:
            self._changed.clear()
            try:
                if self._model.is_configured:
                    self._stock.fill()
                while not self._stopped and self.work_on_next():
                    pass
            except SQLAlchemyError as error:
                log.warning("database_away", error=str(error).splitlines()[0])
            except Exception:
                log.exception("drafting_failed")
            finally:
                db.session.remove()
            if not self._stopped:
                self._changed.wait(LOOK_SECONDS)

    def work_on_next(self) -> bool:
        """Work on the draft whose turn it is, to its end; False when there is none."""
        mine = self._drafts.claim()
        if mine is None:
            return False
        self._work(mine, lambda _stage: None)
        return True

    def by(self, grader: Grader, patience: Patience = PATIENT) -> Drafting:
        """The same, with another grader: a command makes its judge only when it needs one."""
        return Drafting(self._drafts, self._stock, self._model, grader, self._context, self._source, patience)

    def generate(self, wish: Wish, on_stage: OnStage) -> ProblemDraft:
        """Make a problem now, for nobody in particular; its draft, finished."""
        mine = self._drafts.open(wish)
        self._work(mine, on_stage)
        return db.session.get_one(ProblemDraft, mine.id, populate_existing=True)

    def _work(self, mine: Claimed, on_stage: OnStage) -> None:
        """The draft's way to a problem or to a reason. A process that is told to end leaves it to another."""
        done = Event()
        Thread(target=self._keep_claim, args=(mine, done), daemon=True).start()
        try:
            self._end(mine, on_stage)
        except ClaimLost:
            log.warning("draft_taken_over", draft=mine.id)
        except (GreenletExit, KeyboardInterrupt):
            with suppress(SQLAlchemyError, ClaimLost):
                db.session.remove()
                self._drafts.release(mine)
            raise
        finally:
            done.set()

    def _end(self, mine: Claimed, on_stage: OnStage) -> None:
        try:
            document = self._document(mine, on_stage)
            problem_id = self._drafts.store(mine, document, lambda: self._refuse_repeated(mine, document))
            log.info("draft_proven", draft=mine.id, problem=problem_id, slug=document.slug)
        except Disproved as error:
            self._drafts.fail(mine, "rejected", "draft_rejected", f"{error.stage}: {error.reason}")
            log.info("draft_rejected", draft=mine.id, stage=error.stage)
        except errors.CodemazeError as error:
            self._drafts.fail(mine, "failed", error.code, error.message)
            log.warning("draft_failed", draft=mine.id, code=error.code)
        except RunnerFailed as error:
            self._drafts.fail(mine, "failed", JudgeUnavailable.code, str(error))
            log.warning("draft_failed", draft=mine.id, code=JudgeUnavailable.code)
        except (ClaimLost, SQLAlchemyError):
            raise
        except Exception:
            log.exception("draft_failed", draft=mine.id)
            self._drafts.fail(mine, "failed", errors.ServerError.code, errors.ServerError.default)

    def _document(self, mine: Claimed, on_stage: OnStage) -> ProblemDocument:
        assert self._attempt
        record, like = _Recorded(self._drafts, mine, on_stage), self._like(mine)
        if mine.document is not None:
            document = self._attempt.author(linted(mine.document), record, like)
        else:
            titles = list(
                db.session.scalars(
                    select(Problem.title)
                    .where(Problem.rank == mine.wish.rank)
                    .order_by(Problem.id.desc())
                    .limit(TITLES_TOLD)
                )
            )
            db.session.rollback()
            document = self._attempt.generate(mine.wish, mine.id, record, like, titles, mine.requested_by, self._source)
        flaw = unkept(document.model_dump(mode="json"))
        if flaw:
            raise Disproved("tests", f"a call or an answer {flaw}")
        return document

    def _repeated(self, mine: Claimed, title: str, statement: str) -> str | None:
        """Which known problem is repeated, or None; older versions of a problem do not count for a new one."""
        newest = Problem.id > self._learned - LATE
        text = Problem.document["description"].astext
        for key, known, description in db.session.execute(select(Problem.id, Problem.title, text).where(newest)):
            self._known.add(key, known, description)
            self._learned = max(self._learned, key)
            time.sleep(0)  # a turn for others: the first time there are many
        own: frozenset[int] = frozenset()
        if mine.replaces_id is not None:
            slug = select(Problem.slug).where(Problem.id == mine.replaces_id).scalar_subquery()
            own = frozenset(db.session.scalars(select(Problem.id).where(Problem.slug == slug)))
        return self._known.like(title, statement, own)

    def _like(self, mine: Claimed) -> Like:
        def like(title: str, statement: str) -> str | None:
            try:
                return self._repeated(mine, title, statement)
            finally:
                db.session.rollback()

        return like

    def _refuse_repeated(self, mine: Claimed, document: ProblemDocument) -> None:
        known = self._repeated(mine, document.title, document.description)
        if known:
            raise Disproved("likeness", known)

    def _keep_claim(self, mine: Claimed, done: Event) -> None:
        while not done.wait(RENEW_SECONDS):
            with self._context():
                try:
                    self._drafts.renew(mine)
                except ClaimLost:
                    return
                except SQLAlchemyError:
                    pass  # the claim holds for a while, and nothing is written by whom it does not hold for


class _Recorded:
    """Writes stages down, and shows them to who waits in this process."""

    def __init__(self, drafts: Drafts, mine: Claimed, on_stage: OnStage) -> None:
        self._drafts, self._mine, self._on_stage = drafts, mine, on_stage

    def began(self, round_: int, stage: str) -> None:
        """A stage begins."""
        self._drafts.began(self._mine, round_, stage)

    def ended(self, stage: Stage) -> None:
        """A stage has ended."""
        self._drafts.ended(self._mine, stage)
        self._on_stage(stage)
