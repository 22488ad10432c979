"""Problems that were read become problems that are played: proven in the sandbox, kept, put in play."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from gevent.pool import Pool
from pydantic import ValidationError

from application.base.database import db
from application.judge.checkers import compare
from application.judge.grader import Grader
from application.judge.runner import RunnerFailed
from application.problems.authoring.imports.found import Found, Read, Refused
from application.problems.catalogue import kept
from application.problems.catalogue.document import ProblemDocument
from application.problems.catalogue.prose import unkept
from application.problems.catalogue.service import Problems
from application.problems.catalogue.source import Described, Draft, flaws
from application.problems.proving.disproof import key
from application.problems.proving.verifier import Disproved, prove, verify


@dataclass(frozen=True)
class Outcome:
    """What became of one problem: ``imported``, ``here`` already with the same content, or ``refused``. ``words`` are
    its slug and version, or the reason."""

    name: str
    became: Literal["imported", "here", "refused"]
    words: str
    notes: tuple[str, ...] = ()


def bring_in(problems: Problems, grader: Grader, read: Sequence[Read], slots: int, dry_run: bool) -> Iterator[Outcome]:
    """Each problem's outcome, in their order; ``slots`` are proven at once. With ``dry_run`` nothing is kept."""
    versions: dict[str, int] = {}
    todo = [(one, _known(one, versions)) for one in read]
    db.session.rollback()

    def attempt(item: tuple[Read, Outcome | None]) -> ProblemDocument | Outcome:
        one, outcome = item
        if outcome or isinstance(one, Refused):
            return outcome or Outcome(one.name, "refused", "")
        return _proven(one, grader)

    for (one, _), result in zip(todo, Pool(slots).imap(attempt, todo), strict=True):
        if isinstance(result, Outcome):
            yield result
            continue
        document = result.model_copy(update={"version": versions[result.slug]})
        if not dry_run:
            problem_id = problems.add(document)
            if problem_id is not None:
                problems.enter_play(problem_id)
        notes = one.notes if isinstance(one, Found) else ()
        yield Outcome(one.name, "imported", f"{document.slug}, version {document.version}", notes)


def _known(one: Read, versions: dict[str, int]) -> Outcome | None:
    """What is known without running anything; else ``versions`` has, by slug, the version that this one gets."""
    if isinstance(one, Refused):
        return Outcome(one.name, "refused", one.reason)
    slug = one.problem.slug
    if slug in versions:
        return Outcome(one.name, "refused", f"another problem before it is called {slug}, too")
    there = kept.newest(slug)
    if there and _same(one.problem, there):
        versions[slug] = there.version
        return Outcome(one.name, "here", f"{slug}, version {there.version}")
    versions[slug] = max(there.version + 1 if there else 1, one.problem.version)
    return None


def _same(problem: Draft | ProblemDocument, there: ProblemDocument) -> bool:
    """Whether proving this would give what is there; versions and proofs do not count."""
    if any(getattr(problem, name) != getattr(there, name) for name in Described.model_fields if name != "version"):
        return False
    if isinstance(problem, ProblemDocument):
        return (problem.tests, problem.examples, problem.limits) == (there.tests, there.examples, there.limits)
    shown = [(key(example.args), example.explanation) for example in problem.examples]
    drafted = there.draft()
    if shown != [(key(example.args), example.explanation) for example in drafted.examples]:
        return False
    given, tested = ({key(args) for args in of} for of in (problem.inputs, [test.args for test in there.tests]))
    return given <= tested if problem.generator else given | {call for call, _ in shown} == tested


def _proven(one: Found, grader: Grader) -> ProblemDocument | Outcome:
    try:
        _require_storable(one.problem)
        document = _checked(one.problem, grader)
        _require_claims(one, document)
        _require_storable(document)
    except Disproved as error:
        return Outcome(one.name, "refused", str(error))
    except ValidationError as error:
        return Outcome(one.name, "refused", flaws(error))
    except RunnerFailed as error:
        return Outcome(one.name, "refused", f"could not be run: {error}")
    except RecursionError:
        return Outcome(one.name, "refused", "has a program that is nested too deeply")
    return document


def _require_storable(problem: Draft | ProblemDocument) -> None:
    """Its texts are looked at when it is read; this is about arguments, and the answers that programs gave."""
    flaw = unkept(problem.model_dump())
    if flaw:
        raise Disproved("draft", flaw)


def _checked(problem: Draft | ProblemDocument, grader: Grader) -> ProblemDocument:
    """A draft gets its tests here; a problem that has been proven elsewhere keeps its own, if they are right."""
    if isinstance(problem, Draft):
        return prove(problem, grader, imported=True)
    return problem.model_copy(update={"proof": verify(problem, grader)})


def _require_claims(one: Found, document: ProblemDocument) -> None:
    """The answers that the source tells are those of its solution."""
    answers = {key(test.args): test.expected for test in document.tests}
    for call in one.claims:
        if key(call.args) in answers:
            flaw = compare(document.compare, answers[key(call.args)], call.expected, document.signature.returns)
            if flaw:
                raise Disproved(
                    "tests", f"the solution gives another answer than its source tells, {call.shown}: {flaw}"
                )
