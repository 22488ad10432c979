"""Codemaze: a self-hosted server for live coding duels."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from application.base.config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application as Flask's own tools want it; ``application.serving`` is what runs it.

    ``settings`` are by default those of the environment; wrong ones end the command with a sentence. Without a
    ``DATABASE_URL`` the database is the one that a server in the same ``DATA_FOLDER`` is running now.
    """
    # The rules, the verdicts and the like can be imported without all that a server needs.
    from dataclasses import replace

    from application.base.config import InvalidSetting
    from application.commands import add_commands
    from application.house import build
    from application.judge.machine import Judge
    from application.judge.self_test import SelfTest
    from application.postgres import url_of_running
    from application.start import read_settings

    try:
        settings = settings or read_settings()
    except InvalidSetting as error:
        raise SystemExit(f"The settings cannot be used: {error}") from None
    if settings.database_url is None:
        settings = replace(settings, database_url=url_of_running(settings.data_folder / "postgres"))
    # The judge takes a while to prove itself; the commands that need it make it.
    app, _ = build(settings, Judge(None, SelfTest(False, "none", ("was not started",))))
    add_commands(app)
    return app
