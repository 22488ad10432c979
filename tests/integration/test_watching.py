"""Looking on at matches, on a real PostgreSQL: what is shown of code and to whom, and what may be watched."""

from __future__ import annotations

from typing import Any

import pytest

from application.base.errors import CodemazeError
from application.matches.errors import NotAPlayer
from application.rooms.announcements import TOLD
from application.rooms.rules.settings import ProblemWishes
from tests.integration.conftest import House, headers

Json = dict[str, Any]
ROOM = "QQQQQQ"


class Party:
    """A room in which Ada and Bob play, opened by Hana, who only hosts; Wim looks on. All follow it."""

    def __init__(self, house: House, **settings: Any) -> None:
        self.house = house
        names = ("ada", "bob", "hana", "wim")
        self.ada, self.bob, self.hana, self.wim = self.everybody = [house.user(name) for name in names]
        for user_id in self.everybody:
            house.connect(user_id)
        rooms = house.codemaze.rooms.service
        rooms.create(self.hana, ROOM, {"countdown_seconds": 0, "start": "host", **settings}, False, None)
        rooms.enter(self.ada, ROOM, "player", None)
        rooms.enter(self.bob, ROOM, "player", None)
        rooms.enter(self.wim, ROOM, "watcher", None)
        for user_id in self.everybody:
            follow(house, user_id, ROOM)
        rooms.start(self.hana, ROOM, None)
        assert house.codemaze.matches.deadlines.handle_due()
        self.match_id = house.codemaze.matches.engine.read(ROOM).match_id

    def save(self, user_id: int, code: str, language: str = "python") -> None:
        """A player has their code kept."""
        self.house.matches.save_code(user_id, ROOM, language, code)


def follow(house: House, user_id: int, room: str) -> None:
    """Every connection of the user follows the room."""
    for connection in house.codemaze.sockets.connections.of_user(user_id):
        house.codemaze.matches.back.open(connection, room)


def shown(house: House) -> list[tuple[str, int, str, str]]:
    """What code was shown to whom since this was last asked."""
    house.codemaze.rooms.live_code.look()
    told = [(sid, body) for sid, event, body in house.sent if event == "code_changed"]
    house.sent.clear()
    for _, body in told:
        TOLD["code_changed"].model_validate(body)
        assert body["room"] == ROOM
    return [(sid, body["user_id"], body["language"], body["code"]) for sid, body in told]


def solutions(house: House, user_id: int, match_id: int) -> list[tuple[int, str, str | None]]:
    """What the user is given of what was handed in."""
    answer = house.app.test_client().get(f"/sessions/{match_id}/solutions", headers=headers(house, user_id))
    assert answer.status_code == 200
    return [(each["user_id"], each["code"], each["verdict"]) for each in answer.get_json()]


def live(house: House, query: str = "") -> tuple[list[Json], int]:
    """The matches that may be watched, and how many there are said to be."""
    answer = house.app.test_client().get(f"/sessions/live{query}")
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json(), int(answer.headers["X-Total-Count"])


def test_who_looks_on_is_shown_the_newest_code_and_who_plays_is_not(house: House) -> None:
    party = Party(house, show_code="live")
    party.save(party.ada, "a = 1")
    party.save(party.ada, "a = 2;", "javascript")
    party.save(party.bob, "b = 1")
    assert sorted(shown(house)) == sorted(
        (f"socket of {reader}", *written)
        for reader in (party.hana, party.wim)
        for written in ((party.ada, "javascript", "a = 2;"), (party.bob, "python", "b = 1"))
    )
    assert shown(house) == []


@pytest.mark.parametrize("show_code", ["never", "after_match"])
def test_no_code_is_shown_where_the_room_does_not_allow_it(show_code: str, house: House) -> None:
    party = Party(house, show_code=show_code)
    party.save(party.ada, "a = 1")
    assert shown(house) == []


def test_no_code_is_shown_of_a_lobby_duel(house: House) -> None:
    ada, bob, wim = (house.user(name) for name in ("ada", "bob", "wim"))
    for user_id in (ada, bob, wim):
        house.connect(user_id)
    room = house.playing(ada, bob)
    house.codemaze.rooms.service.enter(wim, room, "watcher", None)
    follow(house, wim, room)
    house.matches.save_code(ada, room, "python", "a = 1")
    assert shown(house) == []


def test_no_code_is_shown_any_more_when_the_match_is_over(house: House) -> None:
    party = Party(house, show_code="live")
    party.save(party.ada, "a = 1")
    house.matches.resign(party.bob, ROOM)
    assert shown(house) == []


def test_code_that_is_kept_at_another_process_is_shown_here(house: House) -> None:
    party = Party(house, show_code="live")
    twin = house.twin()
    notices: list[tuple[str, int]] = []
    twin.codemaze.rooms.live_code._tell = lambda *notice: notices.append(notice)
    with twin.app.app_context():
        twin.matches.save_code(party.ada, ROOM, "python", "a = 1")
    assert notices == [(ROOM, party.ada)]
    house.codemaze.sockets.relay.on_code(*notices[0])
    assert sorted(shown(house)) == sorted(
        (f"socket of {reader}", party.ada, "python", "a = 1") for reader in (party.hana, party.wim)
    )


