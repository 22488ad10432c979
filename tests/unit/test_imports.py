"""What is read of other projects' files, and why something is not: nothing is run here."""

from __future__ import annotations

import ast
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from application.problems.authoring import folder as authoring
from application.problems.authoring.imports import humaneval, statement
from application.problems.authoring.imports.files import Unreadable
from application.problems.authoring.imports.found import Found, Read, Refused
from application.problems.authoring.imports.inference import Call, Hints, NoSignature, annotated, infer
from application.problems.authoring.imports.literals import NotLiteral, parsed, value_of
from application.problems.authoring.imports.names import parameters, slug_of, snake_case, title_of
from application.problems.authoring.imports.reading import read
from application.problems.authoring.scaffold import scaffold
from application.problems.catalogue.source import Draft, unsafe
from tests.tasks import humaneval_file, task

CASES = {"exercise": "two-fer", "cases": []}


def one(value: Any) -> Read:
    (found,) = humaneval.read([("line 1", value)], "bronze")
    return found


def draft_of(found: Read) -> Draft:
    assert isinstance(found, Found) and isinstance(found.problem, Draft), found
    return found.problem


def reason(value: Any) -> str:
    found = one(value)
    assert isinstance(found, Refused), found
    return found.reason


def test_a_task_becomes_a_draft() -> None:
    found = one(task(3))
    draft = draft_of(found)
    assert (draft.slug, draft.title, draft.rank) == ("test-3-add-all", "Add all", "bronze")
    assert str(draft.signature) == "add_all(numbers: list<int>, extra: int) -> int"
    assert (draft.source, draft.licence, draft.compare) == ("HumanEval, Test/3", "MIT", "exact")
    assert draft.description == "Add the numbers and \\_extra\\_.\nNothing else is added."
    assert [example.args for example in draft.examples] == [[[1, 2], 4], [[], 1], [[1, 2], 3]]
    assert draft.examples[0].explanation == "Told by the statement."
    assert draft.inputs == [[[5], -5], [[0, 0, 7], 7], [[1] * 4, 0]]
    assert '"""' not in draft.reference
    assert isinstance(found, Found)
    assert [call.expected for call in found.claims] == [7, 1, 6, 0, 14, 4]


@pytest.mark.parametrize(
    ("asserts", "types", "compare"),
    [
        ("abs(c(1.0) - 2.5) < 1e-6; abs(c(2) - 2.0) < 1e-6; c(3) == 1; c(4) == 5", "float -> float", "float(1e-6)"),
        ("c(1); not c(2); c(3) is True; c(4) == False", "int -> bool", "exact"),
        ("c('a') == None; c('b') == 'b'; c('') == ''; c('c') is None", "string -> optional<string>", "exact"),
        ("sorted(c([1])) == [1]; set(c([2])) == {2}; c([]) == []; c([5]) == [5]",
         "list<int> -> list<int>", "unordered"),
        ("c([]) == {}; c([[]]) == {'a': 1}; c([['b']]) == {'b': 2}; c([['']]) == {}",
         "list<list<string>> -> map<string,int>", "exact"),
        ("c((1, 2)) == (2, 1); c((3,)) == (3,); c(()) == (); c((1,)) == (1,)", "list<int> -> list<int>", "exact"),
        ("c('a' * 3) == 2 ** 3; c('a' + 'b') == -7 // 2; c('x') == 3 * 7; c('y') == 0", "string -> int", "exact"),
        ("c(x=1) == 1; c(2) == 2; c(x=3) == 3; 4 == c(4)", "int -> int", "exact"),
    ],
)  # fmt: skip
def test_types_are_those_of_the_asserts(asserts: str, types: str, compare: str) -> None:
    test = "def check(c):\n" + "".join(f"    assert {part.strip()}\n" for part in asserts.split(";"))
    prompt = 'def f(x):\n    """Something that is long enough."""\n'
    draft = draft_of(one(task(1, prompt=prompt, entry_point="f", canonical_solution="    return x\n", test=test)))
    assert f"{draft.params[0].type} -> {draft.returns}" == types
    assert draft.compare == compare


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"prompt": None}, "prompt Input should be a valid string"),
        ({"canonical_solution": ""}, "canonical_solution String should have at least 1"),
        ({"canonical_solution": "    return (\n"}, "canonical_solution is no Python"),
        ({"canonical_solution": "    return " + "(" * 5000}, "canonical_solution is no Python"),
        ({"canonical_solution": "    return " + "-" * 15000 + "1\n"}, "canonical_solution is no Python"),
        ({"entry_point": "other"}, "does not define other"),
        ({"test": "def check(candidate):\n    pass\n"}, "has 2 different tests"),
        ({"test": "def test():\n    pass\n"}, "does not define check"),
        ({"test": "def check(c):\n    assert c([1], 1) == 2\n"}, "4 are the least"),
        ({"test": "def check(c):\n    assert c([1], 2) in (1, 2)\n"}, "more than one answer"),
        (
            {"test": "def check(c):\n    assert c([1], 'a') == 1\n    assert c([1], 2) == 1\n"},
            "extra is of mixed types",
        ),
        ({"test": "def check(c):\n    for i in range(9):\n        assert c([i], i) == i\n"}, "tests while it runs"),
        ({"prompt": "def add_all(numbers, extra):\n"}, "no docstring"),
        ({"prompt": 'def add_all(*numbers):\n    """Anything."""\n'}, "varying number"),
        ({"prompt": 'def add_all():\n    """Anything."""\n'}, "takes no arguments"),
        ({"prompt": 'def add_all(numbers, extra):\n    """Add <b>all</b> of these numbers up."""\n'}, "has HTML"),
        ({"prompt": 'def add_all(numbers, extra):\n    """See [this](javascript:x) for more."""\n'}, "has a link to"),
        ({"prompt": 'def add_all(numbers, extra):\n    """Add all \u202egnihton of it."""\n'}, "U+202E"),
        ({"prompt": f'def add_all(numbers, extra):\n    """{"long " * 3000}"""\n'}, "at most 8000"),
        (
            {"prompt": 'def add_all(numbers, extra):\n    """Add all of it.\n\n    add_all([1, 2], 3) == 7\n    """\n'},
            "two answers to the same call",
        ),
    ],
)
def test_what_does_not_fit_is_told_with_its_reason(changes: dict[str, Any], why: str) -> None:
    assert why in reason(task(1, **changes))


