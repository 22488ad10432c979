"""Reports keep within their bounds, and what is sent is what was sent before."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from application.judge.verdicts import Judgement, Verdict
from application.judge.verdicts import TestResult as Result
from application.matches.reporting import CUT_OFF, MAX_CONSOLE, MAX_REPORT, report_of, thinned, told


def judgement(consoles: list[str], got: object = 1) -> Judgement:
    results = tuple(
        Result(number, False, Verdict.ACCEPTED, [number], 1, got, console=console, time_ms=7)
        for number, console in enumerate(consoles, start=1)
    )
    return Judgement(Verdict.ACCEPTED, len(results), len(results), results, message="well")


@given(st.lists(st.text(max_size=50), max_size=8))
def test_the_console_is_kept_once_and_told_as_before(consoles: list[str]) -> None:
    kept = report_of(judgement(consoles))
    assert "console" not in kept
    assert told(kept)["console"] == "".join(consoles)
    assert [result["console"] for result in told(kept)["results"]] == consoles


def test_a_report_from_before_keeps_its_own_console() -> None:
    assert told({"results": [{"console": "one"}], "console": "all"})["console"] == "all"


def test_consoles_have_a_bound_together_and_say_where_they_were_cut() -> None:
    kept = report_of(judgement(["a" * (MAX_CONSOLE - 10), "b" * 100, "c", ""]))
    consoles = [result["console"] for result in kept["results"]]
    assert consoles == ["a" * (MAX_CONSOLE - 10), "b" * 10 + CUT_OFF, CUT_OFF, ""]


@given(st.integers(1, 300), st.text(min_size=1, max_size=4000))
def test_a_report_has_a_bound(tests: int, got: str) -> None:
    kept = report_of(judgement(["x"] * tests, got * 20))
    assert len(json.dumps(kept)) <= MAX_REPORT
    assert [result["passed"] for result in kept["results"]] == [True] * tests


def test_a_thin_report_has_the_verdicts_and_nothing_else_of_a_program() -> None:
    thin = thinned(report_of(judgement(["secret"])))
    assert thin["results"] == [{"number": 1, "hidden": False, "passed": True, "verdict": "accepted"}]
    assert (thin["message"], thin["time_ms"], told(thin)["console"]) == ("", 7, "")
    assert thinned(thin) == thin
