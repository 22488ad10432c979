"""What make does to the environment of the programs that it starts, and says when it cannot begin."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from application.base.config import PROJECT, Settings

MAKEFILE = PROJECT / "Makefile"


def test_every_setting_passes_through_make_as_it_is() -> None:
    """And so do names that shells and other tools use."""
    names = [name for name, _ in Settings.described()] + ["VENV", "BIN", "SUDO", "CLUSTER", "PIPENV", "PIPENV_VERSION"]
    given = {name: f"mine {number}" for number, name in enumerate(names)}
    done = subprocess.run(
        ["make", "-s", "-f", str(MAKEFILE), "--eval=show: ; @env", "show"],
        env={"PATH": os.environ["PATH"], **given},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    passed = dict(line.partition("=")[::2] for line in done.stdout.splitlines())
    assert {name: passed.get(name) for name in names} == given


@pytest.mark.parametrize("python", ["/nonexistent", "false"])
def test_a_python_that_is_none_is_named(python: str, tmp_path: Path) -> None:
    shutil.copy(MAKEFILE, tmp_path)
    shutil.copy(PROJECT / "Pipfile.lock", tmp_path)
    done = subprocess.run(
        ["make", "serve"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHON": python},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stdout.splitlines()[-1] == f"PYTHON={python} is no Python 3.11 or newer that can be run."
    assert not (tmp_path / ".venv").exists()
