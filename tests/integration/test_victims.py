"""Each kind of attack is tried in every language, alone and beside a victim whose verdict it must leave as it is."""

from __future__ import annotations

import itertools
import threading

import pytest

from application.judge.executor import DirectExecutor
from application.judge.grader import Grader
from application.judge.languages import known
from application.judge.machine import Judge
from application.judge.verdicts import Limits, Verdict
from tests.hostile import (
    CASES,
    CLEAN,
    LIMITS,
    OUTSIDE,
    SIGNATURE,
    expectation,
    first_line,
    judge_it,
    language_of,
    outside,
)

KINDS = {
    "signals": "to the supervisor, to who waits for the next test, and to whoever else is near",
    "values": "that JSON carries and PostgreSQL does not",
    "names": "of what calls the program, taken or overwritten",
    "output": "that goes through what the program has put in the place of the language's own",
    "end": "hooks, handlers and finalisers that run when the program is over",
    "handlers": "of signals and errors that let nothing end the program",
    "stack": "walked up to what called the program",
    "start": "which ends or fails before there is a function to call",
    "static": "initialisers without end",
}

WITHOUT = {("signals", "typescript"), ("handlers", "typescript"), ("signals", "lua")}
"""Lua knows no signals. TypeScript is JavaScript, whose contexts have none either: what ``breaks_out`` tries them."""


@pytest.fixture(scope="module")
def grader(judge: Judge) -> Grader:
    assert judge.runner
    return Grader(DirectExecutor(judge.runner, {**judge.installed, OUTSIDE: outside(judge.installed["javascript"])}))


def test_each_kind_is_tried_in_every_language() -> None:
    languages = {language.suffix: language.id for language in known() if language.id in CLEAN}
    tried = {(kind, languages[path.suffix]) for path in CASES for kind in first_line(path).get("kind", [])}
    assert {kind for kind, _ in tried} == set(KINDS)
    assert set(itertools.product(KINDS, languages.values())) - tried == WITHOUT


@pytest.mark.parametrize("language", CLEAN)
def test_a_victim_beside_each_attacker_is_judged_as_ever(language: str, judge: Judge, grader: Grader) -> None:
    """In the same pool: at the same time, and in what the attack has left."""
    suffix = next(known_one.suffix for known_one in known() if known_one.id == language)
    assert judge.runner
    verdicts: list[Verdict] = []
    for path in (path for path in CASES if path.suffix == suffix and "kind" in first_line(path)):
        code, spoken = path.read_text(), language_of(path, judge)
        limits = Limits(expectation(path)[1], LIMITS.memory_mib)
        judge.runner.run(grader.languages[spoken].program(code, SIGNATURE, limits), [], limits)  # only compiled
        attacker = threading.Thread(target=judge_it, args=(grader, code, spoken, limits))
        attacker.start()
        verdicts.append(judge_it(grader, CLEAN[language], language).verdict)
        attacker.join()
    verdicts.append(judge_it(grader, CLEAN[language], language).verdict)
    assert set(verdicts) == {Verdict.ACCEPTED}
