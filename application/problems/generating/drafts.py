"""Drafts as rows: somebody wants one, a process claims it, and it ends as a problem or with a reason.

A process that works on a draft renews its claim; one that no longer does is dead, and another takes the draft up. What
a draft comes to is written in one transaction by whoever holds the claim, so it ends once, whatever is killed when.
"""

from __future__ import annotations

import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, type_coerce, update
from sqlalchemy.dialects.postgresql import JSONB, insert

from application.ai.errors import AiQuotaExceeded
from application.base.clock import Clock
from application.base.database import AdvisoryLock, db, transaction
from application.base.timestamp import iso
from application.judge.text import clean
from application.problems import errors
from application.problems.catalogue.document import ProblemDocument
from application.problems.catalogue.insiders import let_in
from application.problems.catalogue.models import Problem, ProblemDraft
from application.problems.catalogue.prose import unkept
from application.problems.catalogue.service import Problems
from application.problems.catalogue.source import Draft
from application.problems.generating.attempt import Stage
from application.problems.generating.writing import Wish

Json = dict[str, Any]
Repeated = Callable[[], None]
"""Raises Disproved for a problem that repeats a known one."""

DEAD_SECONDS = 15
"""A claim that was not renewed for this long is nobody's any more."""

MAX_TAKEN = 3
"""How often a draft is taken up whose process dies of it, or during it."""

MAX_OPEN = 5
"""Drafts of one author that may wait at a time."""

OPEN = ("waiting", "working")
_LOOK_SECONDS = 0.2


class ClaimLost(Exception):
    """Another process has taken the draft up; whatever this one finds out about it does not count."""


@dataclass(frozen=True)
class Claimed:
    """A draft that this process works on."""

    id: int
    claim: str
    kind: str
    wish: Wish
    requested_by: int | None
    replaces_id: int | None
    document: Json | None


