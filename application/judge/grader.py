"""From a submission to its judgement: run every test, compare what came back, say what the author may see."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from application.judge.checkers import compare
from application.judge.executor import Batch, Executor
from application.judge.languages.language import Language
from application.judge.outcome import fit
from application.judge.runner import RunnerFailed
from application.judge.signature import Signature, mismatch
from application.judge.text import clean
from application.judge.verdicts import Judgement, JudgeRequest, Limits, RunResult, Test, TestResult, Verdict

BYTE_ORDER_MARK = "\ufeff"
"""Some editors begin a file with it; no language here needs it, and half of them refuse it."""

MAX_SHOWN_VALUE = 4000
"""Characters of JSON that a returned value may have in a TestResult; of a larger one the beginning is shown as text."""

_STOP = frozenset({Verdict.TIME_LIMIT, Verdict.MEMORY_LIMIT, Verdict.COMPILE_ERROR})


def at_once() -> None:
    """The policy of whoever waits for nobody."""


class Grader:
    """Judges by what ``executor`` runs. Before each batch it follows ``policy``, which may let others go first."""

    def __init__(self, executor: Executor, policy: Callable[[], None] = at_once) -> None:
        self.executor, self._policy = executor, policy

    def under(self, policy: Callable[[], None]) -> Grader:
        """A grader that runs the same, under another policy."""
        return Grader(self.executor, policy)

    @property
    def languages(self) -> Mapping[str, Language]:
        """The languages on offer at the moment, by id."""
        return self.executor.languages

    def judge(self, request: JudgeRequest) -> Judgement:
        """Judge one submission.

        Visible tests run before hidden ones, so that nothing printed in a visible test can come from a hidden one. The
        first time or memory limit ends the judging, which bounds its duration: tests that did not run have no result
        and count as not passed. The verdict is accepted when all tests passed, else that of the failed test with the
        lowest number.
        Where nothing can be run it is a judge_error. Raises UnknownLanguage.
        """
        order = sorted(range(len(request.tests)), key=lambda index: request.tests[index].hidden)
        calls = [request.tests[index].args for index in order]
        try:
            runs = self.call(request.language, request.code, request.signature, calls, request.limits, _STOP)
        except RunnerFailed as error:
            return Judgement(Verdict.JUDGE_ERROR, 0, len(request.tests), message=str(error))
        if runs and runs[0].verdict is Verdict.COMPILE_ERROR:
            # Where a program is compiled as it runs, it may have named this itself, having seen its arguments.
            message = "The code does not compile." if request.tests[order[0]].hidden else runs[0].message
            return Judgement(Verdict.COMPILE_ERROR, 0, len(request.tests), message=message)
        results = tuple(
            sorted(
                (
                    _test_result(index + 1, request.tests[index], run, request)
                    for index, run in zip(order, runs, strict=False)
                ),
                key=lambda result: result.number,
            )
        )
        passed = sum(result.verdict is Verdict.ACCEPTED for result in results)
        failed = next((result.verdict for result in results if result.verdict is not Verdict.ACCEPTED), None)
        if failed is None and passed < len(request.tests):
            return Judgement(Verdict.JUDGE_ERROR, passed, len(request.tests), results, "not every test was run")
        return Judgement(
            failed or Verdict.ACCEPTED,
            passed,
            len(request.tests),
            results,
            time_ms=max((result.time_ms for result in results), default=0),
            memory_kib=max((result.memory_kib for result in results), default=0),
            slowest_ms=max((run.time_ms for run in runs), default=0),
        )

    def run(
        self, language: str, code: str, signature: Signature, calls: Sequence[list[Any]], limits: Limits
    ) -> list[RunResult]:
        """Run a program with arguments of a player's own, for its author alone: nothing is known to be right.

        A value that is not of the signature's type is a wrong_answer that says so. A judge_error for every call
        when nothing could be run. Raises UnknownLanguage.
        """
        try:
            runs = self.call(language, code, signature, calls, limits, {Verdict.TIME_LIMIT})
        except RunnerFailed as error:
            return [RunResult(Verdict.JUDGE_ERROR, message=str(error))] * len(calls)
        return [_typed(run, signature) for run in runs]

    def call(
        self,
        language: str,
        code: str,
        signature: Signature,
        calls: Sequence[list[Any]],
        limits: Limits,
        stop_at: Collection[Verdict] = (),
    ) -> list[RunResult]:
        """What came of each call, not compared with anything, fit to be kept and sent.

        Raises UnknownLanguage and RunnerFailed.
        """
        self._policy()
        batch = Batch(language, code.removeprefix(BYTE_ORDER_MARK), signature, calls, limits, stop_at)
        return [fit(run) for run in self.executor.execute(batch)]


def _typed(run: RunResult, signature: Signature) -> RunResult:
    problem = mismatch(run.value, signature.returns) if run.verdict is Verdict.ACCEPTED else None
    verdict = Verdict.WRONG_ANSWER if problem else run.verdict
    return replace(run, verdict=verdict, value=_shown(run.value), message=clean(problem or run.message))


def _test_result(number: int, test: Test, run: RunResult, request: JudgeRequest) -> TestResult:
    verdict, message = run.verdict, run.message
    if verdict is Verdict.ACCEPTED:
        difference = compare(request.compare, run.value, test.expected, request.signature.returns)
        if difference:
            verdict, message = Verdict.WRONG_ANSWER, difference
    if test.hidden:
        # All else, figures and reasons too, a program can make depend on arguments that nobody may see.
        late = verdict is Verdict.COMPILE_ERROR
        return TestResult(number, True, Verdict.RUNTIME_ERROR if late else verdict)
    return TestResult(
        number,
        False,
        verdict,
        args=test.args,
        expected=test.expected,
        got=_shown(run.value),
        message=clean(message),
        console=run.console,
        time_ms=run.time_ms,
        memory_kib=run.memory_kib,
        exit_reason=run.exit_reason,
    )


def _shown(value: Any) -> Any:
    """A returned value as it can be stored and sent: its own text when JSON parsers or PostgreSQL would not take it."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > MAX_SHOWN_VALUE:
        return clean(text, MAX_SHOWN_VALUE) + "..."
    if "\\u0000" in text or clean(text) != text or _has_huge_int(value):
        return clean(value) if isinstance(value, str) else clean(text.replace("\\u0000", "\N{REPLACEMENT CHARACTER}"))
    return value


def _has_huge_int(value: Any) -> bool:
    if isinstance(value, list | dict):
        return any(_has_huge_int(item) for item in (value.values() if isinstance(value, dict) else value))
    return isinstance(value, int) and abs(value) > 2**63 - 1
