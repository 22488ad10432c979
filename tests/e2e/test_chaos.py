"""Hundreds of short matches in bad weather, with every kind of process killed in between: nothing is lost or doubled.

hypothesis makes up the matches, the weather and the kills, a batch of matches at a time. ``CHAOS=500`` plays that many
(``CHAOS_CLUSTER`` on the cluster); without it a few are played, enough to notice that something is wrong.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import make_url

from application.problems.document import load
from cluster import Cluster, Missing
from tests.conftest import BANK
from tests.e2e.conftest import QUICK, Server
from tests.e2e.player import WAIT_SECONDS
from tests.e2e.returning import Returning, check_the_end
from tests.e2e.weather import KINDS, Forecast, Weather

AT_ONCE = 8
"""Matches that are played at the same time, and between two kills."""

RULES = {**QUICK, "LANGUAGES": "python", "GRACE_SECONDS": "600", "ABSENCE_SECONDS": "1", "ROUND_SECONDS": "600"}

MOVES = ("right", "wrong", "save", "drop", "look", "run")
"""What a player may do before one of them ends the match: with a right solution, or by resigning."""


@dataclass(frozen=True)
class Script:
    """One match: what each player does in turn, and how it ends."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    last: str


moves = st.lists(st.sampled_from(MOVES[1:]), max_size=3).map(tuple)
scripts = st.builds(Script, moves, moves, st.sampled_from(("right", "resign", "both right")))
forecasts = st.builds(Forecast, st.sampled_from(KINDS), st.floats(0.05, 3))
batches = st.tuples(
    st.lists(scripts, min_size=AT_ONCE, max_size=AT_ONCE),
    st.lists(forecasts, min_size=3 * AT_ONCE, max_size=8 * AT_ONCE),
    st.floats(0, 2),
)


class Chaos:
    """The place that the matches are played at, and the record of what was done to it."""

    def __init__(self, ports: list[int], kinds: dict[str, Callable[[], None]], database_url: str) -> None:
        """Sockets go through the weather to one of the ``ports``, HTTP to the first. ``kinds`` kill a process of each
        kind and see to it that there is one again."""
        self.weather = Weather(ports, seed=len(ports))
        self.players = [Returning(f"http://127.0.0.1:{ports[0]}", lambda: self.weather.url) for _ in range(2 * AT_ONCE)]
        self._kinds, self._database_url = kinds, database_url
        self.kills: Counter[str] = Counter()
        self.played = 0

    def play(self, batch: tuple[list[Script], list[Forecast], float]) -> None:
        """One batch, with one kill."""
        plays, weather, moment = batch
        self.weather.expect(weather)
        kind = min(self._kinds, key=lambda kind: self.kills[kind])
        killer = threading.Timer(moment, self._kinds[kind])
        pairs = list(zip(self.players[::2], self.players[1::2], strict=True))
        for player in self.players:
            player.drop()
        # One pair after the other, or the lobby would pair them as it likes.
        for one, other in pairs:
            self._pair(one, other)
        killer.start()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            done = [pool.submit(duel, *pair, script) for pair, script in zip(pairs, plays, strict=True)]
            outcomes = [each.result() for each in done]
        killer.join()
        self.kills[kind] += 1
        self.played += len(outcomes)

    def _pair(self, one: Returning, other: Returning) -> None:
        deadline = time.monotonic() + WAIT_SECONDS
        rooms = [None, None]
        while None in rooms:  # who has just lost the connection is not paired before being back
            assert time.monotonic() < deadline
            rooms = [player.ask("find_match").get("room") for player in (one, other)]
        assert rooms[0] == rooms[1]
        for player in (one, other):
            if player.room != rooms[0]:  # the connection was lost before it could be told
                player.open(str(rooms[0]))

    def check_the_books(self) -> None:
        """Every point has one match that it comes from, every match one journal without holes."""
        dsn = make_url(self._database_url).set(drivername="postgresql").render_as_string(hide_password=False)
        with contextlib.closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:

            def ask(statement: str) -> list[tuple[object, ...]]:
                cursor.execute(statement)
                return cursor.fetchall()

            assert ask("SELECT count(*) FROM matches WHERE finished_at IS NULL") == [(0,)]
            assert ask("SELECT sum(xp), sum(wins) FROM users") == ask(
                "SELECT 10 * count(*), count(*) FROM matches WHERE winner_id IS NOT NULL"
            )
            assert ask("SELECT count(*) FROM matches WHERE finished_at IS NOT NULL") == ask(
                "SELECT count(*) FROM match_events WHERE name = 'match_finished'"
            )
            holes = "HAVING count(*) <> max(version) OR min(version) <> 1"
            assert ask(f"SELECT match_id FROM match_events GROUP BY match_id {holes}") == []
            assert ask(
                "SELECT count(*) FROM matches m WHERE version <> "
                "(SELECT max(version) FROM match_events e WHERE e.match_id = m.id)"
            ) == [(0,)]
            assert ask("SELECT count(*) FROM submissions") == ask(
                "SELECT count(*) FROM match_events WHERE name = 'submission_received'"
            )
            assert (
                ask(
                    "SELECT payload->>'submission_id' FROM match_events WHERE name = 'submission_judged' "
                    "GROUP BY 1 HAVING count(*) > 1"
                )
                == []
            )


