"""Problems from elsewhere on their way into play, through the commands that an operator types."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import select

from application.base.database import db
from application.commands import add_commands
from application.judge.machine import Judge
from application.problems.authoring.imports import keeping
from application.problems.authoring.imports.reading import read
from application.problems.catalogue import document, kept
from application.problems.catalogue.document import load
from application.problems.catalogue.models import Problem
from application.problems.proving.verifier import Patience, prove
from tests.conftest import BANK, Databases
from tests.integration.conftest import Clock, House
from tests.tasks import humaneval_file, task

Run = Callable[..., Result]

BROKEN: list[tuple[str, str]] = [
    ('{"task_id": "Test/100"', "is no JSON"),
    (json.dumps({"task_id": "Test/101", "prompt": "def f(x):"}), "Field required"),
    (json.dumps(task(102, canonical_solution="    return sum(numbers)\n")), "another answer than its source tells"),
    (json.dumps(task(103, canonical_solution="    while True:\n        pass\n")), "time: the reference does not end"),
    (
        json.dumps(task(104, prompt='def add_all(numbers, extra):\n    """Add <script>alert(1)</script> of it."""\n')),
        "has HTML",
    ),
    (json.dumps(task(105, canonical_solution="    return open('/etc/passwd').read()\n")), "reference: calls open"),
]
"""Lines of a file of tasks, and why they are refused."""


def fitting(number: int) -> str:
    """A line with a task that is another one for each number."""
    return json.dumps(task(number, canonical_solution=f"    return sum(numbers) + extra + {number} - {number}\n"))


@pytest.fixture
def run(house: House) -> Run:
    add_commands(house.app)
    return command(house)


def command(house: House) -> Run:
    runner = house.app.test_cli_runner()
    return lambda *args: runner.invoke(args=["problems", *map(str, args)])


def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Endless loops need not be waited for in full."""
    monkeypatch.setattr(keeping, "prove", partial(prove, patience=Patience(batch_ms=700)))


def stored(prefix: str) -> list[Problem]:
    query = select(Problem).where(Problem.slug.startswith(prefix)).order_by(Problem.slug, Problem.version)
    found = list(db.session.scalars(query))
    db.session.rollback()
    return found


