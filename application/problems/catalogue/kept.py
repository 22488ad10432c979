"""The documents that are kept, by slug: what exporting and importing ask of the database."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from application.base.database import db
from application.problems.catalogue.document import ProblemDocument
from application.problems.catalogue.models import Problem


def newest(slug: str) -> ProblemDocument | None:
    """The newest version of the problem, in play or not."""
    query = select(Problem.document).where(Problem.slug == slug).order_by(Problem.version.desc()).limit(1)
    found = db.session.scalar(query)
    return None if found is None else ProblemDocument.model_validate(found)


def in_play(slugs: Sequence[str] = ()) -> list[ProblemDocument]:
    """The problems that are played, or those of them with these slugs, in the slugs' order."""
    query = select(Problem.document).where(Problem.in_play).order_by(Problem.slug)
    if slugs:
        query = query.where(Problem.slug.in_(slugs))
    return [ProblemDocument.model_validate(document) for document in db.session.scalars(query)]
