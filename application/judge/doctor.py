"""What ``flask judge doctor`` says: every probe of the sandbox, every language, and how to get what is missing."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed

from application.judge.conformance import Unfinished, failure
from application.judge.languages import known
from application.judge.languages.language import Language
from application.judge.machine import Judge
from application.judge.runner import RunnerFailed
from application.judge.signature import parse_signature
from application.judge.verdicts import Limits, Verdict

_SIGNATURE = parse_signature("echo_back", [("x", "int")], "int")
_LIMITS = Limits(time_ms=5000)


def examine(judge: Judge, only: Collection[str] = ()) -> Iterator[str]:
    """The lines of the report, each as soon as it is known. Every language of this machine (or of ``only``) is tried
    anew, whatever is remembered of it, as many at once as there are cores."""
    yield f"sandbox     {judge.self_test.how}"
    yield ""
    for probe in judge.self_test.probes:
        yield f"{'HOLE' if probe.escaped else 'held':<6}{probe.name:<18}{probe.escaped}"
    for problem in judge.self_test.problems:
        yield f"problem     {problem}"
    yield ""
    if judge.runner:
        missing, packages, there = dict(judge.missing), [], []
        for kind in (kind for kind in known() if not only or kind.id in only):
            if language := judge.installed.get(kind.id):
                there.append(language)
                continue
            yield f"{'-':<6}{kind.name:<14}{missing.get(kind.id, 'is not installed')}"
            packages += [*kind.packages]
        at_once = os.cpu_count() or 1
        yield f"Trying {len(there)} languages, {at_once} at once. This takes a minute or two." if len(there) > 2 else ""
        yield f"{'':6}{'language':<14}{'version':<14}{'first':>9}{'again':>9}{'a test':>9}"
        with ThreadPoolExecutor(at_once) as trials:
            for trial in as_completed(trials.submit(_tried, language, judge) for language in there):
                yield trial.result()
        if packages:
            yield ""
            yield "For what is missing, on Debian or Ubuntu: make languages, or"
            yield f"      sudo apt-get install {' '.join(dict.fromkeys(packages))}"
        yield ""
    yield f"judging     {'on' if judge.grader else 'off'}"


def _tried(language: Language, judge: Judge) -> str:
    """One line: milliseconds for a first submission of one test, for the same again, and for each further test."""
    runner = judge.runner
    assert runner is not None
    head = f"{language.name:<14}{language.version:<14}"
    program = language.program(language.echo(_SIGNATURE), _SIGNATURE, _LIMITS)
    spent = []
    try:
        for count in (1, 1, 21):
            began = time.perf_counter()
            results = runner.run(program, [[count]] * count, _LIMITS)
            spent.append(1000 * (time.perf_counter() - began))
            if any(result.verdict is not Verdict.ACCEPTED for result in results):
                return f"{'FAIL':<6}{head}{results[0].message}"
        wrong = failure(language, runner)
    except (Unfinished, RunnerFailed) as error:
        wrong = str(error)
    if wrong:
        return f"{'FAIL':<6}{head}{wrong}"
    if judge.record:
        judge.record.add(language)
    a_test = max(0.0, (spent[2] - spent[1]) / 20)
    return f"{'ok':<6}{head}{spent[0]:>6.0f} ms{spent[1]:>6.0f} ms{a_test:>6.1f} ms"
