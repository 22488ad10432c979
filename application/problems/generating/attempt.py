"""From a wish or an author's draft to a proven problem: one attempt, stage by stage.

A model's draft goes through ``lint``, likeness, proof, and solutions written from the statement alone. What a stage
says against it goes back to the model, a few times. A teacher's draft goes the same way without the model.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from threading import Thread
from typing import Any, Protocol

from application.ai.errors import AiAnswerInvalid, AiRefused, AiTruncated
from application.ai.model import Model, Purpose, Reply
from application.base.errors import CodemazeError
from application.judge.grader import Grader
from application.judge.verdicts import Judgement, Limits, Verdict
from application.problems.catalogue.document import ProblemDocument
from application.problems.catalogue.source import Draft
from application.problems.generating import writing
from application.problems.generating.writing import Wish, WrittenProblem, WrittenSolution
from application.problems.proving.disproof import PATIENT, Disproved, Patience
from application.problems.proving.verifier import prove

ROUNDS = 3
"""How often the model may write before the draft is rejected."""

SOLUTIONS, MIN_AGREEING = 3, 2
"""Solutions written from the statement alone, and how many of them must agree with the reference on every test."""

UNHURRIED = Limits(time_ms=10_000, memory_mib=512)
"""What a fresh solution may use: it is to show what the statement says, not to be fast."""

Solved = Reply[WrittenSolution]
Like = Callable[[str, str], str | None]
"""Which known problem a title and a statement repeat, as a reason, or None."""


@dataclass(frozen=True)
class Stage:
    """A stage that has ended. ``reason`` is why the draft failed in it, None where it passed; ``cost`` is in US
    dollars, ``ms`` in milliseconds."""

    round: int
    stage: str
    reason: str | None
    tokens_in: int
    tokens_out: int
    cost: Decimal
    ms: int


class Record(Protocol):
    """Where stages are written down."""

    def began(self, round_: int, stage: str) -> None:
        """A stage begins."""
        ...

    def ended(self, stage: Stage) -> None:
        """A stage has ended."""
        ...


class Attempt:
    """Makes proven problems of wishes and drafts."""

    def __init__(
        self,
        model: Model,
        grader: Grader,
        context: Callable[[], AbstractContextManager[Any]],
        patience: Patience = PATIENT,
    ) -> None:
        """``context`` makes an application context, which each call to the model needs for itself."""
        self._model, self._grader, self._context, self._patience = model, grader, context, patience

    def generate(
        self,
        wish: Wish,
        number: int,
        record: Record,
        like: Like,
        titles: Sequence[str],
        user_id: int | None,
        source: str,
    ) -> ProblemDocument:
        """A new problem, written by the model; ``number`` makes its slug unique, ``titles`` are what it is told to
        keep away from. Raises Disproved with what was wrong in the last round, RunnerFailed, and what ``Model.ask``
        raises."""
        flaws: list[str] = []
        failure: Exception | None = None
        stages = _Stages(record)
        for number_of_round in range(1, ROUNDS + 1):
            stages.round = number_of_round
            try:
                stages.begin("writing")
                asked = writing.asking(wish, flaws, titles)
                purpose = Purpose.CORRECTION if flaws else Purpose.PROBLEM
                reply = self._model.ask(purpose, writing.INSTRUCTIONS, asked, WrittenProblem, user_id=user_id)
                stages.spend(reply)
                stages.begin("lint")
                slug = writing.slug_of(reply.value.title, number)
                document = self._proven(writing.read(reply.value, wish, slug, source), stages, like)
                document = self._unambiguous(document, stages, user_id)
                stages.end()
                return document
            except Disproved as error:
                reason = writing.shortened(error.reason)
                stages.fail(error.stage, reason)
                flaws.append(f"{error.stage}: {reason}")
                failure = error
            except (AiTruncated, AiAnswerInvalid) as error:
                stages.fail("writing", error.message)
                flaws.append(error.message)
                failure = error
            except CodemazeError as error:
                stages.fail(stages.open, error.message)
                raise
        assert failure
        raise failure

    def author(self, draft: Draft, record: Record, like: Like) -> ProblemDocument:
        """The problem that an author has written, proven; raises Disproved and RunnerFailed."""
        stages = _Stages(record)
        try:
            document = self._proven(draft, stages, like)
        except Disproved as error:
            stages.fail(error.stage, writing.shortened(error.reason))
            raise
        stages.end()
        return document

    def _proven(self, draft: Draft, stages: _Stages, like: Like) -> ProblemDocument:
        stages.begin("likeness")
        known = like(draft.title, draft.description)
        if known:
            raise Disproved("likeness", known)
        return prove(draft, self._grader, progress=stages.begin, patience=self._patience)

    def _unambiguous(self, document: ProblemDocument, stages: _Stages, user_id: int | None) -> ProblemDocument:
        """The problem, if independent solvers who read nothing but the statement come to the reference's answers."""
        stages.begin("ambiguity")
        shown = writing.as_shown(document)
        asked = [_Solver(self._solved, shown, user_id) for _ in range(SOLUTIONS)]
        agreeing, against = 0, []
        failure: CodemazeError | None = None
        for number, solver in enumerate(asked, start=1):
            reply = solver.answer()
            if isinstance(reply, CodemazeError):
                against.append(f"solution {number}: {reply.message}")
                if not isinstance(reply, AiRefused | AiTruncated | AiAnswerInvalid):
                    failure = reply
                continue
            stages.spend(reply)
            judged = self._grader.judge(document.request("python", reply.value.code[:65_536], UNHURRIED))
            if judged.verdict is Verdict.ACCEPTED:
                agreeing += 1
            else:
                against.append(f"solution {number}: {_against(document, judged)}")
        if agreeing < MIN_AGREEING:
            if failure:
                raise failure
            reason = f"of {SOLUTIONS} solutions from the statement alone {agreeing} agree with the reference"
            raise Disproved("ambiguity", f"{reason}; {MIN_AGREEING} are the least. {'; '.join(against)}")
        assert document.proof
        return document.model_copy(update={"proof": document.proof.model_copy(update={"solutions": agreeing})})

    def _solved(self, shown: str, user_id: int | None) -> Solved:
        with self._context():
            return self._model.ask(Purpose.SOLUTION, writing.SOLVING, shown, WrittenSolution, user_id=user_id)