def test_what_is_no_task() -> None:
    assert "not a JSON object" in reason([1, 2])
    assert "Field required" in reason({"task_id": "Test/1"})


def test_names_and_tuples_become_those_that_every_language_has() -> None:
    prompt = 'def Both(N, Both_):\n    """Both of them, as a tuple: Both(1, 2) is that."""\n'
    test = "def check(c):\n" + "".join(f"    assert c({n}, 0) == ({n}, 0)\n" for n in range(4))
    solution = "    return (N, Both_) if N else Both(0.0, 0) and (0, Both_)\n"
    draft = draft_of(one(task(1, prompt=prompt, entry_point="Both", canonical_solution=solution, test=test)))
    assert str(draft.signature) == "both(n: int, both_2: int) -> list<int>"
    assert "as a list here" not in draft.description.replace("it is a list here", "")
    assert "both(1, 2)" in draft.description
    assert "def both_in_tuples(N, Both_)" in draft.reference and "else both_in_tuples(0.0, 0)" in draft.reference
    assert draft.reference.endswith("def both(n, both_2):\n    return _in_lists(both_in_tuples(n, both_2))\n")


def test_a_test_of_other_types_is_left_out_and_told() -> None:
    test = task(1)["test"] + "    assert candidate('word', 3) == 3\n    assert candidate([1], 2 ** 60) == 3\n"
    found = one(task(1, test=test))
    assert isinstance(found, Found)
    assert any("1 of 7 tests left out: numbers is of mixed types" in note for note in found.notes)
    assert any("1 tests not read" in note and "2^53" in note for note in found.notes)


def test_a_helper_of_the_prompt_is_shown() -> None:
    prompt = "def helper(x):\n    return x\n\n\n" + task(1)["prompt"]
    assert "```\ndef helper(x):\n    return x\n```" in draft_of(one(task(1, prompt=prompt))).description


@pytest.mark.parametrize(
    "source",
    [
        "open('x')", "__import__('os')", "[i for i in range(9)]", "'a' * 10 ** 9", "9 ** 9 ** 9", "[[]] * 1000000",
        "1 / 0", "lambda: 0", "x", "{1, 2}", "2 ** 60", "True + 1", "b'a'", "1j", "f'{1}'", "{**{}}", "-" * 50 + "1",
        "{(1, 2): 3}", "1 << 3", "str([1])", "tuple(1)",
    ],
)  # fmt: skip
def test_only_literals_have_values(source: str) -> None:
    with pytest.raises(NotLiteral):
        value_of(ast.parse(source, mode="eval").body)


