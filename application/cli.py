"""Commands for whoever runs or extends the server: ``flask problems verify``, ``flask judge doctor``."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from application.doctor import examine
from application.problems.document import BANK, load_bank
from application.problems.verification import GENERATED_INPUTS, verify
from application.wiring import Codemaze


def add_commands(app: Flask) -> None:
    """Put the commands on the app."""
    problems = AppGroup("problems", help="The problems that are played.")
    judge = AppGroup("judge", help="What runs the players' code.")

    @problems.command("verify")
    @click.argument("slugs", nargs=-1)
    @click.option("--bank", type=click.Path(exists=True, file_okay=False, path_type=Path), default=BANK)
    @click.option("--inputs", default=GENERATED_INPUTS, show_default=True, help="Generated inputs a problem.")
    def verify_problems(slugs: tuple[str, ...], bank: Path, inputs: int) -> None:
        """Run reference and brute of each problem in the sandbox: on every test and on generated inputs."""
        grader = _codemaze().judge.grader
        if grader is None:
            raise click.ClickException("Judging is off: " + "; ".join(_codemaze().judge.self_test.problems))
        documents = [document for document in load_bank(bank) if not slugs or document.slug in slugs]
        unknown = set(slugs) - {document.slug for document in documents}
        if unknown:
            raise click.ClickException(f"No such problem: {', '.join(sorted(unknown))}")
        flawed = 0
        for document in documents:
            flaws = verify(document, grader, inputs)
            flawed += bool(flaws)
            tests = f"{len(document.tests)} tests, {inputs} generated inputs"
            click.echo(f"{'FAILED' if flaws else 'ok':8}{document.rank:10}{document.slug:28}{tests}")
            for flaw in flaws:
                click.echo(f"        {flaw}")
        click.echo(f"{len(documents) - flawed} of {len(documents)} problems verified")
        if flawed:
            raise click.exceptions.Exit(1)

    @judge.command("doctor")
    @click.argument("languages", nargs=-1)
    def doctor(languages: tuple[str, ...]) -> None:
        """Try the sandbox and every language, or those named, and say what is missing and how to mend it."""
        found = _codemaze().judge
        for line in examine(found, languages):
            click.echo(line)
        if found.grader is None:
            raise click.exceptions.Exit(1)

    app.cli.add_command(problems)
    app.cli.add_command(judge)


def _codemaze() -> Codemaze:
    found: Codemaze = current_app.extensions["codemaze"]
    return found
