"""``make demo`` plays its duel to the end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.e2e.conftest import PROJECT, Server


def test_the_demo_plays_a_duel_and_draws_it(server: Server, tmp_path: Path) -> None:
    picture = tmp_path / "duel.svg"
    played = subprocess.run(
        [sys.executable, "-m", "demo.duel", "--fast", "--svg", str(picture)],
        cwd=PROJECT,
        env={**os.environ, "CODEMAZE_URL": server.url},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert played.returncode == 0, played.stderr
    assert "won, 0 ▸ 10 XP" in played.stdout
    assert "http" not in picture.read_text().replace("http://www.w3.org/2000/svg", "").replace(
        "https://www.textualize", ""
    )