def test_values_of_literals() -> None:
    source = "[1, -2.5, 'a' * 2 + 'b', (None, True), {'k': [1] * 2}, 7 // 2, tuple([3]), str(12), n]"
    value = value_of(ast.parse(source, mode="eval").body, {"n": 5})
    assert value == [1, -2.5, "aab", [None, True], {"k": [1, 1]}, 3, [3], "12", 5]
    with pytest.raises(NotLiteral):
        parsed("def (")
    with pytest.raises(NotLiteral):
        parsed("a\0")


@pytest.mark.parametrize(
    ("annotation", "type_"),
    [
        ("int", "int"), ("str", "string"), ("List[float]", "list<float>"), ("list[list[bool]]", "list<list<bool>>"),
        ("Optional[str]", "optional<string>"), ("int | None", "optional<int>"), ("Dict[str, int]", "map<string,int>"),
        ("Tuple[int, int]", "list<int>"), ("tuple[int, ...]", "list<int>"), ("Tuple[int, str]", "None"),
        ("Any", "None"), ("Dict[int, int]", "None"), ("list", "None"), ("List[Any]", "None"),
    ],
)  # fmt: skip
def test_annotations(annotation: str, type_: str) -> None:
    assert str(annotated(ast.parse(annotation, mode="eval").body)) == type_


def test_inference_needs_values_that_tell() -> None:
    with pytest.raises(NoSignature, match="nothing tells the type of the items of x"):
        infer(["x"], [Call([[]], 1)], Hints())
    with pytest.raises(NoSignature, match="keys that are not texts"):
        infer(["x"], [Call([{1: 2}], 1)], Hints())
    with pytest.raises(NoSignature, match="2\\^53"):
        infer(["x"], [Call([2**60], 1)], Hints())
    with pytest.raises(NoSignature, match="a float, a list and an int"):
        infer(["x"], [Call([[1, 2.5, []]], 1)], Hints())
    assert infer(["x"], [Call([[]], 1), Call([[None, 2]], 2)], Hints()).types == ["list<optional<int>>"]


def test_statements_are_markdown_that_shows_the_text() -> None:
    text = "# No heading, *no* emphasis.\n\nSteps:\n  1. one\n  <script>\n\n``` no fence\n> no quote\n\nExamples:\n"
    shown = statement.markdown(text.splitlines(), "f")
    assert shown == (
        "\\# No heading, \\*no\\* emphasis.\n\nSteps:\n\n```\n  1. one\n  <script>\n```\n\n''' no fence\n\\> no quote"
    )
    assert unsafe(shown) is None
    assert unsafe(statement.fenced("~~~ ````\n<b>")) is None


def test_names() -> None:
    assert snake_case("isLeapYear") == "is_leap_year"
    assert snake_case("9 Lives!") == "lives"
    assert slug_of("HumanEval/12", "minPath") == "human-eval-12-min-path"
    assert len(slug_of("x" * 200)) == 60
    assert title_of("has_close_elements") == "Has close elements"
    assert parameters(["N", "n", "f", "é", "?"], "f") == ["n", "n_2", "f_3", "e", "value_5"]


def test_a_file_with_broken_lines(tmp_path: Path) -> None:
    lines = [json.dumps(task(1)), "{", '"\xff"', "[" * 100_000, "", "3", json.dumps(task(2)), "9" * 5000]
    path = tmp_path / "tasks.jsonl"
    path.write_bytes("\n".join(lines).encode("latin-1"))
    found = read(path)
    assert [isinstance(each, Found) for each in found] == [True, False, False, False, False, True, False]
    reasons = [each.reason for each in found if isinstance(each, Refused)]
    assert [each.name for each in found if isinstance(each, Refused)][:3] == ["line 2", "line 3", "line 4"]
    assert "is no JSON" in reasons[0] and "UTF-8" in reasons[1] and "is no JSON" in reasons[2]
    packed = tmp_path / "tasks.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert len(read(packed, "humaneval", "gold")) == 7
    packed.write_bytes(gzip.compress(path.read_bytes())[:-20])
    with pytest.raises(Unreadable):
        read(packed)


def test_one_endless_line_is_refused_and_the_next_read(tmp_path: Path) -> None:
    path = tmp_path / "tasks.jsonl.gz"
    path.write_bytes(gzip.compress(b'"' + b"x" * 5_000_000 + b'"\n' + json.dumps(task(1)).encode(), 1))
    found = read(path)
    assert [each.reason if isinstance(each, Refused) else each.name for each in found] == [
        "is larger than 2 MB",
        "Test/1",
    ]
    path.write_bytes(gzip.compress(b"\n" * 100_001, 1))
    with pytest.raises(Unreadable, match="100000 lines"):
        read(path)


