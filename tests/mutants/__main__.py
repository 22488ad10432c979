"""``python -m tests.mutants [FILE OR FOLDER ...]``: ends with 1 if too many mutants survive."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

from application.base.config import PROJECT
from tests.mutants.report import Survivor, change_of, listed, report

LIST = Path(__file__).parent / "survivors.toml"
# Looking for plugins would take longer than most mutants live.
ENVIRONMENT = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}


def mutmut(*arguments: str, capture: bool = True) -> str:
    """What mutmut prints; ends the run as mutmut ends if it fails."""
    command = [Path(sys.executable).with_name("mutmut"), *arguments]
    done = subprocess.run(command, cwd=PROJECT, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE if capture else None)
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout or ""


def main(only: list[str]) -> int:
    patterns = [path.strip("/").removesuffix(".py").replace("/", ".") + ".*" for path in only] or ["*"]
    # mutmut keeps what it found before, but does not see that a test has changed since.
    shutil.rmtree(PROJECT / "mutants", ignore_errors=True)
    mutmut("run", *patterns, capture=False)
    found = (line.strip().rpartition(": ") for line in mutmut("results", "--all", "true").splitlines())
    statuses = {name: status for name, _, status in found if any(fnmatch(name, pattern) for pattern in patterns)}
    survivors = [
        Survivor(name, status, change_of(name, mutmut("show", name)))
        for name, status in statuses.items()
        if status != "killed"
    ]
    explained = [
        change for change in listed(LIST) if any(fnmatch(f"{change.module}.", pattern) for pattern in patterns)
    ]
    outcome = report(len(statuses) - len(survivors), survivors, explained)
    print(outcome)
    return 0 if outcome.good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
