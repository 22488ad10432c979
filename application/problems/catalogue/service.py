"""Problems: the seed, what players may see of one, what the judge needs of one, and which one to play."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, case, exists, func, select, text, update

from application.base.database import db, transaction
from application.judge.errors import EmptySubmission, UnknownLanguage
from application.judge.languages.language import Language
from application.judge.signature import Signature
from application.problems import errors
from application.problems.catalogue.choosing import Played, best, distances
from application.problems.catalogue.document import ProblemDocument
from application.problems.catalogue.insiders import let_in, unknown_to
from application.problems.catalogue.models import Problem
from application.ratings.ranks import RANKS, Rank, rank_named

Json = dict[str, Any]
Chooser = Callable[[Sequence[int]], int]
"""Picks one of some problem ids; the server picks at random, a test as it likes."""


class Problems:
    """The problems of this server. What is made of a row is kept, as a row's document never changes."""

    def __init__(self, languages: Mapping[str, Language], installed: Mapping[str, Language], choose: Chooser) -> None:
        """``languages`` are those that are judged, and may become more; ``installed`` are those that starter code is
        shown for. These stay the same, so that a problem looks the same throughout a match."""
        self.languages, self._installed = languages, installed
        self._choose = choose
        self._document = lru_cache(maxsize=1024)(self._read_document)
        self._public = lru_cache(maxsize=1024)(self._make_public)

    # --- reading

    def document(self, problem_id: int) -> ProblemDocument:
        """The whole problem, secrets included; raises ProblemNotFound."""
        return self._document(problem_id)

    def public(self, problem_id: int) -> Json:
        """What anybody may see of the problem: examples and starter code, no hidden test, no solution."""
        return self._public(problem_id)

    def publics(self, problem_ids: Sequence[int]) -> dict[int, Json]:
        """The public form of each of these problems, by id."""
        return {problem_id: self.public(problem_id) for problem_id in problem_ids}

    def in_play(self, problem_id: int) -> Json:
        """The public form of a problem that is in play; raises ProblemNotFound."""
        if not db.session.scalar(select(Problem.in_play).where(Problem.id == problem_id)):
            raise errors.ProblemNotFound
        return self.public(problem_id)

    def proof(self, problem_id: int, reader: int) -> Json:
        """What was seen when the problem was proven, which the reader knows from now on; raises ProblemNotFound or
        ProblemNotProven."""
        document = self.document(problem_id)
        if document.proof is None:
            raise errors.ProblemNotProven
        with transaction():
            let_in(reader, document.slug)
        return document.proof.model_dump()

    def any(self, problem_id: int, reader: int) -> Json:
        """The public form of a problem, in play or not. A reader of one that is not in play counts as knowing it from
        then on. Raises ProblemNotFound."""
        shown = self.public(problem_id)
        if not db.session.scalar(select(Problem.in_play).where(Problem.id == problem_id)):
            with transaction():
                let_in(reader, shown["slug"])
        return shown

    def browse(self, rank: Rank | None, topic: str, limit: int, offset: int) -> tuple[list[Json], int]:
        """``limit`` problems in play from place ``offset`` on, and how many there are; all, or those of ``rank`` and,
        unless that is empty, of ``topic``."""
        wanted = _in_play(rank, topic)
        total = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
        ids = db.session.scalars(wanted.order_by(Problem.id).limit(limit).offset(offset)).all()
        return [self.public(problem_id) for problem_id in ids], total

    def random(self, rank: Rank, topic: str, user_id: int) -> Json:
        """A problem of the rank, or of the nearest rank that has one, and, unless that is empty, of the topic. It is
        none that the user knows from within.

        Raises NoProblemInPlay, or ProblemNotFound where there is none on the topic.
        """
        near = distances(rank)
        for other in sorted(RANKS, key=lambda other: near[other.slug]):
            ids = list(db.session.scalars(_in_play(other, topic).where(unknown_to([user_id])).order_by(Problem.id)))
            if ids:
                return self.public(self._choose(ids))
        raise errors.ProblemNotFound if topic and self.count_in_play() else errors.NoProblemInPlay

    # --- playing

    def choose(
        self,
        rank: Rank,
        rounds: int,
        played: Played,
        topic: str = "",
        players: Sequence[int] = (),
        strict: bool = False,
    ) -> list[int]:
        """Problems for a match of these players, one a round: those that ``choosing.best`` puts first, by chance among
        equals.

        ``strict``: only problems of this rank, or else near it, and of this topic. Where there are fewer than rounds
        they begin again. Raises NoProblemInPlay.
        """
        chosen: list[int] = []
        for equal in best(rank, played, topic, rounds, players, strict):
            while equal and len(chosen) < rounds:
                chosen.append(self._choose(equal))
                equal.remove(chosen[-1])
        if not chosen:
            raise errors.NoProblemInPlay
        return [chosen[number % len(chosen)] for number in range(rounds)]

    def require_language(self, language: str) -> None:
        """Raises UnknownLanguage for one that is not judged here."""
        if language not in self.languages:
            known = ", ".join(self.languages) or "none"
            raise UnknownLanguage(f"This server judges: {known}.", fields={"language": "is not judged here"})

    def require_judgeable(self, language: str, code: str) -> None:
        """Raises UnknownLanguage or EmptySubmission for what cannot be judged at all."""
        self.require_language(language)
        if not code.strip():
            raise EmptySubmission(fields={"code": "is empty"})

    # --- the seed

    def add(self, document: ProblemDocument) -> int | None:
        """Keep the problem, not yet in play; its new id, or None when this version is kept already.

        Of one that a teacher has withdrawn every new version is withdrawn, too.
        """
        known = exists().where(Problem.slug == document.slug, Problem.version == document.version)
        if db.session.scalar(select(known)):
            return None
        with transaction():
            return _keep(document)

    def place(self, document: ProblemDocument) -> int:
        """Within the caller's transaction: keep a proven problem as the newest version, in play in the place of the
        others; its id. Whoever calls this makes sure that nobody else does."""
        newest = select(func.max(Problem.version)).where(Problem.slug == document.slug)
        version = (db.session.scalar(newest) or 0) + 1
        problem_id = _keep(document.model_copy(update={"version": version}))
        self.put_in_play(document.slug, problem_id)
        return problem_id

    def unproven(self) -> list[int]:
        """The ids of the newest versions that have never been in play, but of problems that were withdrawn."""
        latest = select(Problem.slug, func.max(Problem.version).label("version")).group_by(Problem.slug).subquery()
        query = (
            select(Problem.id)
            .join(latest, (Problem.slug == latest.c.slug) & (Problem.version == latest.c.version))
            .where(~Problem.in_play, Problem.proven_at.is_(None), ~Problem.withdrawn)
            .order_by(Problem.id)
        )
        return list(db.session.scalars(query))

    def enter_play(self, problem_id: int) -> None:
        """Put a proven problem in play, in the place of its other versions; not one that was withdrawn meanwhile."""
        slug = self.document(problem_id).slug
        with transaction():
            self.put_in_play(slug, problem_id)

    def put_in_play(self, slug: str, problem_id: int) -> None:
        """Within the caller's transaction: as ``enter_play``, of the problem with this slug."""
        this = Problem.id == problem_id
        played = {
            "in_play": this & ~Problem.withdrawn,
            "proven_at": case((this, func.coalesce(Problem.proven_at, func.now())), else_=Problem.proven_at),
        }
        db.session.execute(update(Problem).where(Problem.slug == slug).values(played))

    def count_in_play(self) -> int:
        """How many problems can be played."""
        return db.session.scalar(select(func.count()).where(Problem.in_play)) or 0

    def count_by_rank(self) -> dict[str, int]:
        """How many problems of each rank can be played; a rank without any is left out."""
        counted = select(Problem.rank, func.count()).where(Problem.in_play).group_by(Problem.rank)
        return dict(db.session.execute(counted).tuples().all())

    def topics(self) -> list[tuple[str, int]]:
        """The topics of the problems in play, each with how many there are, the most first."""
        return [(name, number) for name, number in db.session.execute(_TOPICS)]

    def ranked(self) -> list[tuple[int, str, str]]:
        """Id, slug and rank of every problem in play."""
        ranked = select(Problem.id, Problem.slug, Problem.rank).where(Problem.in_play).order_by(Problem.slug)
        return [(id_, slug, rank) for id_, slug, rank in db.session.execute(ranked)]

    # --- what lies below

    def _read_document(self, problem_id: int) -> ProblemDocument:
        row = db.session.get(Problem, problem_id)
        if row is None:
            raise errors.ProblemNotFound
        return ProblemDocument.model_validate(row.document)

    def _make_public(self, problem_id: int) -> Json:
        document = self.document(problem_id)
        signature = document.signature
        rank = rank_named(document.rank)
        return {
            "id": problem_id,
            "slug": document.slug,
            "title": document.title,
            "description": document.description,
            "topics": list(document.topics),
            "rank": [rank.to_json()] if rank else [],
            "examples": [_example(document, number) for number in range(len(document.examples))],
            "signature": signature_json(signature),
            "starter_code": {name: language.starter(signature) for name, language in self._installed.items()},
            "compare": document.compare,
            "limits": document.limits.model_dump(),
            "tests": len(document.tests),
            "source": document.source,
            "licence": document.licence,
        }


