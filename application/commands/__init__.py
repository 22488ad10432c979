"""Commands for whoever runs or extends the server: ``flask problems``, ``flask judge`` and so on."""

from __future__ import annotations

from flask import Flask

from application.commands import importing as importing
from application.commands.drafts import generate, list_drafts
from application.commands.judge import judge
from application.commands.matches import matches
from application.commands.problems import problems
from application.commands.users import users

__all__ = ["add_commands"]


def add_commands(app: Flask) -> None:
    """Put the commands on the app."""
    problems.add_command(generate)
    problems.add_command(list_drafts)
    for group in (problems, judge, matches, users):
        app.cli.add_command(group)
