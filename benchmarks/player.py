"""A player who never tires: plays one duel after the other, and does in each whatever players do."""

from __future__ import annotations

import json
import random
import time
import uuid
from collections import Counter
from http.client import HTTPConnection
from urllib.parse import urlsplit

import gevent
import websocket
from gevent.event import AsyncResult, Event

from application.problems.catalogue.document import BANK
from benchmarks.speaker import Json, Refused, Speaker

PASSWORD = "correct horse"
NEW_ACCOUNT_SHARE = 0.1
"""Of all matches, those after which the player is somebody new."""

PAUSE_SECONDS = 1.1, 3.0
"""Between two things that a player does in a match; code is kept at most once a second."""

WAIT_SECONDS = 60
"""For an opponent, or a verdict."""

TOO_LATE = {"match_already_finished", "match_not_found", "player_is_out", "round_over", "submission_pending"}
"""What may be answered to one whose opponent was quicker, or who was not told yet."""


class Player:
    """Counts in ``met`` the matches that have ended, and whatever went wrong by its name."""

    def __init__(self, url: str, name: str, chance: random.Random, met: Counter[str]) -> None:
        self._url, self._name, self._chance, self.met = url, name, chance, met
        self._accounts = 0
        self._started: AsyncResult[Json] = AsyncResult()
        self._judged, self._over = Event(), Event()
        self._speaker: Speaker | None = None

    def play_until(self, end: float) -> None:
        """Play until ``time.monotonic()`` is ``end``."""
        while time.monotonic() < end:
            try:
                if self._speaker is None:
                    self._register()
                self._play()
                if self._chance.random() < NEW_ACCOUNT_SHARE:
                    self._leave()
            except (Refused, OSError, websocket.WebSocketException, gevent.Timeout) as error:
                self.met[f"{type(error).__name__}: {error}"[:160]] += 1
                self._leave()
        self._leave()

    def _play(self) -> None:
        """One match, from looking for an opponent to its end."""
        self._started, self._over = AsyncResult(), Event()
        self._ask("find_match", {"client_id": str(uuid.uuid4())})
        started = self._started.get(timeout=WAIT_SECONDS) or {}
        while not self._over.wait(self._chance.uniform(*PAUSE_SECONDS)):
            acts = (self._submit_wrong, self._save, self._leave_and_resume, self._refresh, self._submit_right)
            (act,) = self._chance.choices(acts, weights=(4, 2, 2, 2, 1))
            try:
                act(started["room"], started["problem"])
            except Refused as refusal:
                if refusal.code not in TOO_LATE:
                    raise
                if refusal.code == "match_not_found":
                    break
        self.met["matches ended"] += 1

    def _submit_wrong(self, room: str, problem: Json) -> None:
        self._submit(room, f"def {problem['signature']['function']}(*args):\n    return None\n")

    def _submit_right(self, room: str, problem: Json) -> None:
        self._submit(room, json.loads((BANK / f"{problem['slug']}.json").read_text())["reference"])

    def _submit(self, room: str, code: str) -> None:
        self._judged.clear()
        self._ask("submit_code", {"room": room, "language": "python", "code": code, "client_id": str(uuid.uuid4())})
        if not self._judged.wait(WAIT_SECONDS):
            self.met["no verdict"] += 1

    def _save(self, room: str, _problem: Json) -> None:
        self._ask("save_code", {"room": room, "language": "python", "code": f"# {self._chance.random()}"})

    def _leave_and_resume(self, room: str, _problem: Json) -> None:
        self._ask("leave_room", {"room": room, "client_id": str(uuid.uuid4())})
        gevent.sleep(self._chance.uniform(*PAUSE_SECONDS))
        self._resume(room)

    def _refresh(self, room: str, _problem: Json) -> None:
        assert self._speaker
        self._speaker.close()
        self._hear_at(self._speaker.again())
        self._resume(room)

    def _resume(self, room: str) -> None:
        if self._ask("resume", {"room": room})["view"]["phase"] == "finished":
            self._over.set()

    def _ask(self, request: str, payload: Json) -> Json:
        assert self._speaker
        return self._speaker.ask(request, payload)

    def _hear_at(self, speaker: Speaker) -> None:
        self._speaker = speaker
        speaker.heard = self._hear

    def _hear(self, event: str, body: Json, _at: float) -> None:
        if event == "round_started":
            self._started.set(body)
        elif event == "submission_judged" and "results" in body:
            self._judged.set()
        elif event == "match_finished":
            self._judged.set()
            self._over.set()

    def _leave(self) -> None:
        """Whoever plays next is somebody new."""
        if self._speaker:
            self._speaker.close()
            self._speaker = None

    def _register(self) -> None:
        self._accounts += 1
        account = {"username": f"{self._name}-{self._accounts}", "password": PASSWORD}
        self._posted("/auth/register", account)
        self._hear_at(Speaker(self._url, self._posted("/auth/login", account)["access_token"]))

    def _posted(self, path: str, body: Json) -> Json:
        connection = HTTPConnection(urlsplit(self._url).netloc, timeout=WAIT_SECONDS)
        connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        found: Json = json.loads(connection.getresponse().read())
        connection.close()
        if found.get("status") != "success":
            raise ConnectionError(f"{path}: {found}")
        return found
