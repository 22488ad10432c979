"""What a grader is composed with: whatever runs the calls of a program, here or on workers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from application.judge.errors import UnknownLanguage
from application.judge.languages.language import Language
from application.judge.runner import Runner
from application.judge.signature import Signature
from application.judge.verdicts import Limits, RunResult, Verdict


@dataclass(frozen=True)
class Batch:
    """The calls that are wanted of one program; a verdict of ``stop_at`` ends them."""

    language: str
    code: str
    signature: Signature
    calls: Sequence[list[Any]]
    limits: Limits
    stop_at: Collection[Verdict] = ()


class Executor(Protocol):
    """Runs batches in the languages that it has at the moment."""

    @property
    def languages(self) -> Mapping[str, Language]:
        """The languages by id."""
        ...

    def execute(self, batch: Batch) -> list[RunResult]:
        """What came of each call; shorter than the calls only where ``stop_at`` ended them.

        Raises UnknownLanguage and RunnerFailed.
        """
        ...


class DirectExecutor:
    """Makes the program of a batch in its language, and has it run by a runner."""

    def __init__(self, runner: Runner, languages: Mapping[str, Language]) -> None:
        self.runner, self.languages = runner, languages

    def execute(self, batch: Batch) -> list[RunResult]:
        """What came of each call, in the language's words for the player."""
        language = self.languages.get(batch.language)
        if language is None:
            raise UnknownLanguage
        program = language.program(batch.code, batch.signature, batch.limits)
        results = self.runner.run(program, batch.calls, batch.limits, batch.stop_at)
        return [replace(result, message=program.told(result.message)) for result in results]
