"""Codemaze: a self-hosted server for live coding duels."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from application.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application as Flask's own tools want it; ``application.serving`` is what runs it.

    ``settings`` are by default those of the environment.
    """
    # The rules, the verdicts and the like can be imported without all that a server needs.
    from application.cli import add_commands
    from application.config import Settings
    from application.wiring import build, make_judge

    settings = settings or Settings.from_environment()
    app, _ = build(settings, make_judge(settings))
    add_commands(app)
    return app