def exercise(folder: Path, *cases: dict[str, Any], name: str = "leap") -> Path:
    path = folder / "canonical-data.json"
    path.write_text(json.dumps({"exercise": name, "comments": ["x"], "cases": cases}))
    return path


def case(year: Any, expected: Any, **more: Any) -> dict[str, Any]:
    return {"uuid": str(year), "description": f"year {year}", "property": "leapYear", "input": {"year": year},
            "expected": expected} | more  # fmt: skip


def test_an_exercise_needs_a_solution(tmp_path: Path) -> None:
    cases = [case(1, False), {"description": "group", "cases": [case(4, True), case(100, True)]}, case(8, True),
             case(0, {"error": "no year"}), case(-100, False, reimplements="100", input={"year": 100})]  # fmt: skip
    path = exercise(tmp_path, *cases)
    (without,) = read(path)
    assert isinstance(without, Refused) and "--solution" in without.reason
    solution = tmp_path / "leap.py"
    solution.write_text("def leap_year(year):\n    return year % 4 == 0\n")
    (found,) = read(path, solution=solution, rank="silver")
    draft = draft_of(found)
    assert (draft.slug, draft.rank, draft.licence) == ("exercism-leap-leap-year", "silver", "MIT")
    assert str(draft.signature) == "leap_year(year: int) -> bool"
    assert draft.examples[0].explanation == "year 1"
    assert "- year 4" in draft.description
    assert isinstance(found, Found)
    assert "1 of 5 cases left out" in found.notes[0] and "no description.md" in found.notes[1]
    assert [call.expected for call in found.claims] == [False, True, True, False]
    (tmp_path / "description.md").write_text("Say whether a year is a leap year.\n")
    assert draft_of(read(path, solution=solution)[0]).description == "Say whether a year is a leap year."
    solution.write_text("def other():\n    pass\n")
    (undefined,) = read(path, solution=solution)
    assert isinstance(undefined, Refused) and "does not define leap_year" in undefined.reason


def test_an_exercise_that_is_none(tmp_path: Path) -> None:
    deep: dict[str, Any] = case(1, True)
    for _ in range(12):
        deep = {"description": "", "cases": [deep]}
    (found,) = read(exercise(tmp_path, deep))
    assert isinstance(found, Refused) and "nested" in found.reason
    (found,) = read(exercise(tmp_path, {"property": 3}))
    assert isinstance(found, Refused) and "property" in found.reason


def test_own_files(tmp_path: Path) -> None:
    draft = draft_of(one(task(1)))
    text = draft.model_dump_json(exclude_unset=True)
    (tmp_path / "a.json").write_text(f"[{text}, 5, {{}}]")
    (tmp_path / "b.jsonl").write_text(f"{text}\n{{\n")
    found = read(tmp_path, rank="gold")
    assert [type(each) for each in found] == [Found, Refused, Refused, Found, Refused]
    assert draft_of(found[0]) == draft.model_copy(update={"rank": "gold"})
    (tmp_path / "empty").mkdir()
    with pytest.raises(Unreadable):
        read(tmp_path / "empty")


def test_a_scaffold_tells_all_that_is_missing(tmp_path: Path) -> None:
    made = scaffold(tmp_path / "lost-keys", "gold", "greedy")
    assert {path.name for path in made} == {"problem.json", "statement.md", "naive.py"} | {
        f"{name}.py" for name in ("reference", "brute", "generator", "validator")
    }
    with pytest.raises(authoring.Unfinished) as caught:
        authoring.read(tmp_path / "lost-keys")
    missing = caught.value.missing
    for place in ("statement.md", *(f"{name}.py" for name in authoring.PROGRAMS)):
        assert any(phrase.startswith(f"{place}: TODO in line") for phrase in missing)
    for field in ("title", "examples", "source", "near_misses"):
        assert any(phrase.startswith("problem.json") and field in phrase for phrase in missing)
    (tmp_path / "lost-keys" / "brute.py").unlink()
    (tmp_path / "lost-keys" / "problem.json").write_text("{")
    (found,) = read(tmp_path / "lost-keys")
    assert isinstance(found, Refused)
    assert "brute.py: does not exist" in found.reason and "problem.json: is no JSON" in found.reason
    with pytest.raises(FileExistsError):
        scaffold(tmp_path / "lost-keys", "bronze", None)


@pytest.mark.skipif(humaneval_file() is None, reason="the package human-eval is not installed")
def test_how_many_of_humaneval_fit() -> None:
    path = humaneval_file()
    assert path
    found = read(path)
    assert len(found) == 164
    assert sum(isinstance(each, Found) for each in found) == 146
