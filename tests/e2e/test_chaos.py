"""Hundreds of short matches in bad weather, with every kind of process killed meanwhile: nothing is lost or doubled.

hypothesis makes up the matches, the weather and the moments of the kills, a batch of matches at a time. ``CHAOS=504``
plays that many (``CHAOS_CLUSTER=200`` on the cluster); without it a few are played, enough to notice that something is
wrong.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from application.problems.catalogue.document import load
from cluster import Cluster, Missing
from tests.conftest import BANK
from tests.e2e.books import Auditor
from tests.e2e.conftest import QUICK, Server
from tests.e2e.player import WAIT_SECONDS, http
from tests.e2e.returning import Returning, check_the_end, patiently
from tests.e2e.weather import KINDS, Forecast, Weather

AT_ONCE = 8
"""Matches that are played at the same time, at most."""

FEW = 4
"""How many matches are played where nobody asks for more."""

KILLS_OF_EACH_KIND = 20
"""What a run of the full length must have had."""

RULES = {**QUICK, "LANGUAGES": "python", "GRACE_SECONDS": "600", "ABSENCE_SECONDS": "1", "ROUND_SECONDS": "600"}

MOVES = ("wrong", "save", "drop", "run", "look")
"""What a player may do before the match is ended."""

LASTS = ("right", "resign", "both right")
"""How a match may be ended: by one who solves it, one who resigns, or both who solve it."""


@dataclass(frozen=True)
class Script:
    """One match: what each player does in turn, and how it ends."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    last: str


@dataclass(frozen=True)
class Batch:
    """Some matches at the same time, what befalls connections meanwhile, and the seconds from when one kill could come
    until it does."""

    scripts: list[Script]
    forecasts: list[Forecast]
    moments: list[float]


def batches(matches: int, kills: int) -> st.SearchStrategy[Batch]:
    """Batches of so many matches and kills. Even the simplest, which hypothesis begins with, has something of all."""

    def made(
        moves: list[tuple[str, ...]], lasts: list[str], kinds: list[str], after: list[float], moments: list[float]
    ) -> Batch:
        players = zip(moves[::2], moves[1::2], lasts, strict=True)
        return Batch(list(itertools.starmap(Script, players)), list(map(Forecast, kinds, after)), moments)

    def in_any_order(each: Sequence[str], count: int) -> st.SearchStrategy[list[str]]:
        return st.permutations(list(itertools.islice(itertools.cycle(each), count)))

    moves = st.permutations(MOVES).map(lambda order: tuple(order[: kills + 1]))
    connections = 5 * matches
    return st.builds(
        made,
        st.lists(moves, min_size=2 * matches, max_size=2 * matches),
        in_any_order(LASTS, matches),
        in_any_order(KINDS, connections),
        st.lists(st.floats(0.05, 3), min_size=connections, max_size=connections),
        st.lists(st.floats(0.1, 1), min_size=kills, max_size=kills),
    )


class Chaos:
    """The place that the matches are played at, and the record of what was done to it."""

    def __init__(self, ports: list[int], kinds: dict[str, Callable[[], None]], database_url: str, at_once: int) -> None:
        """Sockets go through the weather to one of the ``ports``, HTTP to the first. ``kinds`` kill a process of each
        kind and see to it that there is one again."""
        self.weather = Weather(ports, seed=len(ports))
        self.auditor = Auditor(database_url)
        self._urls = [f"http://127.0.0.1:{port}" for port in ports]
        self._players = [Returning(self._urls[0], lambda: self.weather.url) for _ in range(2 * at_once)]
        for player in self._players:
            player.on_told = self.auditor.told
        self._kinds = kinds
        self.kills = Counter(dict.fromkeys(kinds, 0))
        self.played = 0

    def play(self, batch: Batch) -> None:
        """One batch with its kills, and then a look at the books."""
        self.weather.expect(batch.forecasts)
        pairs = list(zip(self._players[::2], self._players[1::2], strict=True))
        for player in self._players:
            player.drop()
        # One pair after the other, or the lobby would pair them as it likes.
        for one, other in pairs:
            self._pair(one, other)
        turns = [threading.Event() for _ in batch.moments]
        with self.auditor.watching(), ThreadPoolExecutor(len(pairs) + 1) as pool:
            killing = pool.submit(self._kill, batch.moments, turns)
            done = [pool.submit(duel, *pair, script, turns) for pair, script in zip(pairs, batch.scripts, strict=True)]
            for each in (*done, killing):
                each.result()
        self.auditor.audit()
        self.played += len(pairs)

    def _pair(self, one: Returning, other: Returning) -> None:
        deadline = time.monotonic() + WAIT_SECONDS
        rooms = [None, None]
        while None in rooms:  # who has just lost the connection is not paired before being back
            assert time.monotonic() < deadline, f"{one.name} and {other.name} are not paired: {rooms}"
            rooms = [player.ask("find_match").get("room") for player in (one, other)]
        assert rooms[0] == rooms[1]
        for player in (one, other):
            if player.room != rooms[0]:  # the connection was lost before it could be told
                player.open(str(rooms[0]))

    def _kill(self, moments: list[float], turns: list[threading.Event]) -> None:
        """One kill after the other, each of the kind that had the fewest, of a place that has recovered from the last.
        With each comes the players' next turn, so that it strikes while they move."""
        try:
            for moment, turn in zip(moments, turns, strict=True):
                turn.set()
                time.sleep(moment)
                kind = min(self._kinds, key=lambda kind: self.kills[kind])
                self._kinds[kind]()
                self.kills[kind] += 1
                self.auditor.wait_for_database()
                for url in self._urls:
                    patiently(lambda url=url: http(f"{url}/health/ready"), {200})  # type: ignore[misc]
        finally:
            for turn in turns:
                turn.set()


