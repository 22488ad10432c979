"""Whatever is sent over HTTP, the answer is one that ``/swagger.json`` names, of the form it says, and never a 500."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import Server
from tests.e2e.duel import paired
from tests.e2e.player import Player, http

CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,"
    "response_schema_conformance,response_headers_conformance,negative_data_rejection,unsupported_method"
)
EXPECTED = '[checks]\nnot_a_server_error.expected-statuses = ["2xx", "4xx", "503"]\n'
"""503 is an answer of ours (no key for generating problems) and documented; a crash is a 500."""


@pytest.fixture(scope="module")
def player(server: Server) -> Player:
    """A player with a match behind them and one going on, so that there is something to answer with."""
    ada, bob = Player(server.url), Player(server.url)
    room = paired(ada, bob)
    ada.ask("resign", room=room)
    bob.wait_for("match_finished")
    assert http(f"{server.url}/users/update", "PATCH", {"avatar": "https://a.org/b.png"}, ada.token)[0] == 200
    eve = Player(server.url)
    paired(ada, eve)
    return ada


FEW = 4 if os.environ.get("ALL_REQUESTS") else 2
"""By how many requests each route is tried, twice and three times; ``ALL_REQUESTS=1`` tries twice as many."""


def attack(server: Server, folder: Path, *options: str) -> None:
    """Let schemathesis make up requests; every answer must pass its checks."""
    (folder / "schemathesis.toml").write_text(EXPECTED)
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{server.url}/swagger.json", "--checks", CHECKS]
    command += ["--seed", "1", "--no-color", *options]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    assert " 0 generated" not in ran.stdout


def test_as_a_player(server: Server, player: Player, tmp_path: Path) -> None:
    as_ada = ["--header", f"Authorization: Bearer {player.token}", "--exclude-path", "/auth/logout"]
    attack(server, tmp_path, "--phases", "examples,coverage,fuzzing", "--max-examples", str(3 * FEW), *as_ada)
    assert player.get("/users/profile")["username"] == player.name


def test_as_a_stranger(server: Server, tmp_path: Path) -> None:
    attack(server, tmp_path, "--phases", "examples,fuzzing", "--max-examples", str(2 * FEW))
