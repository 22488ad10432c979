"""Every faulty draft is rejected, each at its own stage and for its own reason; ``test_generation`` has the sound."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import ValidationError

from application.judge.grader import Grader
from application.judge.machine import Judge
from application.problems.catalogue.document import load_bank
from application.problems.catalogue.source import Draft
from application.problems.generating.likeness import KnownProblems
from application.problems.proving.disproof import Disproved, Patience
from application.problems.proving.verifier import prove
from tests.problem_cases.faulty import CASES, Case
from tests.problem_cases.sound import SOUND

IMPATIENT = Patience(batch_ms=2000, mutant_batch_ms=200, call_ms=700)


@pytest.fixture(scope="module")
def grader(judge: Judge) -> Grader:
    assert judge.grader
    return judge.grader


@pytest.fixture(scope="module")
def known() -> KnownProblems:
    """The titles and statements of the bank."""
    found = KnownProblems()
    for document in load_bank():
        found.add(document.slug, document.title, document.description)
    return found


def test_there_are_enough() -> None:
    assert len(CASES) >= 60 and len({case.name for case in CASES}) == len(CASES)
    assert len(SOUND) == 10


def of_stage(*stages: str, but: bool = False) -> list[Any]:
    return [pytest.param(case, id=case.name) for case in CASES if (case.stage in stages) is not but]


@pytest.mark.parametrize("case", of_stage("lint"))
def test_a_draft_that_is_not_well_formed_is_not_read(case: Case) -> None:
    with pytest.raises(ValidationError) as caught:
        Draft.model_validate(case.draft)
    assert re.search(case.reason, str(caught.value)), caught.value


@pytest.mark.parametrize("case", of_stage("likeness"))
def test_a_draft_that_repeats_a_known_problem_is_told(case: Case, known: KnownProblems) -> None:
    draft = Draft.model_validate(case.draft)
    reason = known.like(draft.title, draft.description)
    assert reason and re.search(case.reason, reason)


@pytest.mark.parametrize("case", of_stage("lint", "likeness", "ambiguity", but=True))
def test_a_faulty_draft_is_disproved(case: Case, grader: Grader) -> None:
    draft = Draft.model_validate(case.draft)
    with pytest.raises(Disproved) as caught:
        prove(draft, grader, patience=IMPATIENT)
    assert (caught.value.stage, bool(re.search(case.reason, caught.value.reason))) == (case.stage, True), caught.value


@pytest.mark.parametrize("case", of_stage("ambiguity"))
def test_an_ambiguous_draft_is_proven_but_solvers_disagree(case: Case, grader: Grader) -> None:
    document = prove(Draft.model_validate(case.draft), grader, patience=IMPATIENT)
    verdicts = [grader.judge(document.request("python", solution)).verdict.value for solution in case.solutions]
    assert len(verdicts) == 3 and verdicts.count("accepted") < 2, verdicts
