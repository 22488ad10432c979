"""``make demo`` plays its duel to the end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib import request

from cluster import free_port
from tests.e2e.conftest import PROJECT, StartServer


def listed(url: str) -> str | None:
    """How many accounts the leaderboard has."""
    with request.urlopen(f"{url}/users/leaderboard") as answer:
        total: str | None = answer.headers["X-Total-Count"]
        return total


def test_the_demo_plays_a_duel_on_the_server_that_runs_and_draws_it(
    start_server: StartServer, workspace: Path, tmp_path: Path
) -> None:
    folder, picture = tmp_path / "data", tmp_path / "duel.svg"
    folder.mkdir()
    (folder / "sandbox").symlink_to(workspace / "sandbox")
    server = start_server(DATA_FOLDER=str(folder))
    before = listed(server.url)
    assert before is not None
    played = subprocess.run(
        [sys.executable, "-m", "demo.duel", "--fast", "--svg", str(picture)],
        cwd=PROJECT,
        env={**os.environ, "DATA_FOLDER": str(folder), "PORT": str(free_port())},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert played.returncode == 0, played.stderr
    assert f"Playing on {server.url}," in played.stdout
    assert "won, 0 ▸ 10 XP" in played.stdout
    assert "http" not in picture.read_text().replace("http://www.w3.org/2000/svg", "").replace(
        "https://www.textualize", ""
    )
    assert listed(server.url) == before
    server.stop()
    assert not (folder / "address").exists()
