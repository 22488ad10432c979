"""``make demo``: one scripted duel, as each of its two players sees it, and a party of five."""

from __future__ import annotations

import argparse
import os
import queue
import signal
import sys
from pathlib import Path
from typing import Any

import requests
from rich.markup import escape
from socketio.exceptions import SocketIOError

from application.base.config import InvalidSetting
from application.problems.catalogue.document import BANK, load
from demo import party
from demo.player import Player
from demo.server import server
from demo.stage import Stage, require

Json = dict[str, Any]


def play(url: str, stage: Stage) -> None:
    """Play the duel; raises when anything is not as it should be."""
    ada, bob = Player(url, "Ada"), Player(url, "Bob")
    stage.say(f"[bold]{ada.username}[/]", f"[bold]{bob.username}[/]")
    stage.say(f"find_match ▸ {ada.ask('find_match')['status']}")
    answer = bob.ask("find_match")
    room = answer["room"]
    stage.say("", f"find_match ▸ {answer['status']}, room {room}")
    for player, opponent in ((ada, bob), (bob, ada)):
        met = player.take("match_found")["opponents"][0]["username"]
        require(met == opponent.username, "only these two were looking for a match; try again on a quieter server")
    stage.say(f"1 match_found: against {bob.username}", f"1 match_found: against {ada.username}")
    for player in (ada, bob):
        player.take("match_started")
    rounds = [player.take("round_started") for player in (ada, bob)]
    problem = rounds[0]["problem"]
    require(rounds[0]["problem"] == rounds[1]["problem"], "both have the same problem")
    opened = f"3 round_started: [bold]{escape(problem['title'])}[/]"
    stage.say(opened, opened)
    stage.both(
        escape(f"  for example  {problem['examples'][0]['test_case']}  ▸  {problem['examples'][0]['output']}"), 2
    )
    wrong_try(ada, bob, room, problem, stage)
    lost_connection(ada, bob, room, stage)
    right_answer(ada, bob, room, problem, stage)
    aftermath(ada, bob, stage)


def wrong_try(ada: Player, bob: Player, room: str, problem: Json, stage: Stage) -> None:
    """Ada hands in something wrong; she alone sees why."""
    code = f"def {problem['signature']['function']}(*args):\n    print('looking at', len(args))\n    return None\n"
    ada.ask("submit_code", room=room, language="python", code=code)
    received = [player.take("submission_received")["version"] for player in (ada, bob)]
    stage.say("submit_code (Python)", f"{received[1]} submission_received: Ada's")
    own, other = (player.take("submission_judged") for player in (ada, bob))
    verdict = f"{own['verdict']} {own['passed']}/{own['total']}"
    stage.say(
        f"{own['version']} submission_judged: [red]{verdict}[/]", f"{other['version']} submission_judged: {verdict}"
    )
    number, first = next((n, result) for n, result in enumerate(own["results"], 1) if result["verdict"] != "accepted")
    stage.say(f"  test {number}: {escape(first['message'])}", "")
    stage.say(f"  console: {escape(first['console'].strip())}", "  [dim](only Ada sees the details)[/]", 1.5)
    require(own["verdict"] == "wrong_answer" and "results" not in other, "a report is its author's alone")


def lost_connection(ada: Player, bob: Player, room: str, stage: Stage) -> None:
    """Bob reloads the page in the middle of the game."""
    bob.disconnect()
    stage.say("", "[red]✗ connection lost[/]", 0)
    gone = ada.take("player_gone")
    stage.say(f"{gone['version']} player_gone: may claim at {gone['claim_at'][11:19]}")
    bob.connect()
    missed = bob.ask("resume", room=room, after=bob.version)
    back = ada.take("player_back")
    names = ", ".join(f"{event['version']} {event['event']}" for event in missed["events"])
    stage.say(f"{back['version']} player_back", f"resume after {bob.version} ▸ {names}", 1.2)
    require([event["version"] for event in missed["events"]] == [6, 7], "a refresh loses nothing")
    bob.version = missed["version"]


def right_answer(ada: Player, bob: Player, room: str, problem: Json, stage: Stage) -> None:
    """Bob solves it."""
    code = load(BANK / f"{problem['slug']}.json").reference
    bob.ask("submit_code", room=room, language="python", code=code)
    for player in (ada, bob):
        player.take("submission_received")
    stage.say("8 submission_received: Bob's", "submit_code")
    own = [player.take("submission_judged") for player in (ada, bob)][1]
    verdict = f"9 submission_judged: [green]{own['verdict']} {own['passed']}/{own['total']}[/]"
    stage.say(verdict, f"{verdict} in {own['time_ms']} ms")
    for player in (ada, bob):
        player.take("round_finished")
    outcomes = [player.take("match_finished")["outcome"] for player in (ada, bob)]
    require(outcomes[0] == outcomes[1] and outcomes[0]["winner_id"] == bob.id, "both read the same outcome")
    results = {result["user_id"]: result for result in outcomes[0]["players"]}
    lines = []
    for player, colour in ((ada, "red"), (bob, "green")):
        mine = results[player.id]
        said = f"{mine['result']}, {mine['xp_before']} ▸ {mine['xp_after']} XP"
        lines.append(f"11 match_finished: [{colour} bold]{said}[/]")
    stage.say(lines[0], lines[1], 1.2)


def aftermath(ada: Player, bob: Player, stage: Stage) -> None:
    """What is kept says the same."""
    lines = []
    for player in (ada, bob):
        profile = player.get("/users/profile")
        record = f"{profile['xp']} XP, {profile['wins']} won, {profile['losses']} lost, {profile['rank'][0]['name']}"
        lines.append(f"GET /users/profile ▸ {record}")
    stage.say(lines[0], lines[1])
    session = bob.get("/sessions")[0]
    events = bob.get(f"/sessions/{session['id']}/events")["events"]
    require([event["version"] for event in events] == list(range(1, 12)), "the replay is complete")
    replay = " ".join(f"{event['version']}:{event['event']}" for event in events)
    stage.both(f"GET /sessions/{session['id']}/events ▸ {replay}", 0)
    for player in (ada, bob):
        player.disconnect()


def main() -> None:
    """Parse the command line, find a server, play."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    quick = bool(os.environ.get("CI"))
    parser.add_argument("--fast", action="store_true", default=quick, help="without pauses")
    parser.add_argument("--svg", type=Path, help="keep a picture of it")
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a server started for the demo stops, too
    try:
        with server() as url:
            stage = Stage(chosen.fast, chosen.svg)
            play(url, stage)
            party.play(url, stage)
            stage.close()
    except KeyboardInterrupt:
        sys.exit(130)
    except queue.Empty:
        sys.exit("The demo stops here: an event that should have come did not.")
    except (InvalidSetting, RuntimeError, SocketIOError, requests.RequestException) as error:
        sys.exit(f"The demo stops here: {error}")


if __name__ == "__main__":
    main()
