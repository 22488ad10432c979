"""What somebody who copies the project finds beside its programs: a version that is told of, a licence, a way to it."""

from __future__ import annotations

import re

from application.base.config import PROJECT
from application.base.version import VERSION


def test_the_version_is_told_of_and_may_be_used() -> None:
    assert re.search(rf"^## {re.escape(VERSION)}\b", (PROJECT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert (PROJECT / "LICENSE").read_text().startswith("MIT License")
    assert re.search(r"^git clone \S+", (PROJECT / "README.md").read_text(), re.MULTILINE)
