"""``flask users``: who may do what."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from application.accounts.models import PLAYER, TEACHER
from application.commands.asking import codemaze, known

users = AppGroup("users", help="The accounts of this server.")


@users.command("promote")
@click.argument("name")
@click.argument("role", type=click.Choice([TEACHER, PLAYER]))
def promote(name: str, role: str) -> None:
    """Make a user a teacher, or a mere player again. It holds from the next request on."""
    user = known(lambda: codemaze().users.set_role(name, role))
    click.echo(f"{user.username} is a {user.role} now")
