"""What commands ask of the application, and how they say that it refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click
from flask import current_app
from sqlalchemy.exc import OperationalError

from application.base.errors import CodemazeError
from application.house import Codemaze, make_judge
from application.judge.grader import Grader
from application.judge.machine import Judge

T = TypeVar("T")


def codemaze() -> Codemaze:
    """The parts of this application."""
    found: Codemaze = current_app.extensions["codemaze"]
    return found


def judging() -> Judge:
    """The judge of this application, made now where it was not started with one."""
    started = codemaze().judge
    return started if started.grader else make_judge(codemaze().settings)


def grading() -> Grader:
    """The judge's grader; where there is none, the command ends with the reason."""
    judge = judging()
    if judge.grader is None:
        raise click.ClickException("Judging is off: " + "; ".join(judge.self_test.problems))
    return judge.grader


def known(call: Callable[[], T]) -> T:
    """What the call gives; what it refuses is said in a sentence."""
    try:
        return call()
    except CodemazeError as error:
        raise click.ClickException(error.message) from error
    except OperationalError as error:
        raise click.ClickException("No database: start the server in this folder, or set DATABASE_URL.") from error
