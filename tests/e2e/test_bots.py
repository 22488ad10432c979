"""Playing a bot through a real server."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Server, StartServer
from tests.e2e.party import Guest, check_party, guests
from tests.e2e.player import Player

QUICK_BOTS, BUSY_BOTS = "100000", "4000"
"""The first take a second at most, so that they win; the second some seconds, in which a server can be killed."""


@pytest.fixture(scope="module")
def quick(start_server: StartServer) -> Server:
    """A server whose bots are quicker than anybody."""
    return start_server(BOT_PACE_PERCENT=QUICK_BOTS, BOT_OFFER_SECONDS="1")


def bot_of(guest: Guest) -> int:
    """The bot in the guest's room."""
    (bot,) = [member["user_id"] for member in guest.check()["members"] if member["bot"]]
    return int(bot)


def test_a_bot_wins_against_who_does_nothing_and_plays_again(quick: Server) -> None:
    (ada,) = guests(quick.url, 1)
    room = ada.practise(against="bot")
    bot = bot_of(ada)
    outcome = check_party([ada])
    assert (outcome["winner_id"], outcome["reason"]) == (bot, "solved")
    assert (outcome["rated"], outcome["unrated_because"]) == (False, "bot")
    verdicts = [body["verdict"] for name, body in ada.connection.received if name == "submission_judged"]
    assert verdicts[-1] == "accepted" and "accepted" not in verdicts[:-1]
    ada.ask("offer_rematch", room=room)
    again = [body for name, body in ada.connection.received if name == "match_found"][-1]
    assert again["session_id"] != outcome["session_id"]
    assert ada.wait_for("match_finished", session_id=again["session_id"])["outcome"]["winner_id"] == bot
    assert bot_of(ada) == bot
    ada.ask("leave_room", room=room)
    assert quick.errors() == []


def test_a_bot_loses_against_who_is_quicker(server: Server) -> None:
    (ada,) = guests(server.url, 1)
    ada.practise(against="bot", topic=None)
    assert ada.submit(ada.solution(1))["verdict"] == "accepted"
    outcome = check_party([ada])
    assert (outcome["winner_id"], outcome["unrated_because"]) == (ada.id, "bot")
    profile = ada.player.get("/users/profile")
    assert (profile["xp"], profile["wins"], profile["bot"]) == (0, 0, False)
    (bot,) = [user for user in profile["sessions"][0]["users"] if user["bot"]]
    assert bot["username"].startswith("bot-")
    assert Guest(Player(server.url)).refused("enter_room", room=ada.room, **{"as": "watcher"}) == "not_invited"
    assert ada.refused("practise", against="somebody") == "invalid_request"


def test_who_waits_is_offered_a_bot(quick: Server) -> None:
    (ada,) = guests(quick.url, 1)
    ada.ask("find_match")
    assert ada.connection.wait_for_notice("bot_offered") == {"after_seconds": 1}
    ada.practise(against="bot")
    ada.wait_for("match_finished")
    assert ada.ask("resume")["status"] == "idle"


def test_a_bot_plays_on_after_a_crash(start_server: StartServer) -> None:
    server = start_server(BOT_PACE_PERCENT=BUSY_BOTS)
    (ada,) = guests(server.url, 1)
    room = ada.practise(against="bot")
    ada.wait_for("round_started")
    server.kill()
    server.start()
    back = Guest(ada.player, ada.player.connect())
    answer = back.ask("resume", room=room)
    back.opened(answer)
    if answer["view"]["phase"] != "finished":
        back.wait_for("match_finished")
    view = back.check()
    (bot,) = [player["user_id"] for player in view["players"] if player["bot"]]
    assert (view["outcome"]["winner_id"], view["outcome"]["reason"]) == (bot, "solved")
