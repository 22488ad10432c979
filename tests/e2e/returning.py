"""A player whose client does what the documentation tells clients to do: connect again whenever the connection is lost,
resume after the last event it has, and repeat a request that got no answer under the same ``client_id``."""

from __future__ import annotations

import contextlib
import itertools
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import socketio
from socketio.exceptions import SocketIOError

from demo.in_order import InOrderClient
from tests.e2e.player import WAIT_SECONDS, Fold, Json, http

_names = itertools.count(1)

SILENCE_SECONDS = 3.0
"""After this long without news a client makes sure that it is still connected."""

ANSWER_SECONDS = 5.0
"""After this long without an answer a request counts as lost."""

RECONNECT_SECONDS = 0.2
"""How long after an attempt to connect that failed comes the next."""


class Returning:
    """One user with one client. ``urls`` gives the address for each new connection. ``received`` are the events of the
    current room by version; ``twice`` are versions that a connection was given twice."""

    def __init__(self, url: str, urls: Callable[[], str] | None = None, name: str | None = None) -> None:
        self.url, self._urls = url, urls or (lambda: url)
        self.name = name or f"returning{next(_names)}-{secrets.token_hex(3)}"
        credentials = {"username": self.name, "password": "correct horse"}
        patiently(lambda: http(f"{url}/auth/register", "POST", credentials), {201, 409})
        self.token: str = patiently(lambda: http(f"{url}/auth/login", "POST", credentials), {200})["access_token"]
        self.id: int = self.get("/users/profile")["id"]
        self.room: str | None = None
        self.received: dict[int, tuple[str, Json]] = {}
        self.twice: list[int] = []
        self._early: dict[int, tuple[str, Json]] = {}
        self.connects = 0
        self.news = threading.Condition()
        self.on_told: Callable[[str, Json], None] = lambda _event, _body: None
        """Called with every event of a room that a connection is told of live, before anything is made of it."""
        self._client: socketio.Client | None = None
        self._lock = threading.RLock()
        self._live: set[int] = set()

    def get(self, path: str) -> Any:
        """The body of a GET, asked for until it succeeds."""
        return patiently(lambda: http(self.url + path, token=self.token), {200})

    # --- the connection

    def connected(self) -> socketio.Client:
        """The connection, made again when it is lost, with what was missed asked for."""
        with self._lock:
            deadline = time.monotonic() + WAIT_SECONDS
            failures: list[str] = []
            while self._client is None or not self._client.connected:
                if time.monotonic() > deadline:
                    raise AssertionError(f"{self.name} cannot connect: {failures[-5:]}")
                try:
                    self._connect()
                except (SocketIOError, OSError, ValueError) as error:
                    failures.append(repr(error))
                    time.sleep(RECONNECT_SECONDS)
            return self._client

    def _connect(self) -> None:
        self.drop()
        client = InOrderClient(reconnection=False)
        client.on("*", lambda event, body: self._receive(client, event, body))
        try:
            _connect(client, self._urls(), {"token": self.token})
            self._live.clear()
            self._client = client
            self.connects += 1
            if self.room:
                self._resume(client)
        except BaseException:
            self._client = None
            threading.Thread(target=_left, args=(client,), daemon=True).start()
            raise

    def _resume(self, client: socketio.Client) -> None:
        answer = client.call("resume", {"room": self.room, "after": self.version}, timeout=ANSWER_SECONDS)
        if not answer["ok"]:
            raise ValueError(answer)
        with self.news:
            for event in answer.get("events", []):
                self._keep(event.pop("event"), event)

    def drop(self) -> None:
        """Lose the connection."""
        client, self._client = self._client, None
        if client is not None:
            threading.Thread(target=_left, args=(client,), daemon=True).start()

    def open(self, room: str) -> None:
        """Turn to another room, from its first event on."""
        with self._lock, self.news:
            self.room, self.received, self._early = room, {}, {}
            self._live.clear()
        self.drop()
        self.connected()

    # --- what comes

    @property
    def version(self) -> int:
        """The last event of the room that the client has, with all before it."""
        return len(self.received)

    def _receive(self, client: socketio.Client, event: str, body: Json) -> None:
        if "room" not in body:
            return
        self.on_told(event, body)
        with self.news:
            if client is not self._client and self._client is not None:
                return  # what an old connection still had on its way
            if event == "match_found" and body["room"] != self.room and body["version"] == 1:
                self.room, self.received, self._early = body["room"], {}, {}
                self._live.clear()
            if body["room"] != self.room:
                return
            if body["version"] in self._live:
                self.twice.append(body["version"])
            self._live.add(body["version"])
            self._keep(event, body)

    def _keep(self, event: str, body: Json) -> None:
        """Take an event that may have overtaken those before it: it is held back until they are there."""
        if body["version"] > self.version:
            self._early[body["version"]] = (event, body)
        while self.version + 1 in self._early:
            number = self.version + 1
            self.received[number] = self._early.pop(number)
        self.news.notify_all()

    # --- asking

    def ask(self, event: str, **payload: Any) -> Json:
        """Send a request until it is answered, always as the same one. Being told to try again is no answer."""
        if event in ("find_match", "submit_code", "resign", "claim_win", "leave_room"):
            payload.setdefault("client_id", secrets.token_hex(8))
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            try:
                answer: Json = self.connected().call(event, payload, timeout=ANSWER_SECONDS)
                if answer.get("code") not in _PASSING:
                    return answer
                time.sleep(0.2)
            except (SocketIOError, OSError):
                self.drop()
            if time.monotonic() > deadline:
                raise AssertionError(f"{self.name}: {event} was not answered")

    def wait_for(self, event: str, **fields: object) -> Json:
        """The first event of this name with these fields in the current room, once it is there."""
        return self._wait(
            lambda name, body: name == event and all(body.get(field) == value for field, value in fields.items()),
            f"{event} {fields}",
        )

    def wait_for_either(self, *wanted: tuple[str, int | None]) -> Json:
        """The first event of one of these names, with this submission where it is of one."""
        return self._wait(
            lambda name, body: any((name, body.get("submission_id")) == each for each in wanted), str(wanted)
        )

    def _wait(self, wanted: Callable[[str, Json], bool], described: str) -> Json:
        deadline = time.monotonic() + WAIT_SECONDS
        looked = time.monotonic()
        while True:
            self.connected()
            with self.news:
                for name, body in self.received.values():
                    if wanted(name, body):
                        return body
                self.news.wait(0.5)
            if time.monotonic() > deadline:
                raise AssertionError(f"{self.name}: no {described} among {self.names()} of {self.room}")
            if time.monotonic() - looked > SILENCE_SECONDS:  # the connection may be dead without saying so
                self.look()
                looked = time.monotonic()

    def look(self) -> None:
        """Ask for what was missed, if anything was: from then on the server counts it as given."""
        answer = self.ask("resume", room=self.room, after=self.version)
        with self.news:
            for event in answer.get("events", []) if answer.get("room") == self.room else []:
                self._keep(event.pop("event"), event)

    def names(self) -> list[str]:
        """The names of the events of the current room, in order."""
        return [name for name, _ in self.received.values()]

    def folded(self) -> Json:
        """The state that the client has made of the events."""
        fold = Fold()
        for name, body in self.received.values():
            fold.apply(name, body)
        return fold.view


