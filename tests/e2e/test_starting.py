"""What somebody reads who starts something wrongly: one sentence for each fault, and a status that says so."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from application.base.version import VERSION

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


@pytest.mark.parametrize("door", ["server", "cluster"])
def test_a_port_in_use_is_said_before_anything_is_started(door: str, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        status, text = said(DOORS[door], PORT=port, HOST="127.0.0.1", DATA_FOLDER=str(tmp_path))
    assert status == 1
    assert f"PORT={port}: another program listens there" in text and len(text.splitlines()) == 1
    assert not (tmp_path / "postgres").exists()


@pytest.mark.parametrize("words", [["run.py", "--version"], ["-m", "application", "--version"]])
def test_the_version_is_said(words: list[str]) -> None:
    assert said(words) == (0, f"Codemaze {VERSION}\n")
