"""Every language that is installed here: what goes in comes back, and programs get the verdicts that they declare.

A file of ``judge_cases/programs/<problem>`` is a program for that problem of the bank, in the language of its suffix.
Its first lines say which verdict is right (``expect: accepted``) and perhaps what the player must be told (``says:``).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from application.judge.conformance import VALUES, Record, failure
from application.judge.languages import known
from application.judge.languages.language import Language
from application.judge.languages.program import Program
from application.judge.machine import Judge
from application.judge.runner import Runner, RunnerFailed
from application.judge.sandbox import Sandbox
from application.judge.signature import parse_signature
from application.judge.verdicts import Judgement, Limits, RunResult, Verdict
from application.problems.catalogue.document import ProblemDocument, load
from tests.conftest import BANK

PROGRAMS = sorted((Path(__file__).parents[1] / "judge_cases" / "programs").glob("*/*.*"))
TRANSLATED = ("flood-mark", "train-to-bus", "pantry-ledger")
"""Problems whose reference is written in every language."""

QUICK = (".py", ".js", ".rb", ".php", ".pl", ".lua", ".c")
"""The languages whose programs start at once."""

REQUIRED = {"python", "javascript", "cpp", "java", "go", "rust", "ruby", "php", "perl", "lua"}
"""What must be there where the whole of Codemaze is tested."""

SCALARS = {"float": [0.1, -0.0, 3.0, 1e22, 5e-324], "bool": [True, False]}


@pytest.fixture(params=[kind.id for kind in known()])
def language(request: pytest.FixtureRequest, judge: Judge) -> Language:
    if request.param not in judge.installed:
        pytest.skip(f"{request.param} is not installed here: {judge.missing.get(request.param)}")
    return judge.installed[request.param]


def test_the_languages_that_must_be_there(judge: Judge) -> None:
    if not os.environ.get("CI"):
        pytest.skip("a machine of one's own has the languages one wants")
    assert set(judge.installed) >= REQUIRED, judge.missing


def test_every_language_is_told_apart() -> None:
    kinds = known()
    assert len(kinds) == 14
    for field in ("id", "name", "suffix"):
        assert len({getattr(kind, field) for kind in kinds}) == len(kinds)


def test_every_value_comes_back_as_it_went_in(language: Language, judge: Judge) -> None:
    assert judge.runner
    assert failure(language, judge.runner, {**VALUES, **SCALARS}) is None


def test_the_starter_compiles_and_is_no_answer(language: Language, judge: Judge) -> None:
    assert judge.runner
    signature = parse_signature(
        "two_words",
        [("in", "list<int>"), ("a_map", "map<string,optional<bool>>"), ("new", "optional<string>"), ("class", "float")],
        "list<float>",
    )
    program = language.program(language.starter(signature), signature, Limits())
    (run,) = judge.runner.run(program, [[[1], {"x": None}, None, 0.5]], Limits(time_ms=5000))
    assert run.verdict in (Verdict.ACCEPTED, Verdict.WRONG_ANSWER), run
    assert run.value in (None, [])


def test_a_language_that_changes_values_is_not_offered(judge: Judge, tmp_path: Path) -> None:
    assert judge.runner

    class Sloppy(type(judge.installed["python"])):  # type: ignore[misc]
        id = "sloppy"
        included = False

        def echo(self, signature: object) -> str:
            return "def echo_back(x):\n    return [None if item == '' else item for item in x] if x else x\n"

    sloppy, record = Sloppy("1"), Record(tmp_path / "record.json", [])
    other = Judge.over(judge.runner, judge.self_test, {"sloppy": sloppy}, {}, record)
    other.prove_all()
    assert "sloppy" not in other.languages
    assert "does not come back as it went in" in other.missing["sloppy"]
    # Nobody is shown starter code of it, and the next start tries it anew.
    assert not other.installed
    again = Judge.over(judge.runner, judge.self_test, {"sloppy": sloppy}, {}, record)
    assert "sloppy" in again.unproven


class Interrupted:
    """A runner whose first programs come to no good end, as those of a judge that is stopped or overloaded."""

    def __init__(self, runner: Runner, *ends: RunResult | BaseException) -> None:
        self._runner, self._ends = runner, list(ends)

    def run(self, program: Program, calls: Sequence[list[object]], *more: Any) -> list[RunResult]:
        if not self._ends:
            return self._runner.run(program, calls, *more)
        end = self._ends.pop(0)
        if isinstance(end, BaseException):
            raise end
        return [end] * len(calls)


@pytest.mark.parametrize("end", [*sorted(set(Verdict) - {Verdict.ACCEPTED}), RunnerFailed("away"), KeyboardInterrupt()])
def test_a_language_whose_trial_came_to_no_end_is_tried_again(end: Any, judge: Judge, tmp_path: Path) -> None:
    assert judge.runner
    perl, record = judge.installed["perl"], Record(tmp_path / "record.json", [])
    runner = Interrupted(judge.runner, RunResult(end) if isinstance(end, Verdict) else end)
    stopped = Judge.over(runner, judge.self_test, {"perl": perl}, {}, record)
    with contextlib.suppress(KeyboardInterrupt):
        stopped.prove_all(pauses=[0])
    assert "perl" not in stopped.languages and perl not in record
    started = Judge.over(judge.runner, judge.self_test, {"perl": perl}, {}, record)
    started.prove_all(pauses=[0])
    assert "perl" in started.languages and perl in record


def test_a_language_whose_trial_comes_to_an_end_later_is_offered(judge: Judge) -> None:
    assert judge.runner
    runner = Interrupted(judge.runner, RunResult(Verdict.TIME_LIMIT), RunnerFailed("away"))
    tried = Judge.over(runner, judge.self_test, {"perl": judge.installed["perl"]}, {})
    tried.prove_all(pauses=[0, 0, 0])
    assert "perl" in tried.languages and not tried.missing and not tried.unproven


def test_a_server_is_not_ready_before_python_was_tried_again(judge: Judge) -> None:
    assert judge.runner
    runner = Interrupted(judge.runner, RunResult(Verdict.TIME_LIMIT), RunResult(Verdict.RUNTIME_ERROR))
    tried = Judge.over(runner, judge.self_test, {"python": judge.installed["python"]}, {})
    assert list(tried.languages) == ["python"] and not tried.missing


def test_failures_that_older_versions_have_kept_are_forgotten(judge: Judge, tmp_path: Path) -> None:
    perl, path = judge.installed["perl"], tmp_path / "record.json"
    record = Record(path, [])
    record.add(perl)
    (fingerprint,) = json.loads(path.read_text())
    path.write_text(json.dumps({fingerprint: "optional<string> does not come back"}))
    assert perl not in record
    record.add(perl)
    assert perl in record


def test_what_is_pressed_at_the_terminal_does_not_reach_the_sandboxes(judge: Judge) -> None:
    assert isinstance(judge.runner, Sandbox)
    program = judge.installed["python"].program("", parse_signature("nothing", [], "int"), Limits())
    with judge.runner.opened(program.run) as box:
        assert os.getpgid(box.process.pid) != os.getpgrp()


PAIR = parse_signature("two_sum", [("nums", "list<int>"), ("n", "int")], "int")
NONE = "The program defines no function two_sum."
MISNAMED = f"{NONE} It has twoSum, which is another name."
UNLIKE = "The function two_sum cannot be called as the problem declares it: "
STD = "#include <bits/stdc++.h>\nusing namespace std;\n"
SAID = {
    "ruby": ("def twoSum(nums, n)\n  2\nend\n", MISNAMED),
    "php": ("function twoSum($nums, $n) { return 2; }\n", MISNAMED),
    "lua": ("local function two_sum(nums, n) return 2 end\n", f"{NONE} It is local there"),
    "perl": ("package Solution;\nsub two_sum { 2 }\n", f"{NONE} It stands inside of package Solution"),
    "c": ("long long twoSum(IntList nums, long long n) { return 2; }\n", MISNAMED),
    "c declares": ("int two_sum(int *nums, int n) { return 2; }\n", f"{UNLIKE}long long two_sum(IntList nums, "),
    "cpp": (f"{STD}struct Solution {{ int two_sum(int n) {{ return 2; }} }};\n", f"{NONE} It stands inside of struct"),
    "cpp takes": (f"{STD}int two_sum(string nums, int n) {{ return 2; }}\n", f"{UNLIKE}long long two_sum(std::vector<"),
    "cpp returns": (f"{STD}int two_sum(vector<long long> nums, int n) {{ }}\n", "solution.cpp:3:46: error: no return"),
    "go": ("package main\n\nfunc main() {}\n", "The program defines no function twoSum. Its main is not called"),
    "go takes": ("func twoSum(nums []int) int { return 2 }\n", "declares it: func twoSum(nums []int, n int) int"),
    "rust": (
        "struct S;\nimpl S { fn two_sum(nums: Vec<i64>, n: i64) -> i64 { 2 } }\n",
        f"{NONE} It stands inside of impl",
    ),
    "rust takes": ("fn two_sum(nums: &[i64], n: i64) -> i64 { 2 }\n", f"{UNLIKE}fn two_sum(nums: Vec<i64>, n: i64)"),
}
WORKS = {
    "ruby": "require 'set'\ndef two_sum(nums, n)\n  Thread.new { puts caller }.join\n  puts 'told', caller\n  2\nend\n",
    "php": "function two_sum($nums, $n) { echo 'told'; debug_print_backtrace(); return 2; }\n",
    "lua": "function two_sum(nums, n)\n  print('told', debug.traceback())\n  return 2\nend\n",
    "perl": "use Carp;\nsub two_sum { print \"told\\n\"; Carp::cluck('here'); 2 }\n",
    "c": '#include <stdio.h>\n#define int long long\nint two_sum(IntList nums, int n) { puts("told"); return 2; }\n'
    "signed main() {}\n",
    "cpp": f"{STD}#define int long long\n#define private public\n#define endl '\\n'\n#define run 5\n#define out cout\n"
    "#define return return +\nint two_sum(vector<int> &nums, int n) {\n  ios::sync_with_stdio(false);\n"
    '  out << "told" << endl;\n  return 2;\n}\nsigned main() {}\n',
    "go": 'import "fmt"\n\nfunc main() {}\n\nfunc twoSum(nums []int, n int) int { fmt.Println("told"); return 2 }\n',
    "rust": '#![allow(unused)]\npub fn two_sum(nums: Vec<i64>, n: i64) -> i64 { println!("told"); 2 }\nfn main() {}\n',
}


def ran(language: str, code: str, judge: Judge) -> RunResult:
    if language not in judge.installed:
        pytest.skip(f"{language} is not judged here")
    assert judge.grader
    judge.languages.setdefault(language, judge.installed[language])
    (result,) = judge.grader.call(language, code, PAIR, [[[1, 2], 3]], Limits(time_ms=5000))
    assert not re.search(r"/judge/|harness|main\.(?:c|cpp|rs|go)\b|zz_call|signature\.h|codemaze", str(result)), result
    return result


@pytest.mark.parametrize("case", SAID)
def test_what_is_wrong_with_the_function_is_said_of_the_players_file(case: str, judge: Judge) -> None:
    code, said = SAID[case]
    result = ran(case.split()[0], code, judge)
    assert result.verdict in (Verdict.COMPILE_ERROR, Verdict.RUNTIME_ERROR)
    assert said in result.message


@pytest.mark.parametrize("language", WORKS)
def test_what_is_harmless_beside_the_function_works(language: str, judge: Judge) -> None:
    result = ran(language, WORKS[language], judge)
    assert (result.verdict, result.value) == (Verdict.ACCEPTED, 2), result
    assert result.console.startswith("told")


@lru_cache
def document(slug: str) -> ProblemDocument:
    return load(BANK / f"{slug}.json")


def declared(path: Path) -> tuple[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()[:4]
    expected = next(line.partition("expect:")[2].replace("*/", "").strip() for line in lines if "expect:" in line)
    said = [line.partition("says:")[2].replace("*/", "").strip() for line in lines if "says:" in line]
    return expected, said[0] if said else ""


def language_of(path: Path) -> str:
    return next(kind.id for kind in known() if kind.suffix == path.suffix)


def judged(path: Path, judge: Judge) -> Judgement:
    assert judge.grader
    language = language_of(path)
    judge.languages.setdefault(language, judge.installed[language])
    return judge.grader.judge(document(path.parent.name).request(language, path.read_text(encoding="utf-8")))


def check(path: Path, judge: Judge) -> None:
    if language_of(path) not in judge.installed:
        pytest.skip(f"{path.suffix} is not judged here")
    judgement, (expected, said) = judged(path, judge), declared(path)
    assert judgement.verdict == expected, judgement
    told = [judgement.message, *(result.message for result in judgement.results if not result.hidden)]
    assert said in "\n".join(told), told


def test_there_are_enough_programs() -> None:
    assert len(chosen()) >= 120
    assert {path.suffix for path in chosen()} == {kind.suffix for kind in known()}
    assert {declared(path)[0] for path in PROGRAMS} >= set(Verdict) - {Verdict.JUDGE_ERROR}
    for kind in known():
        for slug in TRANSLATED:
            right = [path for path in PROGRAMS if path.parent.name == slug and path.suffix == kind.suffix]
            assert "accepted" in {declared(path)[0] for path in right}, (kind.id, slug)


@pytest.fixture
def burners() -> Iterator[None]:
    """Every core is busy with something else, too."""
    started = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(os.cpu_count() or 1)]
    yield
    for burner in started:
        burner.kill()
        burner.wait()


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def chosen() -> list[Path]:
    """Those that every run judges: all that need no compiler's time, the translations, and of each other language one
    for each verdict. ``ALL_PROGRAMS=1`` judges all of them."""
    if os.environ.get("ALL_PROGRAMS"):
        return PROGRAMS
    found, seen = [], set()
    for path in PROGRAMS:
        kind = (path.suffix, declared(path)[0])
        if path.suffix in QUICK or path.parent.name in TRANSLATED or kind not in seen:
            found.append(path)
            seen.add(kind)
    return found


# All of them where one asks for it: it takes a while.
BUSY = PROGRAMS if os.environ.get("ALL_BUSY") else PROGRAMS[::48]


@pytest.mark.parametrize("path", [path for path in chosen() if path not in BUSY], ids=named)
def test_a_program_gets_its_verdict(path: Path, judge: Judge) -> None:
    check(path, judge)


@pytest.mark.parametrize("path", BUSY, ids=named)
@pytest.mark.usefixtures("burners")
def test_a_program_gets_the_same_verdict_while_the_machine_is_busy(path: Path, judge: Judge) -> None:
    check(path, judge)
