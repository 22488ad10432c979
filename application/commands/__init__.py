"""Commands for whoever runs or extends the server: ``flask problems``, ``flask judge`` and so on."""

from __future__ import annotations

from flask import Flask

from application.commands import drafts as drafts
from application.commands import importing as importing
from application.commands.judge import judge
from application.commands.matches import matches
from application.commands.problems import problems
from application.commands.users import users

__all__ = ["add_commands"]


def add_commands(app: Flask) -> None:
    """Put the commands on the app."""
    for group in (problems, judge, matches, users):
        app.cli.add_command(group)