def test_broken_tasks_do_not_stop_the_others(
    house: House, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hurry(monkeypatch)
    lines = [fitting(number) for number in range(18)]
    for place, (line, _) in enumerate(BROKEN):
        lines.insert(4 * place, line)
    path = tmp_path / "tasks.jsonl"
    path.write_text("\n".join(lines))

    first = run("import", path, "--rank", "silver")
    assert (first.exit_code, "18 of 24 fit: 18 imported, 0 already here; 6 refused:" in first.output) == (0, True)
    listed = first.output.split("6 refused:")[1].strip().splitlines()
    assert len(listed) == 6
    for told, (_, why) in zip(listed, BROKEN, strict=True):
        assert why in told
    rows = stored("test-")
    assert len(rows) == 18
    assert all(row.in_play and row.version == 1 and row.rank == "silver" for row in rows)
    shown = house.codemaze.catalogue.problems.public(rows[0].id)
    assert (shown["source"], shown["licence"]) == ("HumanEval, Test/0", "MIT")
    whole = house.codemaze.catalogue.problems.document(rows[0].id)
    assert whole.proof and whole.proof.missing == ["brute", "generator", "validator"]
    assert [test.expected for test in whole.tests] == [7, 1, 6, 0, 14, 4]

    again = run("import", path, "--rank", "silver")
    assert "18 of 24 fit: 0 imported, 18 already here; 6 refused:" in again.output
    assert len(stored("test-")) == 18

    path.write_text(fitting(0).replace("Nothing else is added", "Nothing more is added"))
    changed = run("import", path, "--rank", "silver")
    assert "test-0-add-all, version 2" in changed.output
    assert [(row.version, row.in_play) for row in stored("test-0")] == [(1, False), (2, True)]

    path.write_text(BROKEN[0][0])
    assert run("import", path).exit_code == 1


def test_what_is_exported_can_be_imported_elsewhere(
    house: House, run: Run, tmp_path: Path, databases: Databases, judge: Judge
) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(fitting(1))
    assert run("import", path).exit_code == 0
    folder = tmp_path / "out"
    assert "2 problems written" in run("export", "flood-mark", "test-1-add-all", "--into", folder).output
    assert sorted(file.name for file in folder.iterdir()) == ["flood-mark.json", "test-1-add-all.json"]
    assert (
        json.loads(run("export", "flood-mark").output)["tests"] == load(BANK / "flood-mark.json").model_dump()["tests"]
    )
    assert len(json.loads(run("export").output)) == len(list(BANK.glob("*.json"))) + 1
    assert run("export", "nonsense").exit_code == 1
    assert "1 already here" in run("import", folder / "test-1-add-all.json").output
    ours = kept.newest("test-1-add-all")
    db.session.remove()

    other = House(databases.new(), judge, Clock())
    with other.app.app_context():
        add_commands(other.app)
        there = command(other)
        done = there("import", folder)
        assert "2 of 2 fit: 1 imported, 1 already here; 0 refused" in done.output, done.output
        theirs = kept.newest("test-1-add-all")
        assert ours and theirs
        assert theirs.model_copy(update={"proof": ours.proof}) == ours

        flood = json.loads((folder / "flood-mark.json").read_text())
        wrong = [
            flood | {"slug": "wrong", "tests": [*flood["tests"][:-1], {**flood["tests"][-1], "expected": -7}]},
            flood | {"slug": "zero", "source": "\0"},
            flood | {"slug": "half", "source": "\ud800"},
        ]
        (tmp_path / "wrong.json").write_text(json.dumps(wrong))
        refused = there("import", tmp_path / "wrong.json")
        assert refused.exit_code == 1
        assert "wrong: tests: test" in refused.output and "expects another answer" in refused.output
        assert "zero: source: has the invisible character U+0000" in refused.output
        assert "half: source" in refused.output
        db.session.remove()
        db.engine.dispose()


def test_an_exercise_is_proven_with_the_solution_that_comes_along(run: Run, tmp_path: Path) -> None:
    cases = [
        {"description": f"year {year}", "property": "leapYear", "input": {"year": year}, "expected": leap}
        for year, leap in ((1, False), (4, True), (100, False), (400, True), (8, True))
    ]
    path = tmp_path / "canonical-data.json"
    path.write_text(json.dumps({"exercise": "leap", "cases": cases}))
    without = run("import", path)
    assert (without.exit_code, "--solution" in without.output) == (1, True)
    solution = tmp_path / "leap.py"
    solution.write_text("def leap_year(year):\n    return year % 4 == 0\n")
    assert "([100]) = false" in run("import", path, "--solution", solution).output.replace("(100)", "([100])")
    solution.write_text("def leap_year(year):\n    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)\n")
    tried = run("import", path, "--solution", solution, "--dry-run")
    assert "1 of 1 fit: 1 would be imported" in tried.output
    assert stored("exercism-") == []
    assert "1 of 1 fit: 1 imported" in run("import", path, "--solution", solution).output
    assert [row.in_play for row in stored("exercism-")] == [True]


def test_from_a_scaffold_into_play(run: Run, tmp_path: Path) -> None:
    made = run("new", "lost-keys", "--rank", "bronze", "--topic", "arrays", "--into", tmp_path)
    assert made.exit_code == 0
    assert run("new", "lost-keys", "--into", tmp_path).exit_code == 1
    assert run("new", "Lost Keys").exit_code == 1
    folder = tmp_path / "lost-keys"
    missing = run("verify", folder)
    assert missing.exit_code == 1
    for told in (
        "statement.md: TODO in line 1",
        "reference.py: TODO",
        "brute.py: TODO",
        "near_misses",
        "TODO in title",
    ):
        assert told in missing.output
    assert "naive" not in missing.output
    mixed = run("verify", folder, "flood-mark")
    assert mixed.exit_code == 1 and "not both at once" in mixed.output

    flood = load(document.BANK / "flood-mark.json")
    drafted = flood.draft().model_dump(exclude_unset=True)
    (folder / "statement.md").write_text(drafted.pop("description"))
    for name in ("reference", "brute", "generator", "validator"):
        (folder / f"{name}.py").write_text(drafted.pop(name))
    drafted.pop("slug")
    (folder / "problem.json").write_text(json.dumps(drafted))
    proven = run("prove", folder, "--into", tmp_path / "proven")
    assert (proven.exit_code, "1 of 1 drafts proven" in proven.output) == (0, True), proven.output
    assert load(tmp_path / "proven" / "lost-keys.json").reference == flood.reference
    assert "1 of 1 fit: 1 imported" in run("import", tmp_path / "proven").output
    assert [row.in_play for row in stored("lost-keys")] == [True]


def test_164_tasks_of_which_20_are_broken(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hurry(monkeypatch)
    lines = [fitting(number) for number in range(144)]
    for place in range(20):
        broken, _ = BROKEN[place % len(BROKEN)]
        lines.insert(8 * place, broken.replace('"Test/10', f'"Test/{place + 2}00'))
    path = tmp_path / "tasks.jsonl"
    path.write_text("\n".join(lines))
    done = run("import", path)
    assert "144 of 164 fit: 144 imported, 0 already here; 20 refused:" in done.output
    assert len(done.output.split("20 refused:")[1].strip().splitlines()) == 20
    assert len(stored("test-")) == 144


@pytest.mark.skipif(
    os.environ.get("HUMANEVAL") != "1" or humaneval_file() is None, reason="takes minutes; HUMANEVAL=1 runs it"
)
def test_every_task_of_humaneval_that_fits_proves(run: Run) -> None:
    path: Any = humaneval_file()
    fit = sum(not hasattr(each, "reason") for each in read(path))
    done = run("import", path)
    assert f"{fit} of 164 fit: {fit} imported" in done.output, done.output