def duel(one: Returning, other: Returning, script: Script) -> None:
    """One match to its end, and everything that must hold then."""
    room = one.room
    assert room
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(act, one, script.one), pool.submit(act, other, script.other)]:
            done.result()
    if script.last == "resign":
        other.ask("resign", room=room)
    elif script.last == "both right":
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(act, player, ("right",)) for player in (one, other)]:
                done.result()
    else:
        act(one, ("right",))
    outcome = check_the_end(one, other, room)
    if script.last != "both right":
        assert outcome["winner_id"] == one.id, outcome


def act(player: Returning, turns: tuple[str, ...]) -> None:
    """Do these things in turn. Refusals that come of the other's moves are taken as they are."""
    room = player.room
    assert room
    problem = player.wait_for("round_started")["problem"]
    for turn in turns:
        if turn == "drop":
            player.drop()
        elif turn == "look":
            player.look()
        elif turn == "save":
            player.ask("save_code", room=room, language="python", code=f"# {player.version}")
        elif turn == "run":
            player.ask("run_code", room=room, language="python", code=load(BANK / f"{problem['slug']}.json").reference)
        else:
            code = load(BANK / f"{problem['slug']}.json").reference if turn == "right" else "def nothing(): pass"
            answer = player.ask("submit_code", room=room, language="python", code=code)
            if answer["ok"]:
                event = player.wait_for_either(("submission_judged", answer["submission_id"]), ("match_finished", None))
                if "verdict" in event:
                    assert (event["verdict"] == "accepted") == (turn == "right")
            else:
                assert answer["code"] == "match_already_finished", answer


def storm(chaos: Chaos, matches: int) -> None:
    """Play so many matches, in batches."""
    number = -(-matches // AT_ONCE)

    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        derandomize=not os.environ.get("CHAOS"),
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(batches)
    def run(batch: tuple[list[Script], list[Forecast], float]) -> None:
        if chaos.played < matches:
            chaos.play(batch)

    run()
    chaos.check_the_books()
    print(f"{chaos.played} matches; kills {dict(chaos.kills)}; connections {chaos.weather.counts}")
    assert chaos.played >= matches
    chaos.weather.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="codemaze-chaos-") as made:
        Path(made).chmod(0o755)
        yield Path(made)


def database_of(folder: Path) -> str:
    """Where a server keeps its embedded database."""
    password = (folder / "postgres" / "password").read_text().strip()
    return f"postgresql://codemaze:{password}@/codemaze?host={folder / 'postgres' / 'socket'}&port=5432"


def test_a_storm_over_one_server(folder: Path) -> None:
    server = Server(folder, {**RULES, "DATABASE_URL": ""})

    def kill_server() -> None:
        server.kill()
        server.start()

    def kill_postgres() -> None:
        pid = int((next(folder.glob("postgres/cluster/postmaster.pid"))).read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)

    def kill_sandboxes() -> None:
        ours = subprocess.run(["pgrep", "-P", str(server.process.pid), "bwrap"], capture_output=True, text=True).stdout
        for pid in ours.split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)

    kinds = {"server": kill_server, "postgres": kill_postgres, "sandboxes": kill_sandboxes}
    try:
        chaos = Chaos([server.port], kinds, database_of(folder))
        storm(chaos, int(os.environ.get("CHAOS", "8")))
    finally:
        server.stop()


def test_a_storm_over_a_cluster(folder: Path) -> None:
    try:
        cluster = Cluster(
            folder, {name: value for name, value in RULES.items() if name not in ("HOST", "JWT_SECRET_KEY")}
        )
    except Missing as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(missing))

    def revive(kind: str) -> Callable[[], None]:
        def kill() -> None:
            members = {
                "server": cluster.servers,
                "worker": cluster.workers,
                "redis": [cluster.redis],
                "nginx": [cluster.nginx],
            }[kind]
            member = members[kills[kind] % len(members)]
            kills[kind] += 1
            member.kill()
            member.start()

        return kill

    def kill_postgres() -> None:
        pid = int((folder / "postgres" / "cluster" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)

    kills: Counter[str] = Counter()
    kinds = {kind: revive(kind) for kind in ("server", "worker", "redis", "nginx")} | {"postgres": kill_postgres}
    with cluster:
        chaos = Chaos([cluster.port, *cluster.ports], kinds, cluster.database_url)
        storm(chaos, int(os.environ.get("CHAOS_CLUSTER", "8")))