def test_who_took_part_is_given_all_solutions_once_the_match_is_over(house: House) -> None:
    party = Party(house)
    first = house.submit(party.bob, ROOM)
    house.judged(first, "wrong_answer")
    house.clock.advance(1)
    second = house.submit(party.ada, ROOM)
    assert solutions(house, party.bob, party.match_id) == [(party.bob, "x = 1", "wrong_answer")]
    house.judged(second)
    assert house.names(ROOM)[-1] == "match_finished"
    for user_id in (party.ada, party.bob):
        assert solutions(house, user_id, party.match_id) == [
            (party.bob, "x = 1", "wrong_answer"),
            (party.ada, "x = 1", "accepted"),
        ]
    for user_id in (party.hana, party.wim):
        answer = house.app.test_client().get(f"/sessions/{party.match_id}/solutions", headers=headers(house, user_id))
        assert (answer.status_code, answer.get_json()["code"]) == (403, "not_a_player")


def test_a_room_that_never_shows_code_shows_ones_own_alone(house: House) -> None:
    party = Party(house, show_code="never")
    house.judged(house.submit(party.ada, ROOM), "wrong_answer")
    house.matches.resign(party.bob, ROOM)
    assert solutions(house, party.ada, party.match_id) == [(party.ada, "x = 1", "wrong_answer")]
    assert solutions(house, party.bob, party.match_id) == []


def test_matches_that_may_be_watched_are_listed_while_they_go_on(house: House) -> None:
    party = Party(house, mode="shortest", rounds=3)
    cleo, dora, eve, fay = (house.user(name, xp=7) for name in ("cleo", "dora", "eve", "fay"))
    for user_id in (cleo, dora, eve, fay):
        house.connect(user_id)
    duel = house.pair(cleo, dora)
    rooms = house.codemaze.rooms.service
    rooms.create(eve, "EEEEEE", {"spectators": "members"}, True, None)
    rooms.enter(fay, "EEEEEE", "player", None)  # the last seat: it begins by itself
    matches, total = live(house)
    assert total == 2
    assert matches[0] == {
        "id": house.codemaze.matches.engine.read(duel).match_id, "room": duel, "mode": "fastest",
        "players": [{"id": cleo, "username": "cleo", "avatar": None, "xp": 7, "bot": False},
                    {"id": dora, "username": "dora", "avatar": None, "xp": 7, "bot": False}],
        "round": None, "of": 1, "started_at": None, "watchers": 0,
    }  # fmt: skip
    assert matches[1] == {
        "id": party.match_id, "room": ROOM, "mode": "shortest",
        "players": [{"id": party.ada, "username": "ada", "avatar": None, "xp": 0, "bot": False},
                    {"id": party.bob, "username": "bob", "avatar": None, "xp": 0, "bot": False}],
        "round": 1, "of": 3, "started_at": "2026-01-31T12:00:00.000Z", "watchers": 1,
    }  # fmt: skip
    assert live(house, "?limit=1&offset=1") == (matches[1:], 2)
    house.matches.resign(party.ada, ROOM)
    assert live(house) == (matches[:1], 1)
    assert house.app.test_client().get("/sessions/live?limit=0").status_code == 400


def test_a_practice_is_not_listed(house: House) -> None:
    ada = house.user("ada")
    house.connect(ada)
    settings = house.codemaze.rooms.service._wishes.of_practice(ProblemWishes(), None)
    house.codemaze.rooms.service.practise(ada, ROOM, settings, None)
    assert live(house) == ([], 0)


def test_who_looks_on_plays_no_part(house: House) -> None:
    party = Party(house)
    before = house.names(ROOM)
    for call in (
        lambda: house.matches.submit(party.wim, ROOM, "python", "x = 1"),
        lambda: house.matches.save_code(party.wim, ROOM, "python", "x = 1"),
        lambda: house.matches.resign(party.wim, ROOM),
        lambda: house.matches.finish_round(party.hana, ROOM),
        lambda: house.matches.claim_win(party.wim, ROOM),
    ):
        with pytest.raises(NotAPlayer):
            call()
    with pytest.raises(CodemazeError) as error:
        house.codemaze.rooms.service.offer_rematch(party.wim, ROOM, None)
    assert error.value.code == "not_a_member"
    assert house.names(ROOM) == before


def test_a_host_who_wants_no_spectators_any_more_has_none(house: House) -> None:
    party = Party(house)
    house.matches.resign(party.ada, ROOM)
    house.sent.clear()
    rooms = house.codemaze.rooms.service
    rooms.change(party.hana, ROOM, {"spectators": "members"}, None)
    rooms.enter(party.bob, ROOM, "watcher", None)  # a member, who may look on
    told = [(sid, event) for sid, event, _ in house.sent]
    assert (f"socket of {party.wim}", "room_changed") in told
    assert {sid for sid, event in told if event == "member_entered"} == {
        f"socket of {user_id}" for user_id in (party.ada, party.bob, party.hana)
    }
    with pytest.raises(NotAPlayer):
        house.codemaze.matches.reader.timeline(party.wim, room=ROOM)
    assert house.codemaze.rooms.service._watching.count([ROOM]) == {}
