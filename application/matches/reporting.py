"""The report of a judgement: what its author may read, within a bound of bytes. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from application.judge.verdicts import Judgement, TestResult, Verdict

Json = dict[str, Any]

MAX_CONSOLE = 64 * 1024
"""Characters that the consoles of one report have together."""

MAX_REPORT = 256 * 1024
"""Characters that a report may have as JSON. Of a longer one only the verdicts of its tests are kept."""

CUT_OFF = "\n[the rest is cut off]"


def report_of(judgement: Judgement) -> Json:
    """The judgement as its author may read it: visible tests in full, of hidden ones only whether they passed.

    Time and memory are those of visible tests only: a program could use them to reveal hidden inputs. What ``told``
    adds is not stored.
    """
    visible = [result for result in judgement.results if not result.hidden]
    report = {
        "results": _within_bounds([_result_report(result) for result in judgement.results]),
        "message": judgement.message,
        "time_ms": max((result.time_ms for result in visible), default=0),
        "memory_kib": max((result.memory_kib for result in visible), default=0),
    }
    return report if len(json.dumps(report)) <= MAX_REPORT else thinned(report) | {"message": judgement.message}


def told(report: Json) -> Json:
    """A report as it is sent: with the console of all its tests, if it does not have one of its own."""
    consoles = "".join(result.get("console", "") for result in report["results"])
    return {"console": consoles, **report}


def thinned(report: Json) -> Json:
    """What stays of an old report: which tests passed, and how; no values, console or messages."""
    kept = ("number", "hidden", "passed", "verdict")
    results = [{name: result[name] for name in kept if name in result} for result in report["results"]]
    return {
        "results": results,
        "message": "",
        "time_ms": report.get("time_ms", 0),
        "memory_kib": report.get("memory_kib", 0),
        "thinned": True,
    }


def _result_report(result: TestResult) -> Json:
    passed = result.verdict is Verdict.ACCEPTED
    if result.hidden:
        return {"number": result.number, "hidden": True, "passed": passed}
    return {**asdict(result), "passed": passed}


def _within_bounds(results: list[Json]) -> list[Json]:
    left = MAX_CONSOLE
    for result in results:
        console = result.get("console", "")
        if len(console) > left:
            result["console"] = console[:left] + CUT_OFF
        left = max(0, left - len(console))
    return results
