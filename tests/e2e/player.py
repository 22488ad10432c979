"""A player as a front-end developer would write one: HTTP, a real Socket.IO client, and a state built from events."""

from __future__ import annotations

import itertools
import json
import threading
from typing import Any
from urllib import error, request

from demo.in_order import InOrderClient
from tests.conftest import PATIENCE_SECONDS

Json = dict[str, Any]
WAIT_SECONDS = PATIENCE_SECONDS
_names = itertools.count(1)


def http(url: str, method: str = "GET", body: object = None, token: str | None = None) -> tuple[int, Any]:
    """One HTTP request: status and decoded JSON."""
    raw = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
    asked = request.Request(url, raw, {"Content-Type": "application/json"}, method=method)
    if token:
        asked.add_header("Authorization", f"Bearer {token}")
    try:
        with request.urlopen(asked, timeout=WAIT_SECONDS) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except error.HTTPError as failed:
        return failed.code, json.loads(failed.read() or b"null")


class Connection:
    """One socket of a player. ``received`` has every event with its envelope, in the order of arrival; ``notices`` what
    is of no room."""

    def __init__(self, url: str, token: str | None, transports: list[str] | None = None) -> None:
        self.client = InOrderClient(reconnection=False)
        self.received: list[tuple[str, Json]] = []
        self.notices: list[tuple[str, Json]] = []
        self.refusal: Json | None = None
        self.closed = threading.Event()
        self._news = threading.Condition()
        self.client.on("*", self._receive)
        self.client.on("connect_error", self._refuse)
        self.client.on("disconnect", lambda *_: self.closed.set())
        auth = None if token is None else {"token": token}
        self.client.connect(url, auth=auth, transports=transports or ["websocket"], wait_timeout=WAIT_SECONDS)

    def _receive(self, event: str, body: Json) -> None:
        with self._news:
            (self.received if "version" in body else self.notices).append((event, body))
            self._news.notify_all()

    def _refuse(self, why: Any) -> None:
        self.refusal = why

    def ask(self, event: str, payload: object = None) -> Json:
        """Send a request and wait for its acknowledgement."""
        answer: Json = self.client.call(event, {} if payload is None else payload, timeout=WAIT_SECONDS)
        return answer

    def wait_for(self, event: str, **fields: object) -> Json:
        """The first event of a room with this name and these fields, once it is there."""
        return self._wait_for(self.received, event, fields)

    def wait_for_notice(self, event: str, **fields: object) -> Json:
        """The same of what has no version."""
        return self._wait_for(self.notices, event, fields)

    def _wait_for(self, among: list[tuple[str, Json]], event: str, fields: Json) -> Json:
        def found() -> Json | None:
            for name, body in among:
                if name == event and all(body.get(field) == value for field, value in fields.items()):
                    return body
            return None

        with self._news:
            if not self._news.wait_for(lambda: found() is not None, WAIT_SECONDS):
                raise AssertionError(f"no {event} {fields}; received {[name for name, _ in among]}")
        answer = found()
        assert answer is not None
        return answer

    def names(self) -> list[str]:
        """The names of the events received."""
        return [name for name, _ in self.received]

    def versions(self) -> list[int]:
        """The versions of the events received."""
        return [body["version"] for _, body in self.received]

    def close(self) -> None:
        """Disconnect."""
        self.client.disconnect()


class Player:
    """A registered user with one connection, more when asked for."""

    def __init__(self, url: str, name: str | None = None) -> None:
        self.url = url
        self.name = name or f"player{next(_names)}"
        self.password = "correct horse"
        status, body = http(f"{url}/auth/register", "POST", {"username": self.name, "password": self.password})
        assert status == 201, body
        self.token = self.log_in()
        self.id: int = self.get("/users/profile")["id"]
        self.connection = self.connect()

    def log_in(self) -> str:
        """A new access token."""
        credentials = {"username": self.name, "password": self.password}
        status, body = http(f"{self.url}/auth/login", "POST", credentials)
        assert status == 200, body
        token: str = body["access_token"]
        return token

    def connect(self) -> Connection:
        """One more connection."""
        return Connection(self.url, self.token)

    def get(self, path: str) -> Any:
        """The body of a GET that must succeed."""
        status, body = http(self.url + path, token=self.token)
        assert status == 200, body
        return body

    def ask(self, event: str, **payload: object) -> Json:
        """A request on the player's connection."""
        return self.connection.ask(event, payload)

    def wait_for(self, event: str, **fields: object) -> Json:
        """An event on the player's connection."""
        return self.connection.wait_for(event, **fields)