def _connect(client: socketio.Client, url: str, auth: Json) -> None:
    """Connect, or raise TimeoutError. The library would wait for a dead connection to end, which takes it most of
    a minute."""
    done: Future[None] = Future()

    def connect() -> None:
        try:
            client.connect(url, auth=auth, transports=["websocket"], wait_timeout=ANSWER_SECONDS)
        except Exception as error:
            done.set_exception(error)
        else:
            done.set_result(None)
            if given_up.is_set():
                _left(client)

    given_up = threading.Event()
    threading.Thread(target=connect, daemon=True).start()
    try:
        done.result(ANSWER_SECONDS)
    except TimeoutError:
        given_up.set()
        raise


def _left(client: socketio.Client) -> None:
    """Disconnect, which over a connection that is dead takes its time."""
    with contextlib.suppress(Exception):
        client.disconnect()


_PASSING = {"server_restarting", "database_unavailable", "server_error", "rate_limited", "not_authenticated"}


def patiently(call: Callable[[], tuple[int, Any]], wanted: set[int]) -> Any:
    """The body of an HTTP call that is made until it gives one of these statuses."""
    deadline = time.monotonic() + WAIT_SECONDS
    status, body = 0, None
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, ValueError):
            status, body = call()
            if status in wanted:
                return body
        time.sleep(0.2)
    raise AssertionError(f"{status} {body}")


def check_the_end(one: Returning, other: Returning, room: str) -> Json:
    """Both have the whole of the match, the same, once, and what is kept agrees with it; the outcome."""
    ends = [player.wait_for("match_finished") for player in (one, other)]
    assert ends[0] == ends[1]
    outcome: Json = ends[0]["outcome"]
    for player in (one, other):
        assert player.room == room
        assert list(player.received) == list(range(1, ends[0]["version"] + 1))
        assert not player.twice, (player.name, player.twice)
        view = player.ask("resume", room=room)["view"]
        view["you"].update(drafts={}, last_code=None)
        folded = player.folded()
        assert folded == view | {"now": folded["now"]}
        replay = player.get(f"/sessions/{outcome['session_id']}/events")["events"]
        assert replay == [{"event": name, **body} for name, body in player.received.values()]
        profile = player.get("/users/profile")
        mine = next(each for each in outcome["players"] if each["user_id"] == player.id)
        assert (profile["xp"], profile["wins"], profile["losses"]) == (mine["xp_after"], mine["wins"], mine["losses"])
        assert profile["xp"] == 10 * profile["wins"]
    results = sorted(each["result"] for each in outcome["players"])
    assert results == (["draw", "draw"] if outcome["winner_id"] is None else ["lost", "won"])
    return outcome
