"""``flask judge``: what runs the players' code."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from application.commands.asking import judging
from application.judge.doctor import examine

judge = AppGroup("judge", help="What runs the players' code.")


@judge.command("doctor")
@click.argument("languages", nargs=-1)
def doctor(languages: tuple[str, ...]) -> None:
    """Try the sandbox and every language, or those named, and say what is missing and how to mend it."""
    click.echo("Testing the sandbox.", err=True)
    found = judging()
    for line in examine(found, languages):
        click.echo(line)
    if found.grader is None:
        raise click.exceptions.Exit(1)
