"""``flask rooms``: seeing and closing rooms."""

from __future__ import annotations

import json

import click
from flask.cli import AppGroup

from application.base.console import answered
from application.rooms import listing
from application.rooms.keeping import RoomKeeping


def group(keeping: RoomKeeping) -> AppGroup:
    """The commands about rooms."""
    commands = AppGroup("rooms", help="The rooms that people have opened.")

    @commands.command("list")
    @click.option("--limit", default=50, show_default=True)
    def list_rooms(limit: int) -> None:
        """The rooms that are open, the one in which something happened last first."""
        for room in answered(lambda: listing.all_open(limit)):
            state = "playing" if room["live"] else "waiting"
            settings = room["settings"]
            seats = f"{room['players']}/{settings['capacity']}"
            click.echo(f"{room['room']}  {state:8}{seats:>8}  {settings['mode']}  {settings['name']}")

    @commands.command("show")
    @click.argument("room")
    def show(room: str) -> None:
        """One room, as an invitation shows it."""
        click.echo(json.dumps(answered(lambda: listing.invitation(room.upper())), ensure_ascii=False, indent=2))

    @commands.command("close")
    @click.argument("room")
    def close(room: str) -> None:
        """Close a room in which no match is going on."""
        closed = answered(lambda: keeping.close(room.upper()))
        click.echo("closed" if closed else "it is not open, or a match is going on in it: flask matches abort")

    return commands