class Drafts:
    """Everything about drafts that is written down."""

    def __init__(self, problems: Problems, clock: Clock, user_daily: int) -> None:
        """``user_daily`` problems a user may ask for in a day."""
        self._problems, self._clock, self._user_daily = problems, clock, user_daily

    # --- what is wanted

    def want(self, user_id: int, wish: Wish) -> int:
        """A generated problem for the user: the id of its draft.

        That is the one the user waits for already, or one that lies ready and that nobody has played, or a new one.
        Raises AiQuotaExceeded.
        """
        with transaction() as session:
            session.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.WANTING, user_id)))
            own = select(ProblemDraft.id).where(ProblemDraft.requested_by == user_id, ProblemDraft.kind == "generated")
            waiting = session.scalar(own.where(ProblemDraft.state.in_(OPEN)))
            if waiting is not None:
                return waiting
            midnight = self._clock().replace(hour=0, minute=0, second=0, microsecond=0)
            today = own.where(ProblemDraft.requested_at >= midnight, ProblemDraft.state != "failed")
            if (session.scalar(select(func.count()).select_from(today.subquery())) or 0) >= self._user_daily:
                until = midnight + timedelta(days=1) - self._clock()
                raise AiQuotaExceeded(retry_after=math.ceil(until.total_seconds()))
            asked = {"requested_by": user_id, "requested_at": self._clock()}
            ready = session.scalar(
                update(ProblemDraft)
                .where(ProblemDraft.id == self._ready(wish).scalar_subquery())
                .values(asked)
                .returning(ProblemDraft.id)
            )
            if ready is None:
                return new_draft("generated", wish, **asked)
            slug = select(Problem.slug).join(ProblemDraft, ProblemDraft.problem_id == Problem.id)
            let_in(user_id, session.scalars(slug.where(ProblemDraft.id == ready)).one())
            return int(ready)

    def submit(self, user_id: int, draft: Draft, replaces_id: int | None = None) -> int:
        """A teacher's draft, for a new problem or for a new version of one; its id.

        Raises ProblemNotFound, SlugTaken, TooManyDrafts and InvalidDraft.
        """
        document = draft.model_dump(mode="json", exclude_unset=True)
        if unkept(document):
            raise errors.InvalidDraft("The draft has characters that cannot be stored.")
        with transaction() as session:
            session.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.WANTING, user_id)))
            slugs = select(Problem.slug)
            if replaces_id is not None and session.scalar(slugs.where(Problem.id == replaces_id)) != draft.slug:
                if session.get(Problem, replaces_id) is None:
                    raise errors.ProblemNotFound
                raise errors.InvalidDraft(fields={"slug": "a new version keeps its slug"})
            if replaces_id is None and session.scalar(slugs.where(Problem.slug == draft.slug)):
                raise errors.SlugTaken(fields={"slug": "is taken"})
            own = select(func.count()).where(ProblemDraft.requested_by == user_id, ProblemDraft.state.in_(OPEN))
            if (session.scalar(own) or 0) >= MAX_OPEN:
                raise errors.TooManyDrafts
            let_in(user_id, draft.slug)
            return new_draft(
                "authored",
                Wish(draft.rank),
                requested_by=user_id,
                requested_at=self._clock(),
                replaces_id=replaces_id,
                document=document,
            )

    def shown(self, draft_id: int, user_id: int, *, all_: bool) -> Json:
        """How far a draft has come, as its requester may see it, or with ``all_`` anybody; raises DraftNotFound."""
        row = db.session.get(ProblemDraft, draft_id, populate_existing=True)
        if row is None or not (all_ or row.requested_by == user_id):
            raise errors.DraftNotFound
        if row.requested_by != user_id and (slug := _slug(row)):
            with transaction():
                let_in(user_id, slug)
        return {
            "id": row.id,
            "kind": row.kind,
            "rank": row.rank,
            "topic": row.topic,
            "state": row.state,
            "round": row.round,
            "stage": row.stage,
            "code": row.code,
            "reason": row.reason,
            "stages": [_stage_shown(stage, row, all_) for stage in row.stages],
            "problem_id": row.problem_id,
            "created_at": iso(row.created_at),
            "finished_at": row.finished_at and iso(row.finished_at),
        }

    def wait(self, draft_id: int, seconds: float) -> None:
        """Come back when the draft is finished, or after ``seconds``."""
        until = time.monotonic() + seconds
        while True:
            state = db.session.scalar(select(ProblemDraft.state).where(ProblemDraft.id == draft_id))
            db.session.rollback()
            if state not in OPEN or time.monotonic() >= until:
                return
            time.sleep(_LOOK_SECONDS)

    def latest(self, limit: int) -> list[ProblemDraft]:
        """The newest drafts, the newest first."""
        return list(db.session.scalars(select(ProblemDraft).order_by(ProblemDraft.id.desc()).limit(limit)))

    # --- who works on it

    def claim(self) -> Claimed | None:
        """Take up the next draft that waits or that a dead process has left; None when there is none."""
        left = ProblemDraft.seen_at < func.now() - timedelta(seconds=DEAD_SECONDS)
        free = or_(ProblemDraft.state == "waiting", and_(ProblemDraft.state == "working", left))
        first = select(ProblemDraft).where(free).order_by(ProblemDraft.requested_by.is_(None), ProblemDraft.id).limit(1)
        with transaction() as session:
            row = session.scalar(first.with_for_update(skip_locked=True), execution_options={"populate_existing": True})
            if row is None:
                return None
            row.claim, row.seen_at, row.state = secrets.token_hex(16), func.now(), "working"
            row.taken += 1
            if row.taken > MAX_TAKEN:
                row.state, row.code, row.claim, row.finished_at = "failed", "server_error", None, func.now()
                row.reason = f"The server ended {MAX_TAKEN} times while it worked on this."
                return None
            return _claimed(row)

    def open(self, wish: Wish) -> Claimed:
        """A new draft that nobody asked for over HTTP, claimed at once."""
        with transaction() as session:
            values = {"state": "working", "claim": secrets.token_hex(16), "seen_at": func.now(), "taken": 1}
            return _claimed(session.get_one(ProblemDraft, new_draft("generated", wish, **values)))

    def renew(self, mine: Claimed) -> None:
        """This process is still at work on it; raises ClaimLost."""
        self._update(mine, seen_at=func.now())

    def began(self, mine: Claimed, round_: int, stage: str) -> None:
        """A stage has begun; raises ClaimLost."""
        self._update(mine, round=round_, stage=stage, seen_at=func.now())

    def ended(self, mine: Claimed, stage: Stage) -> None:
        """A stage has ended; raises ClaimLost."""
        entry = {
            "round": stage.round,
            "stage": stage.stage,
            "reason": None if stage.reason is None else clean(stage.reason),
            "tokens_in": stage.tokens_in,
            "tokens_out": stage.tokens_out,
            "cost": float(stage.cost),
            "ms": stage.ms,
        }
        self._update(mine, stages=ProblemDraft.stages.op("||")(type_coerce([entry], JSONB)))

    def release(self, mine: Claimed) -> None:
        """This process ends before the draft has: any other may take it up at once."""
        self._update(mine, state="waiting", claim=None, taken=ProblemDraft.taken - 1)

    def fail(self, mine: Claimed, state: str, code: str, reason: str) -> None:
        """The draft gives no problem: it is ``rejected`` when it is bad, ``failed`` when something else went wrong.
        Raises ClaimLost."""
        self._update(mine, state=state, code=code, reason=clean(reason), claim=None, finished_at=func.now())

    def store(self, mine: Claimed, document: ProblemDocument, refuse_repeated: Repeated) -> int:
        """Keep the problem in play, in the place of its older versions, and the draft as proven: both or neither.

        Of one that a teacher has withdrawn the new version is withdrawn, too. Raises ClaimLost, and what
        ``refuse_repeated`` raises, which looks once more, at what has come into play meanwhile.
        """
        with transaction() as session:
            session.execute(select(func.pg_advisory_xact_lock(AdvisoryLock.STORING)))
            refuse_repeated()
            problem_id = self._problems.place(document)
            if mine.requested_by is not None:
                let_in(mine.requested_by, document.slug)
            self._change(mine, state="proven", problem_id=problem_id, claim=None, finished_at=func.now())
            return problem_id

    # --- what lies below

    def _ready(self, wish: Wish) -> Select[int]:
        """The first draft that nobody asked for and that has become a problem which nobody has played."""
        found = (
            select(ProblemDraft.id)
            .join(Problem, Problem.id == ProblemDraft.problem_id)
            .where(
                ProblemDraft.kind == "generated", ProblemDraft.requested_by.is_(None), ProblemDraft.rank == wish.rank
            )
            .where(Problem.in_play, Problem.plays == 0)
            .order_by(ProblemDraft.id)
            .limit(1)
            .with_for_update(skip_locked=True, of=ProblemDraft)
        )
        if wish.topic is None:
            return found
        return found.where(or_(ProblemDraft.topic == wish.topic, Problem.topics.contains([wish.topic])))

    def _update(self, mine: Claimed, **values: Any) -> None:
        with transaction():
            self._change(mine, **values)

    def _change(self, mine: Claimed, **values: Any) -> None:
        held = update(ProblemDraft).where(ProblemDraft.id == mine.id, ProblemDraft.claim == mine.claim)
        if db.session.execute(held.values(**values)).rowcount == 0:  # type: ignore[attr-defined]
            raise ClaimLost


