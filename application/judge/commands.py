"""``flask judge``: what runs the players' code."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask.cli import AppGroup

from application.judge.doctor import examine
from application.judge.grader import Grader
from application.judge.machine import Judge


def group(judge: Callable[[], Judge]) -> AppGroup:
    """The commands about the judge, which is asked for only when one needs it: it takes a while to prove itself."""
    commands = AppGroup("judge", help="What runs the players' code.")

    @commands.command("doctor")
    @click.argument("languages", nargs=-1)
    def doctor(languages: tuple[str, ...]) -> None:
        """Try the sandbox and every language, or those named, and say what is missing and how to mend it."""
        click.echo("Testing the sandbox.", err=True)
        found = judge()
        for line in examine(found, languages):
            click.echo(line)
        if found.grader is None:
            raise click.exceptions.Exit(1)

    return commands


def grader_of(judge: Judge) -> Grader:
    """The judge's grader; where there is none, the command ends with the reason."""
    if judge.grader is None:
        raise click.ClickException("Judging is off: " + "; ".join(judge.self_test.problems))
    return judge.grader