class _Solver:
    """One question to the model that does not wait for the others; a thread, which gevent makes cooperative in a
    server, and whose answer nobody needs when the server ends."""

    def __init__(self, ask: Callable[[str, int | None], Solved], shown: str, user_id: int | None) -> None:
        self._ask, self._shown, self._user_id = ask, shown, user_id
        self._found: Solved | Exception | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def answer(self) -> Solved | CodemazeError:
        """The answer; raises what went wrong if that is not a named refusal."""
        self._thread.join()
        assert self._found is not None
        if isinstance(self._found, Exception) and not isinstance(self._found, CodemazeError):
            raise self._found
        return self._found

    def _run(self) -> None:
        try:
            self._found = self._ask(self._shown, self._user_id)
        except Exception as error:
            self._found = error


class _Stages:
    """The current stage: how long it has taken, and what was spent on it."""

    def __init__(self, record: Record) -> None:
        self._record, self.round, self.open = record, 1, ""
        self._restart()

    def begin(self, stage: str) -> None:
        """The previous stage has passed, and this one begins."""
        self.end()
        self.open = stage
        self._restart()
        self._record.began(self.round, stage)

    def end(self) -> None:
        """The current stage has passed."""
        if self.open:
            self._close(self.open, None)

    def fail(self, stage: str, reason: str) -> None:
        """The draft has failed in the current stage, which is then called ``stage``."""
        self._close(stage, reason)

    def spend(self, reply: Reply[Any]) -> None:
        """The model has answered."""
        self._tokens_in += reply.tokens_in
        self._tokens_out += reply.tokens_out
        self._cost += reply.cost

    def _restart(self) -> None:
        self._tokens_in, self._tokens_out, self._cost = 0, 0, Decimal(0)
        self._began = time.monotonic()

    def _close(self, stage: str, reason: str | None) -> None:
        ms = round((time.monotonic() - self._began) * 1000)
        self.open = ""
        self._record.ended(Stage(self.round, stage, reason, self._tokens_in, self._tokens_out, self._cost, ms))
        self._restart()


def _against(document: ProblemDocument, judged: Judgement) -> str:
    failed = next((result for result in judged.results if result.verdict is not Verdict.ACCEPTED), None)
    if failed is None:
        return f"{judged.verdict.value} {judged.message}".strip()
    args = writing.json_text(document.tests[failed.number - 1].args)
    return f"{failed.verdict.value} with {args} {failed.message}".strip()
