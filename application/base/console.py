"""How a command for operators says that it was refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click
from sqlalchemy.exc import OperationalError

from application.base.errors import CodemazeError

T = TypeVar("T")


def answered(call: Callable[[], T]) -> T:
    """What the call gives; what it refuses ends the command with a sentence."""
    try:
        return call()
    except CodemazeError as error:
        raise click.ClickException(error.message) from error
    except OperationalError as error:
        raise click.ClickException("No database: start the server in this folder, or set DATABASE_URL.") from error
