"""Five players and somebody who looks on, in a room: one round, a line of chat, and a rematch."""

from __future__ import annotations

from rich.markup import escape

from application.problems.catalogue.document import BANK, load
from demo.player import Player
from demo.stage import Stage, require

NAMES = ("Ada", "Bob", "Cleo", "Dan", "Eve")


def play(url: str, stage: Stage) -> None:
    """Play the party; raises when anything is not as it should be."""
    party = host, *others = [Player(url, name) for name in NAMES]
    watcher = Player(url, "Finn")
    settings = {"name": "Friday", "capacity": len(party), "countdown_seconds": 1}
    opened = host.ask("create_room", settings=settings)
    room, host.version = opened["room"], opened["version"]
    stage.both(f"create_room ▸ {room}, a room for {len(party)}")
    for player in others:
        player.version = player.ask("enter_room", room=room, **{"as": "player"})["version"]
    watcher.version = watcher.ask("enter_room", room=room, **{"as": "watcher"})["version"]
    stage.both(f"enter_room ▸ {', '.join(player.name for player in others)} to play, Finn to watch")
    host.ask("say", room=room, text="Have fun!")
    line = watcher.heard("message")
    stage.both(f"say ▸ {line['username']}: {escape(line['text'])}")

    host.ask("start_match", room=room)
    problem, *_ = [player.until("round_started")["problem"] for player in (*party, watcher)]
    stage.both(f"start_match ▸ round_started: [bold]{escape(problem['title'])}[/]")
    ada, bob, *rest = party
    bob.ask("submit_code", room=room, language="python", code=load(BANK / f"{problem['slug']}.json").reference)
    ada.ask("submit_code", room=room, language="python", code=f"def {problem['signature']['function']}(*args): pass")
    for player in (bob, ada):
        player.until("submission_judged")
    for player in (ada, *rest):
        player.ask("finish_round", room=room)
    outcomes = [player.until("match_finished")["outcome"] for player in (*party, watcher)]
    require(all(outcome == outcomes[0] for outcome in outcomes), "everybody reads the same outcome")
    require(outcomes[0]["winner_id"] == bob.id, "the one who solved it has won")
    standings = sorted(outcomes[0]["players"], key=lambda result: result["place"])
    stage.both("match_finished ▸ " + ", ".join(f"{it['place']}. {it['username']} ({it['points']})" for it in standings))

    for player in party:
        player.ask("offer_rematch", room=room)
    again = [player.until("match_found") for player in (*party, watcher)]
    require(again[0]["session_id"] != outcomes[0]["session_id"], "a rematch is another match")
    stage.both(f"offer_rematch ▸ match_found, version {again[0]['version']} of the same room", 0)
    for player in (*party, watcher):
        player.disconnect()
