"""Trying code without handing it in. The results do not count and are not stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from application.base.database import db
from application.base.rates import Rate
from application.judge.checkers import compare
from application.judge.errors import JudgeUnavailable
from application.judge.grader import Grader
from application.judge.signature import arguments_mismatch
from application.judge.slots import Slots
from application.judge.turns import Asker
from application.judge.verdicts import Test, Verdict
from application.matches import errors
from application.matches.reading import MatchReader
from application.matches.rules.state import Phase
from application.matches.timeline import require_player
from application.problems.catalogue.document import ProblemDocument
from application.problems.catalogue.service import Problems

Json = dict[str, Any]

BUDGET_MS = 10_000
"""What all calls of one run may take together, by the clock."""


class TrialRuns:
    """Runs a player's code on the examples or on arguments of their own, one run a player at a time."""

    def __init__(
        self,
        reader: MatchReader,
        problems: Problems,
        grader: Grader | None,
        slots: Slots,
        rate: Rate,
        address_of: Callable[[int], str] = lambda _: "",
    ) -> None:
        """``grader`` is None where judging is off. ``rate`` is how often each player may run code. ``address_of`` gives
        a user's network address."""
        self._reader, self._problems, self._grader, self._rate = reader, problems, grader, rate
        self._slots, self._address_of = slots, address_of
        self._running: set[int] = set()

    def run(self, user_id: int, room: str, language: str, code: str, args: list[Any] | None) -> Json:
        """``{results: [{args, expected, got, verdict, message, console, time_ms, memory_kib,
        exit_reason}]}``.

        ``expected`` is null for arguments of the player's own. Raises UnknownLanguage, EmptySubmission,
        MatchNotStarted, MatchAlreadyFinished, InvalidArguments, RunPending or RateLimited.
        """
        self._problems.require_judgeable(language, code)
        if self._grader is None:
            raise JudgeUnavailable
        timeline = self._reader.timeline(user_id, room=room)
        require_player(timeline, user_id)
        state = timeline.state
        if state.phase is Phase.FINISHED:
            raise errors.MatchAlreadyFinished
        if state.round is None:
            raise errors.MatchNotStarted
        document = self._problems.document(state.round.problem_id)
        db.session.rollback()  # gives the connection back while the code runs
        if args is not None:
            problem = arguments_mismatch(args, document.signature)
            if problem:
                raise errors.InvalidArguments(fields={"args": problem})
        if user_id in self._running:
            raise errors.RunPending
        self._rate.spend(str(user_id))
        self._running.add(user_id)
        try:
            asker = Asker(user_id, self._address_of(user_id))
            with self._slots.held(asker, document.judge_limits.memory_mib):
                return {"results": _results(self._grader, document, language, code, args)}
        finally:
            self._running.discard(user_id)


def _results(grader: Grader, document: ProblemDocument, language: str, code: str, args: list[Any] | None) -> list[Json]:
    visible = [test for test in document.judge_tests if not test.hidden]
    tests = visible if args is None else [Test(args, None, hidden=False)]
    calls = [test.args for test in tests]
    signature = document.signature
    results = []
    runs = grader.run(language, code, signature, calls, replace(document.judge_limits, total_ms=BUDGET_MS))
    for number, test in enumerate(tests):
        run = runs[min(number, len(runs) - 1)]
        verdict, message = run.verdict, run.message
        if verdict is Verdict.ACCEPTED and args is None:
            message = compare(document.compare, run.value, test.expected, signature.returns) or ""
            verdict = Verdict.WRONG_ANSWER if message else verdict
        results.append(
            {
                "args": test.args,
                "expected": test.expected,
                "got": run.value,
                "verdict": verdict.value,
                "message": message,
                "console": run.console,
                "time_ms": run.time_ms,
                "memory_kib": run.memory_kib,
                "exit_reason": run.exit_reason,
            }
        )
    return results
