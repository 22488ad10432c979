"""What somebody reads who starts something wrongly: one sentence for each fault, and a status that says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]

DOORS = {
    "server": ["run.py"],
    "worker": ["worker.py"],
    "command": ["-m", "flask", "--app", "application", "users", "promote", "ada", "teacher"],
    "cluster": ["-m", "cluster"],
    "demo": ["-m", "demo.duel"],
}


def said(words: list[str], **environment: str) -> tuple[int, str]:
    """The status with which a program ends and all that it says."""
    command = [sys.executable, *words]
    done = subprocess.run(
        command, cwd=PROJECT, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("door", DOORS)
def test_wrong_settings_are_named_at_every_door(door: str) -> None:
    status, text = said(DOORS[door], LOGIN_RATE="often", LANGUAGES="pyhton", TOKEN_HOUR="1")
    assert status == 1
    assert "LOGIN_RATE=often: must be a rate" in text and "is python meant?" in text
    assert "TOKEN_HOUR in the environment is no setting; is TOKEN_HOURS meant?" in text
    assert "Traceback" not in text
