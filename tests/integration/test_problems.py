"""Problems between the bank and play."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from application.base.database import db
from application.commands import add_commands
from application.judge.machine import Judge
from application.problems.catalogue import seed
from application.problems.catalogue.document import BANK, ProblemDocument, load, load_bank
from application.problems.catalogue.document import written as document_text
from application.problems.catalogue.models import Problem
from application.problems.catalogue.topics import TOPICS, unknown_topic
from application.problems.proving.verifier import Disproved, verify
from application.ratings.ranks import RANKS
from tests.integration.conftest import House

TRANSLATIONS = Path(__file__).parents[1] / "judge_cases" / "bank"
FLOOD = load(BANK / "flood-mark.json")


def changed(document: ProblemDocument = FLOOD, **fields: Any) -> ProblemDocument:
    return ProblemDocument.model_validate(document.model_dump() | fields)


def test_the_topics_of_the_problems_in_play(house: House) -> None:
    shown = house.app.test_client().get("/problems/topics").json
    played = [problem.topics or [] for problem in db.session.scalars(select(Problem).where(Problem.in_play))]
    assert played
    for entry in shown:
        assert entry["problems"] == sum(entry["topic"] in topics for topics in played)
    assert {entry["topic"] for entry in shown} == {topic for topics in played for topic in topics}
    numbers = [entry["problems"] for entry in shown]
    assert numbers == sorted(numbers, reverse=True)


def test_the_bank_has_25_problems_a_rank_on_every_topic() -> None:
    documents = list(load_bank())
    ranks = [document.rank for document in documents]
    assert {rank: ranks.count(rank) for rank in ranks} == {rank.slug: 25 for rank in RANKS}
    assert {topic for document in documents for topic in document.topics} >= set(TOPICS)
    assert all(set(document.topics) & set(TOPICS) and not unknown_topic(document.topics) for document in documents)
    assert len({document.title.casefold() for document in documents}) == 100


@pytest.mark.parametrize("path", sorted(BANK.glob("*.json")), ids=lambda path: path.stem)
def test_every_problem_is_proven(path: Path, judge: Judge) -> None:
    """What its proof says is small enough to be seen again here: all tests, in the sandbox, within the limits."""
    document, grader = load(path), judge.grader
    assert grader and document.proof
    assert document.slug == path.stem
    assert 15 <= sum(test.hidden for test in document.tests) <= 30
    assert len(document.examples) >= 3
    assert document.proof.mutants >= 20
    assert document.proof.killed + document.proof.equivalent == document.proof.mutants
    assert document.proof.missing == []
    assert document.naive or document.rank in ("bronze", "silver")
    assert seed.disproof(document, grader) is None


@pytest.mark.parametrize("path", sorted(TRANSLATIONS.glob("*.js")), ids=lambda path: path.stem)
def test_problems_are_fair_in_javascript(path: Path, judge: Judge) -> None:
    assert judge.grader
    request = load(path.with_suffix(".json")).request("javascript", path.read_text())
    assert judge.grader.judge(request).verdict == "accepted"


def test_what_players_see_holds_no_secret(house: House) -> None:
    for problem_id in db.session.scalars(db.select(Problem.id)).all():
        document = house.codemaze.catalogue.problems.document(problem_id)
        shown = house.codemaze.catalogue.problems.public(problem_id)
        assert not {"tests_", "reference", "brute", "generator"} & set(shown)
        text = json.dumps(shown)
        assert document.reference not in text
        assert len(shown["examples"]) == len(document.examples) >= 3
        assert set(shown["starter_code"]) >= {"python", "javascript"}
        assert shown["tests"] == len(document.tests)
        for example in shown["examples"]:
            assert example["test_case"].startswith(f"{document.function}(")


def test_an_examples_test_case_is_a_call(house: House) -> None:
    names: dict[str, Any] = {}
    exec(FLOOD.reference, names)  # our own source, not a player's
    shown = house.codemaze.catalogue.problems._make_public(
        db.session.query(Problem).filter_by(slug="flood-mark").one().id,
    )
    for example in shown["examples"]:
        assert json.dumps(eval(example["test_case"], names)) == example["output"]


def test_a_new_version_takes_the_place_of_the_old_once_it_is_proven(house: House, judge: Judge) -> None:
    problems = house.codemaze.catalogue.problems
    assert judge.grader
    assert seed.keep(problems, load_bank(TRANSLATIONS)) == 0
    assert seed.keep(problems, [changed(version=2), changed(version=3, title="Flood mark, again")]) == 2
    in_play = db.session.query(Problem).filter_by(slug="flood-mark", in_play=True)
    assert [row.version for row in in_play] == [1]
    lines: list[str] = []
    seed.prove_all(problems, judge.grader, 1, lines.append)
    assert [row.version for row in in_play] == [3]
    assert lines == ["proving problems 1/1"]


def test_a_wrong_reference_never_enters_play(house: House, judge: Judge) -> None:
    problems = house.codemaze.catalogue.problems
    assert judge.grader
    wrong = changed(slug="wrong", reference=f"def {FLOOD.function}(*args):\n    return None\n")
    seed.keep(problems, [wrong])
    seed.prove_all(problems, judge.grader, 1, lambda _line: None)
    assert db.session.query(Problem).filter_by(slug="wrong").one().in_play is False
    assert "runtime_error" in (
        seed.disproof(changed(reference=f"def {FLOOD.function}(*args):\n    raise ValueError\n"), judge.grader) or ""
    )


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"compare": "float(0.1)"}, "compare is"),
        ({"params": [{"name": "Levels", "type": "list<int>"}]}, "is not a name"),
        ({"returns": "set<int>"}, "is not a type"),
        ({"examples": []}, "explain each visible test"),
        ({"tests": FLOOD.model_dump()["tests"][:5]}, "at least 1 visible and 3 hidden"),
        ({"tests": [{"args": [1, 2, 3, 4], "expected": 1, "hidden": True}]}, "takes"),
        ({"surprise": 1}, "Extra inputs"),
    ],
)
def test_a_document_that_is_not_consistent_is_refused(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        changed(**fields)


def written(folder: Path, *documents: ProblemDocument) -> Path:
    for document in documents:
        (folder / f"{document.slug}.json").write_text(document.model_dump_json())
    return folder


def test_verify_from_the_command_line(house: House, tmp_path: Path) -> None:
    add_commands(house.app)
    run = house.app.test_cli_runner().invoke
    made: dict[str, Any] = {}
    exec(FLOOD.generator or "", made)  # our own source, not a player's
    once_wrong = f"_right = {FLOOD.function}\ndef {FLOOD.function}(*args):\n    return {{}} if list(args) == "
    once_wrong += f"{made['generate'](3)!r} else _right(*args)\n"
    wrong = changed(slug="wrong", brute=f"{FLOOD.brute}\n{once_wrong}")
    folder = written(tmp_path, FLOOD, wrong)
    good = run(args=["problems", "verify", "flood-mark", "--bank", str(folder)])
    assert (good.exit_code, good.output.splitlines()[-1]) == (0, "1 of 1 problems verified"), good.output
    bad = run(args=["problems", "verify", "--bank", str(folder)])
    assert bad.exit_code == 1
    assert "FAILED" in bad.output and "agreement: reference and brute force differ" in bad.output
    assert "1 of 2 problems verified" in bad.output
    table = run(args=["problems", "verify", "flood-mark", "--bank", str(folder), "--table"])
    kept = run(args=["problems", "table", "--bank", str(folder)])
    assert "| Flood" in table.output and "| Flood" in kept.output
    assert run(args=["problems", "verify", "nonsense"]).exit_code == 1
    told = run(args=["judge", "doctor", "python"])
    assert told.exit_code == 0
    assert "judging     on" in told.output
    assert "HOLE" not in told.output and "Python" in told.output


def test_proving_drafts_from_the_command_line(house: House, tmp_path: Path) -> None:
    add_commands(house.app)
    run = house.app.test_cli_runner().invoke
    for name, text in (
        ("good", document_text(FLOOD.draft())),
        ("weak", document_text(FLOOD.draft().model_copy(update={"near_misses": []}))),
        ("broken", "{"),
        ("odd", json.dumps(FLOOD.draft().model_dump() | {"surprise": 1})),
    ):
        (tmp_path / f"{name}.json").write_text(text)
    done = run(args=["problems", "prove", *map(str, sorted(tmp_path.glob("*.json"))), "--into", str(tmp_path / "bank")])
    assert done.exit_code == 1
    assert "1 of 4 drafts proven" in done.output
    for reason in ("draft: has no near misses", "is no JSON", "surprise Extra inputs"):
        assert reason in done.output
    proven = load(tmp_path / "bank" / "flood-mark.json")
    assert proven.reference == FLOOD.reference and proven.proof
    assert len([test for test in proven.tests if test.hidden]) >= 15


@pytest.mark.parametrize(
    ("fields", "flaw"),
    [
        ({"tests": lambda tests: [*tests[:-1], {**tests[-1], "expected": -7}]}, "another answer"),
        ({"tests": lambda tests: tests[:3] + 3 * [{**tests[0], "hidden": True}]}, "pass programs that are wrong"),
    ],
)
def test_verify_says_what_is_wrong_with_tests(fields: dict[str, Any], flaw: str, judge: Judge) -> None:
    assert judge.grader
    document = changed(tests=fields["tests"](FLOOD.model_dump()["tests"]))
    with pytest.raises(Disproved, match=flaw) as caught:
        verify(document, judge.grader)
    assert caught.value.stage == "tests"
