"""``flask users``: who may do what."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from application.accounts.models import PLAYER, TEACHER
from application.accounts.service import Users
from application.base.console import answered


def group(users: Users) -> AppGroup:
    """The commands about accounts."""
    commands = AppGroup("users", help="The accounts of this server.")

    @commands.command("promote")
    @click.argument("name")
    @click.argument("role", type=click.Choice([TEACHER, PLAYER]))
    def promote(name: str, role: str) -> None:
        """Make a user a teacher, or only a player again. It takes effect at their next request."""
        user = answered(lambda: users.set_role(name, role))
        click.echo(f"{user.username} is a {user.role} now")

    return commands
