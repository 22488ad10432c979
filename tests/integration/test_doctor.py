"""The doctor: it says what it is about to do, and tries languages side by side."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from application.judge import doctor
from application.judge.languages.program import Program
from application.judge.machine import Judge
from application.judge.verdicts import RunResult
from tests.conftest import PATIENCE_SECONDS

LANGUAGES = ("python", "javascript", "perl")


class SideBySide:
    """A runner whose first programs only begin when another one does so at the same time."""

    def __init__(self, runner: Any) -> None:
        self._runner, self._both, self.asked = runner, threading.Barrier(2), 0

    def run(self, program: Program, calls: Sequence[list[object]], *more: Any) -> list[RunResult]:
        self.asked += 1
        if self.asked <= 2:
            self._both.wait(PATIENCE_SECONDS)
        found: list[RunResult] = self._runner.run(program, calls, *more)
        return found


def test_it_shows_progress_and_tries_languages_side_by_side(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    runner = SideBySide(judge.runner)
    patient = replace(judge, runner=runner)
    monkeypatch.setattr(doctor.os, "cpu_count", lambda: 2)
    lines = doctor.examine(patient, LANGUAGES)
    for line in lines:
        if line.startswith("Trying"):
            break
    assert line == "Trying 3 languages, 2 at once. This takes a minute or two."
    assert runner.asked == 0, "what comes is said before it is waited for"
    told = list(lines)
    assert sum(line.startswith("ok") for line in told) == len(LANGUAGES), told