class Fold:
    """The state that a client builds from events, starting with the view that it entered a room with, or with that in
    ``match_found``."""

    def __init__(self, view: Json | None = None) -> None:
        self.view: Json = json.loads(json.dumps(view or {}))

    def apply(self, event: str, body: Json) -> None:
        """One more event, which must be the next one."""
        if event == "match_found":
            assert not self.view or body["version"] == self.view["version"] + 1
            before, self.view = self.view, json.loads(json.dumps(body["view"]))
            self.view["watchers"] = before.get("watchers", 0)
            if self.view["you"]["user_id"] is None:
                self.view["you"]["user_id"] = before["you"]["user_id"]
            return
        assert body["version"] == self.view["version"] + 1
        self.view["version"] = body["version"]
        getattr(self, f"_{event}")(body)

    def _player(self, body: Json) -> Json:
        found: Json = next(player for player in self.view["players"] if player["user_id"] == body["user_id"])
        return found

    def _room_opened(self, body: Json) -> None:
        self.view.update(settings=body["settings"], host_id=body["host_id"])

    _room_changed = _room_opened

    def _member_entered(self, body: Json) -> None:
        entered = {name: value for name, value in body.items() if name not in ("room", "version", "at")}
        known = [member["user_id"] for member in self.view["members"]]
        if body["user_id"] in known:
            self.view["members"][known.index(body["user_id"])] = entered
            self._forget_offer(body["user_id"])
        else:
            self.view["members"].append(entered)
        self._am_here_as(body["user_id"], body["as"])
        for player in self.view["players"]:
            if player["user_id"] == body["user_id"]:
                player.update(connected=True, claim_at=None)

    def _member_left(self, body: Json) -> None:
        self.view["members"] = [member for member in self.view["members"] if member["user_id"] != body["user_id"]]
        self._forget_offer(body["user_id"])
        if self.view["host_id"] == body["user_id"]:
            self.view["host_id"] = None
        playing = any(player["user_id"] == body["user_id"] for player in self.view["players"])
        self._am_here_as(body["user_id"], "player" if playing else "watcher")

    def _host_changed(self, body: Json) -> None:
        self.view["host_id"] = body["user_id"]

    def _rematch_offered(self, body: Json) -> None:
        self.view["rematch"].append(body["user_id"])

    def _room_closed(self, body: Json) -> None:
        self.view.update(host_id=None, members=[], rematch=[])
        playing = any(player["user_id"] == self.view["you"]["user_id"] for player in self.view["players"])
        self.view["you"]["as"] = "player" if playing else "watcher"

    def _player_seated(self, body: Json) -> None:
        players = [*self.view["players"], body["player"]]
        self.view["players"] = sorted(players, key=lambda player: player["user_id"])
        self._take_places()

    def _player_done(self, body: Json) -> None:
        self._player(body)["done"] = True

    def _forget_offer(self, user_id: int) -> None:
        self.view["rematch"] = [other for other in self.view["rematch"] if other != user_id]

    def _am_here_as(self, user_id: int, role: str) -> None:
        if user_id == self.view["you"]["user_id"]:
            self.view["you"]["as"] = role

    def _take_places(self) -> None:
        for player in self.view["players"]:
            player["place"] = 1 + sum(other["points"] > player["points"] for other in self.view["players"])

    def _here(self, body: Json, connected: bool) -> None:
        for member in self.view["members"]:
            if member["user_id"] == body["user_id"]:
                member["connected"] = connected

    def _match_started(self, body: Json) -> None:
        self.view["phase"] = "playing"

    def _round_started(self, body: Json) -> None:
        shown = ("of", "problem", "started_at", "ends_at")
        self.view["round"] = {"number": body["round"]} | {field: body[field] for field in shown}
        for player in self.view["players"]:
            player.update(submissions=0, best_passed=0, total=body["tests"], done=False)
        self.view["you"]["pending"] = None

    def _submission_received(self, body: Json) -> None:
        self._player(body)["submissions"] += 1
        if body["user_id"] == self.view["you"]["user_id"]:
            self.view["you"]["pending"] = body["submission_id"]

    def _submission_judged(self, body: Json) -> None:
        player = self._player(body)
        player["best_passed"] = max(player["best_passed"], body["passed"])
        if body["user_id"] == self.view["you"]["user_id"]:
            self.view["you"].update(pending=None, last_judged=body)

    def _player_gone(self, body: Json) -> None:
        self._player(body).update(connected=False, claim_at=body["claim_at"])
        self._here(body, connected=False)

    def _player_back(self, body: Json) -> None:
        self._player(body).update(connected=True, claim_at=None)
        self._here(body, connected=True)

    def _player_resigned(self, body: Json) -> None:
        self._player(body)["resigned"] = True

    def _round_finished(self, body: Json) -> None:
        for player in self.view["players"]:
            player["rounds_won"] += player["user_id"] == body["winner_id"]
        points = {standing["user_id"]: standing["points"] for standing in body["standings"]}
        for player in self.view["players"]:
            player["points"] += points.get(player["user_id"], 0)
        self._take_places()

    def _match_finished(self, body: Json) -> None:
        self.view.update(phase="finished", outcome=body["outcome"])
