"""The commands for operators, ``flask problems``, ``flask judge`` and so on: one list of what each capability has."""

from __future__ import annotations

from flask import Flask

from application.accounts import commands as accounts
from application.house import Codemaze
from application.judge import commands as judging
from application.judge.machine import Judge
from application.judge.parts import make_judge
from application.matches import commands as matches
from application.matches.records import records
from application.problems import commands as problems
from application.rooms import commands as rooms


def add_commands(app: Flask) -> None:
    """Put the commands on the app."""
    codemaze: Codemaze = app.extensions["codemaze"]

    def judge() -> Judge:
        """The judge of this application, made now where it was not started with one."""
        return codemaze.judge if codemaze.judge.grader else make_judge(codemaze.settings)

    for group in (
        accounts.group(codemaze.accounts.users),
        judging.group(judge),
        matches.group(codemaze.matches.operating),
        rooms.group(codemaze.rooms.keeping),
        problems.group(
            codemaze.catalogue.problems,
            records,
            codemaze.generating.drafts,
            codemaze.generating.drafting,
            codemaze.model,
            lambda: judging.grader_of(judge()),
            codemaze.settings.judge_slots,
        ),
    ):
        app.cli.add_command(group)
