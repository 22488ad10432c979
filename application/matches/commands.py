"""``flask matches``: seeing and ending matches."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from application.base.console import answered
from application.matches.operating import Operating


def group(operating: Operating) -> AppGroup:
    """The commands about matches."""
    commands = AppGroup("matches", help="The matches of this server.")

    @commands.command("list")
    @click.option("--all", "everything", is_flag=True, help="Those that are over, too.")
    @click.option("--limit", default=50, show_default=True)
    def list_matches(everything: bool, limit: int) -> None:
        """The matches that are going on, the newest first."""
        for match in answered(lambda: operating.list(not everything, limit)):
            state = match["reason"] or ("playing" if match["started_at"] else "countdown")
            click.echo(f"{match['room']}  {state:10}{match['version']:>4} events  {' - '.join(match['players'])}")

    @commands.command("show")
    @click.argument("room")
    def show(room: str) -> None:
        """One match: its players, and how it stands."""
        *_, (_, state) = answered(lambda: list(operating.replay(room)))
        click.echo(f"{room.upper()}  {state.phase.value}, {state.version} events")
        for player in state.players:
            away = "  away" if player.gone else ""
            click.echo(
                f"  {player.seat.username}: {player.submissions} submissions, best {player.best_passed} passed{away}"
            )
        if state.round:
            click.echo(f"  round {state.round.number}: problem {state.round.problem_id}, until {state.round.ends_at}")
        if state.outcome:
            click.echo(f"  {state.outcome.reason}, winner {state.outcome.winner_id or 'none'}")

    @commands.command("replay")
    @click.argument("room")
    def replay(room: str) -> None:
        """Every event of one match, a line of JSON each."""
        for event, _ in answered(lambda: list(operating.replay(room))):
            click.echo(json.dumps(event, ensure_ascii=False))

    @commands.command("abort")
    @click.argument("room")
    def abort(room: str) -> None:
        """End a match without a winner."""
        ended = answered(lambda: operating.abort(room))
        click.echo(f"{ended['room']} has ended: {ended['reason']}")

    return commands
