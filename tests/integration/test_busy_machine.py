"""Verdicts on a machine that has something else to do. What is asserted is the verdict, never a time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from application.judge import sandbox, scripts
from application.judge.grader import Grader
from application.judge.languages.program import Build
from application.judge.machine import Judge
from application.judge.sandbox import Sandbox, products
from application.judge.sandbox.products import NotBuilt
from application.judge.scripts import Scripts
from application.judge.signature import parse_signature
from application.judge.slots import Slots
from application.judge.verdicts import JudgeRequest, Limits, Verdict
from application.judge.verdicts import Test as Case

BUSY_SECONDS = 120
"""How long the machine stays busy at most, should nobody end it."""

CHILD = """
import os, sys, time
if os.fork() == 0:
    while time.process_time() < 1.2:
        pass
    open('made', 'w').close()
    os._exit(0)
os.wait()
"""
"""A compiler driver: it waits for what it has started, which does the work."""


@pytest.fixture
def busy() -> Iterator[None]:
    """Two processes for each core that compute."""
    cores = os.cpu_count() or 1
    program = f"import time\nend = time.monotonic() + {BUSY_SECONDS}\nwhile time.monotonic() < end:\n    pass\n"
    with ExitStack() as stack:
        for _ in range(2 * cores):
            process = stack.enter_context(subprocess.Popen([sys.executable, "-c", program]))
            stack.callback(process.kill)
        yield


def built(judge: Judge, script: str) -> set[str]:
    assert isinstance(judge.runner, Sandbox)
    command = ("/python/bin/python3", "-S", "-c", script)
    build = Build({}, (command,), ("*",), environment=(("LD_LIBRARY_PATH", "/python/libraries"),))
    with judge.runner.products.used(build) as folder:
        return {path.name for path in folder.iterdir()}


@pytest.mark.usefixtures("busy")
def test_what_a_compiler_starts_has_the_time_it_computes(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "BUILD_SECONDS", 2.0)
    monkeypatch.setattr(products, "BUILD_PATIENCE", 60)
    assert built(judge, CHILD) == {"made"}


@pytest.mark.parametrize("work", ["while True: pass", "import time; time.sleep(600)"])
def test_what_a_compiler_starts_does_not_go_on_for_ever(
    judge: Judge, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    monkeypatch.setattr(products, "BUILD_SECONDS", 1.0)
    monkeypatch.setattr(products, "BUILD_PATIENCE", 60)
    monkeypatch.setattr(products.Load, "saturated", False)
    with pytest.raises(NotBuilt, match="longer than"):
        built(judge, f"import os\nif os.fork() == 0:\n    {work}\nos.wait()\n")


@pytest.mark.usefixtures("busy")
def test_a_script_without_end_uses_up_its_cpu_time(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "TOTAL_PATIENCE", 60)
    monkeypatch.setattr(scripts, "LIMITS", Limits(time_ms=1500, memory_mib=128, total_ms=1600))
    assert "1500 ms of CPU time" in Scripts(judge.grader, Slots(1)).run("python", "while True: pass", "").error


@pytest.mark.usefixtures("busy")
def test_a_right_solution_has_its_time_in_all_tests_together(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "TOTAL_PATIENCE", 60)
    assert isinstance(judge.grader, Grader)
    code = "import time\ndef solve(n):\n    while time.process_time() < 0.6:\n        pass\n    return n\n"
    tests = tuple(Case([n], n) for n in range(3))
    signature = parse_signature("solve", [("n", "int")], "int")
    request = JudgeRequest("python", code, signature, "exact", Limits(time_ms=1500, total_ms=2500), tests)
    assert judge.grader.judge(request).verdict is Verdict.ACCEPTED
