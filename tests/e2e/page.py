"""A page of the classic client: no token, polling first, and its user named in what it sends."""

from __future__ import annotations

import itertools
from typing import Any

from tests.e2e.player import WAIT_SECONDS, Connection, Json, Player

_NOTHING: Any = object()


class Page(Connection):
    """One connection of a classic client, for ``player`` where it speaks for somebody."""

    def __init__(self, url: str, player: Player | None = None) -> None:
        super().__init__(url, None, ["polling", "websocket"])
        self.player = player
        self.room = ""

    def _receive(self, event: str, *said: Any) -> None:
        with self._news:
            self.received.append((event, list(said)))  # type: ignore[arg-type]
            self._news.notify_all()

    def send(self, event: str, payload: Any = _NOTHING) -> Any:
        """Send a frame and wait for its acknowledgement."""
        said = () if payload is _NOTHING else payload
        return self.client.call(event, said, timeout=WAIT_SECONDS)

    def heard(self, event: str) -> list[Any]:
        """What came with each event of this name so far: the one value, or nothing."""
        self.catch_up()
        return [said[0] if said else None for name, said in list(self.received) if name == event]

    def wait(self, event: str, times: int = 1) -> Any:
        """What came with the event the last of so many times, once it has."""

        def found() -> list[Any]:
            return [said for name, said in self.received if name == event]

        with self._news:
            arrived = self._news.wait_for(lambda: len(found()) >= times, WAIT_SECONDS)
        assert arrived, f"no {event} {times} times; received {self.names()}"
        said = found()[times - 1]
        return said[0] if said else None

    def catch_up(self) -> None:
        """Have everything that was sent here before now."""
        assert self.client.call("nothing", timeout=WAIT_SECONDS)["code"] == "unknown_event"

    # --- what the pages do

    def join(self) -> str:
        """Press the button of the home page; the room."""
        assert self.player
        answer = self.send("join_room", {"username": self.player.name, "userId": str(self.player.id)})
        assert answer == {"success": True, "room": answer["room"]}
        self.room = answer["room"]
        return self.room

    def arrive(self, room: str = "") -> Json:
        """Open the page of the game, for the first time or again; what the room looks like."""
        assert self.player
        self.room = room or self.room
        found = {"room": self.room, "name": self.player.name, "success": True}
        assert self.send("sendRooms", {"r": found}) == {"ok": True}
        for event, payload in (("set_opponent", 0), ("check_answer", None), ("check_answer", True)):
            assert self.send(event, payload) == {"ok": True}
        assert self.send("set_winner", 0)["code"] == "not_a_win"
        shown: Json = self.heard("receiveRooms2")[-1][self.room]
        return shown

    def ask_question(self, question: Json) -> None:
        """Propose a question and ask which one it is."""
        assert self.send("setting_question", question) == {"ok": True}
        assert self.send("getting_question") == {"ok": True}

    def submit(self) -> None:
        """Press the submission button."""
        assert self.send("button_press", {"room": self.room}) == {"ok": True}

    def win(self) -> Any:
        """The browser finds the right output."""
        assert self.player
        answer = self.send("set_winner", str(self.player.id))
        self.send("check_answer", True)
        self.send("display_popup", {"room": self.room})
        return answer


_questions = itertools.count(1)


def question() -> Json:
    """A question unlike any other."""
    number = next(_questions)
    return {"initialQ": f"Question {number}?", "testCase": f"f({number})", "expectedOutcome": str(number)}
