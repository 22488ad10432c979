"""Running a whole program as a script, with a text as its standard input, in the sandbox that judges.

The script is handed as an argument to a program of ours (``languages/harness/script.*``), which runs it where
submissions run: same walls, same limits.
"""

from __future__ import annotations

from dataclasses import dataclass

from application.judge.errors import JudgeUnavailable, UnknownLanguage
from application.judge.grader import Grader
from application.judge.languages.language import harness
from application.judge.runner import RunnerFailed
from application.judge.signature import parse_signature
from application.judge.slots import Slots
from application.judge.text import clean
from application.judge.turns import Asker
from application.judge.verdicts import Limits, Verdict

KEPT = 64 * 1024
LIMITS = Limits(time_ms=2000, memory_mib=128, total_ms=10_000)

_SIGNATURE = parse_signature("main", [("script", "string"), ("given", "string")], "string")


@dataclass(frozen=True)
class ScriptResult:
    """What a script wrote to standard output and to standard error, the first 64 KiB of each."""

    output: str
    error: str


class Scripts:
    """Runs scripts, a few at once."""

    def __init__(self, grader: Grader | None, slots: Slots) -> None:
        """``grader`` is None where judging is off."""
        self._grader, self._slots = grader, slots

    def run(self, language: str, script: str, given: str, address: str = "") -> ScriptResult:
        """Run a script for somebody of whom only the address is known; raises
        UnknownLanguage or JudgeUnavailable."""
        if self._grader is None:
            raise JudgeUnavailable
        known = self._grader.languages.get(language)
        if known is None or known.script is None:
            raise UnknownLanguage
        program = harness(known.script)
        try:
            with self._slots.held(Asker(("script", address), address), LIMITS.memory_mib):
                result = self._grader.call(language, program, _SIGNATURE, [[script, given]], LIMITS)[0]
        except RunnerFailed as error:
            raise JudgeUnavailable from error
        complaints = result.value if result.verdict is Verdict.ACCEPTED else result.message
        return ScriptResult(result.console, clean(complaints, KEPT) if isinstance(complaints, str) else "")

    def version(self, language: str) -> str:
        """The language as it is here, such as ``Python 3.11.7``; raises JudgeUnavailable."""
        known = self._grader.languages.get(language) if self._grader else None
        if known is None:
            raise JudgeUnavailable
        return f"{known.name} {known.version}"