def duel(one: Returning, other: Returning, script: Script, turns: list[threading.Event]) -> None:
    """One match to its end, and everything that must hold then. Its end comes with the last of the ``turns``."""
    room = one.room
    assert room
    with ThreadPoolExecutor(2) as pool:
        for number, moves in enumerate(itertools.zip_longest(script.one, script.other)):
            turns[min(number, len(turns) - 1)].wait()
            moving = [pool.submit(act, player, move) for player, move in zip((one, other), moves, strict=True) if move]
            for done in moving:
                done.result()
    turns[-1].wait()
    if script.last == "resign":
        other.ask("resign", room=room)
    elif script.last == "both right":
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(act, player, "right") for player in (one, other)]:
                done.result()
    else:
        act(one, "right")
    outcome = check_the_end(one, other, room)
    if script.last != "both right":
        assert outcome["winner_id"] == one.id, outcome


def act(player: Returning, move: str) -> None:
    """Do one thing. Refusals that come of the other's moves are taken as they are."""
    room = player.room
    assert room
    problem = player.wait_for("round_started")["problem"]
    if move == "drop":
        player.drop()
    elif move == "look":
        player.look()
    elif move == "save":
        player.ask("save_code", room=room, language="python", code=f"# {player.version}")
    elif move == "run":
        player.ask("run_code", room=room, language="python", code=load(BANK / f"{problem['slug']}.json").reference)
    else:
        code = load(BANK / f"{problem['slug']}.json").reference if move == "right" else "def nothing(): pass"
        answer = player.ask("submit_code", room=room, language="python", code=code)
        if answer["ok"]:
            event = player.wait_for_either(("submission_judged", answer["submission_id"]), ("match_finished", None))
            if "verdict" in event:
                assert (event["verdict"] == "accepted") == (move == "right")
        else:
            assert answer["code"] == "match_already_finished", answer


def storm(chaos: Chaos, matches: int, at_once: int, kills: int) -> None:
    """Play so many matches, in batches with so many kills."""

    @settings(
        max_examples=-(-matches // at_once),
        deadline=None,
        database=None,
        derandomize=matches == FEW,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(batches(at_once, kills))
    def run(batch: Batch) -> None:
        if chaos.played < matches:
            chaos.play(batch)

    run()
    chaos.weather.close()
    print(f"{chaos.played} matches; kills {dict(chaos.kills)}; connections {chaos.weather.counts}")
    assert chaos.played >= matches


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
        ours = ""
        while not ours:  # there are always some, but for the moment after a start
            asked = ["pgrep", "-P", str(server.process.pid), "bwrap"]
            ours = subprocess.run(asked, capture_output=True, text=True).stdout
        for pid in ours.split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)

    kinds = {"server": kill_server, "postgres": kill_postgres, "sandboxes": kill_sandboxes}
    matches = int(os.environ.get("CHAOS", FEW))
    at_once = min(AT_ONCE, matches)
    try:
        chaos = Chaos([server.port], kinds, database_of(folder), at_once)
        storm(chaos, matches, at_once, kills=2)
        if matches >= 500:
            assert min(chaos.kills.values()) >= KILLS_OF_EACH_KIND, chaos.kills
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
    matches = int(os.environ.get("CHAOS_CLUSTER", FEW))
    at_once = min(AT_ONCE, matches)
    with cluster:
        chaos = Chaos([cluster.port, *cluster.ports], kinds, cluster.database_url, at_once)
        storm(chaos, matches, at_once, kills=2 if matches == FEW else 4)
        if matches >= 200:
            assert min(chaos.kills.values()) >= KILLS_OF_EACH_KIND, chaos.kills