def new_draft(kind: str, wish: Wish, **values: Any) -> int:
    """Within the caller's transaction: one more draft; its id."""
    row = {"kind": kind, "rank": wish.rank, "topic": wish.topic, "state": "waiting", "taken": 0, "stages": []} | values
    return int(db.session.execute(insert(ProblemDraft).values(row).returning(ProblemDraft.id)).scalar_one())


def _slug(row: ProblemDraft) -> str | None:
    """The name of the problem that the draft is of, if it has one yet."""
    if row.document:
        return str(row.document["slug"])
    return db.session.scalar(select(Problem.slug).where(Problem.id == row.problem_id))


def _claimed(row: ProblemDraft) -> Claimed:
    assert row.claim
    wish = Wish(row.rank, row.topic)
    return Claimed(row.id, row.claim, row.kind, wish, row.requested_by, row.replaces_id, row.document)


def _stage_shown(stage: Json, row: ProblemDraft, all_: bool) -> Json:
    """A stage as its requester may see it: of a generated problem that is played, a reason would tell its tests."""
    told = all_ or row.kind == "authored" or row.state == "rejected"
    return {"round": stage["round"], "stage": stage["stage"], "passed": stage["reason"] is None, "ms": stage["ms"]} | (
        {name: stage[name] for name in ("reason", "tokens_in", "tokens_out", "cost")} if told else {}
    )
