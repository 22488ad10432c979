"""Playing in rooms in a test, and what must hold for everybody in one at the end of a match."""

from __future__ import annotations

from typing import Any

from application.matches.announcements import ANNOUNCEMENTS, View
from application.problems.catalogue.document import load
from application.rooms.announcements import TOLD
from tests.conftest import BANK
from tests.e2e.player import Connection, Fold, Json, Player


class Guest:
    """A player in a room: what they were given of it, folded as a client does it."""

    def __init__(self, player: Player, connection: Connection | None = None) -> None:
        self.player, self.connection = player, connection or player.connection
        self.id, self.name = player.id, player.name
        self.room = ""
        self._from = 0
        self._view: Json = {}

    def ask(self, event: str, **payload: Any) -> Json:
        """A request that must be carried out; its acknowledgement."""
        answer = self.connection.ask(event, payload)
        assert answer["ok"], (event, answer)
        return answer

    def refused(self, event: str, **payload: Any) -> str:
        """A request that must be refused; the code."""
        answer = self.connection.ask(event, payload)
        assert not answer["ok"], (event, answer)
        assert set(answer) <= {"ok", "code", "message", "fields", "retry_after"}
        return str(answer["code"])

    def create(self, play: bool = True, **settings: Any) -> str:
        """Open a room; its code."""
        return self.opened(self.ask("create_room", settings=settings, play=play))

    def practise(self, **wishes: Any) -> str:
        """Play alone; the room."""
        return self.opened(self.ask("practise", **wishes))

    def enter(self, room: str, role: str = "player") -> Json:
        """Enter a room; the acknowledgement."""
        answer = self.ask("enter_room", room=room, **{"as": role})
        self.opened(answer)
        return answer

    def wait_for(self, event: str, **fields: object) -> Json:
        """The first event of this name with these fields in the room."""
        return self.connection.wait_for(event, room=self.room, **fields)

    def submit(self, code: str, language: str = "python") -> Json:
        """Hand in and wait for the verdict."""
        submission_id = self.ask("submit_code", room=self.room, language=language, code=code)["submission_id"]
        return self.wait_for("submission_judged", submission_id=submission_id)

    def solution(self, number: int = 1, session_id: int | None = None) -> str:
        """A right solution of the problem of this round, in Python."""
        fields: Json = {} if session_id is None else {"session_id": session_id}
        slug = self.wait_for("round_started", round=number, **fields)["problem"]["slug"]
        return load(BANK / f"{slug}.json").reference

    def wrong(self, number: int = 1, session_id: int | None = None) -> str:
        """Code that runs and is never right."""
        fields: Json = {} if session_id is None else {"session_id": session_id}
        function = self.wait_for("round_started", round=number, **fields)["problem"]["signature"]["function"]
        return f"def {function}(*args):\n    return 'wrong'\n"

    def check(self) -> Json:
        """What came is complete, in order, of the form that is documented, and adds up to a fresh view, which it is."""
        View.model_validate(self._view)
        version = self._view["version"]
        for name, body in self._received():
            assert body["version"] == version + 1, (self.name, name)
            version += 1
            (ANNOUNCEMENTS | TOLD)[name].model_validate(body)
        fold = Fold(self._view)
        fresh = self.ask("resume", room=self.room)["view"]
        for name, body in self._received():
            if body["version"] <= fresh["version"]:
                fold.apply(name, body)
        View.model_validate(fresh)
        for name in ("drafts", "last_code"):
            fresh["you"].pop(name)
            fold.view["you"].pop(name)
        fold.view["now"], fold.view["watchers"] = fresh["now"], fresh["watchers"]
        assert fold.view == fresh
        return dict(fresh)

    def opened(self, answer: Json) -> str:
        """The answer of a request that leads into a room; its code."""
        self.room, self._view = answer["room"], answer["view"]
        assert self._view["version"] == answer["version"]
        return self.room

    def _received(self) -> list[tuple[str, Json]]:
        """The events after the view that the room was entered with."""
        found = [(name, body) for name, body in self.connection.received if body["room"] == self.room]
        return [(name, body) for name, body in found if body["version"] > self._view["version"]]


def guests(url: str, number: int) -> list[Guest]:
    """So many new players."""
    return [Guest(Player(url)) for _ in range(number)]


def check_party(party: list[Guest], session_id: int | None = None) -> Json:
    """Everybody was told the same outcome, and has the same view; it."""
    fields: Json = {} if session_id is None else {"session_id": session_id}
    outcomes = [guest.wait_for("match_finished", **fields)["outcome"] for guest in party]
    assert all(outcome == outcomes[0] for outcome in outcomes)
    views = [guest.check() for guest in party]
    for view in views:
        assert {name: view[name] for name in _SHARED} == {name: views[0][name] for name in _SHARED}
    places = [result["place"] for result in outcomes[0]["players"]]
    assert min(places) == 1
    points = sorted((-result["points"], result["place"]) for result in outcomes[0]["players"])
    assert [place for _, place in points] == sorted(places)
    outcome: Json = outcomes[0]
    return outcome


_SHARED = ("room", "session_id", "version", "phase", "settings", "host_id", "members", "rematch", "players", "outcome")
