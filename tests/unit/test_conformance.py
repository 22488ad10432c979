"""What is kept of a language's trial."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from application.judge.conformance import Record
from application.judge.languages import known


def test_nobody_else_reads_which_languages_have_conformed(tmp_path: Path) -> None:
    record, language = Record(tmp_path / "conformed.json", []), known()[0]
    before = os.umask(0)
    try:
        record.add(language)
    finally:
        os.umask(before)
    (kept,) = tmp_path.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert language in record