_TOPICS = text("""
    SELECT topic, count(*) FROM problems, jsonb_array_elements_text(topics) topic
    WHERE in_play GROUP BY topic ORDER BY count(*) DESC, topic""")


def signature_json(signature: Signature) -> Json:
    """A signature as HTTP and Socket.IO show it."""
    params = [{"name": param.name, "type": str(param.type)} for param in signature.params]
    return {"function": signature.function, "params": params, "returns": str(signature.returns)}


def _keep(document: ProblemDocument) -> int:
    withdrawn = exists().where(Problem.slug == document.slug, Problem.withdrawn)
    row = Problem(
        slug=document.slug,
        version=document.version,
        title=document.title,
        rank=document.rank,
        document=document.model_dump(mode="json"),
        withdrawn=bool(db.session.scalar(select(withdrawn))),
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def _in_play(rank: Rank | None, topic: str) -> Select[int]:
    query = select(Problem.id).where(Problem.in_play)
    if rank is not None:
        query = query.where(Problem.rank == rank.slug)
    return query.where(Problem.topics.contains([topic])) if topic else query


def _example(document: ProblemDocument, number: int) -> Json:
    """An example in the form the React client shows; all values but the id are text."""
    example = document.examples[number]
    test = document.tests[example.test]
    values = [json.dumps(value, ensure_ascii=False) for value in test.args]
    named = ", ".join(f"{param.name} = {value}" for param, value in zip(document.params, values, strict=True))
    return {
        "id": number + 1,
        "input": named,
        "output": json.dumps(test.expected, ensure_ascii=False),
        "explanation": example.explanation,
        "test_case": f"{document.function}({', '.join(values)})",
    }
