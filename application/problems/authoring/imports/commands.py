"""``flask problems import``: problems from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import AppGroup

from application.base.console import answered
from application.judge.grader import Grader
from application.problems.authoring.imports.files import Unreadable
from application.problems.authoring.imports.keeping import Outcome, bring_in
from application.problems.authoring.imports.reading import read
from application.problems.catalogue.service import Problems
from application.ratings.ranks import SLUGS

FORMATS = click.Choice(["auto", "codemaze", "humaneval", "exercism"])
READABLE = click.Path(exists=True, path_type=Path)


def add(commands: AppGroup, problems: Problems, grading: Callable[[], Grader], slots: int) -> None:
    """Add the command, which proves ``slots`` problems at a time."""

    @commands.command("import")
    @click.argument("file", type=READABLE)
    @click.option("--format", "format_", type=FORMATS, default="auto", show_default=True)
    @click.option(
        "--rank",
        type=click.Choice(SLUGS),
        help="Of all its problems. Default: their own, or bronze where they have none.",
    )
    @click.option("--solution", type=READABLE, help="Python that solves an exercise of Exercism, whose data has none.")
    @click.option("--dry-run", is_flag=True, help="Prove, and keep nothing.")
    def import_problems(file: Path, format_: str, rank: str | None, solution: Path | None, dry_run: bool) -> None:
        """Bring problems of a file or a folder into play: what proves is kept, the rest is listed with its reason.

        Reads Codemaze's own JSON (drafts, and what ``export`` writes), HumanEval's JSONL, as it is or with gzip, and
        Exercism's canonical-data.json. Ends with status 1 when nothing could be used.
        """
        try:
            found = read(file, format_, rank, solution)  # type: ignore[arg-type]  # click has checked the format
        except (Unreadable, OSError) as error:
            raise click.ClickException(str(error)) from error
        grader = grading()
        outcomes = answered(lambda: [_said(outcome) for outcome in bring_in(problems, grader, found, slots, dry_run)])
        for line in _report(outcomes, dry_run):
            click.echo(line)
        if all(outcome.became == "refused" for outcome in outcomes):
            raise click.exceptions.Exit(1)


def _said(outcome: Outcome) -> Outcome:
    marks = {"imported": "ok", "here": "here", "refused": "REFUSED"}
    click.echo(f"{marks[outcome.became]:8}{outcome.name:24}{outcome.words}")
    for note in outcome.notes:
        click.echo(f"{'':32}{note}")
    return outcome


def _report(outcomes: list[Outcome], dry_run: bool) -> list[str]:
    """What came of all of them, with the reasons once more, as the list of problems may be long."""
    refused = [outcome for outcome in outcomes if outcome.became == "refused"]
    here = sum(outcome.became == "here" for outcome in outcomes)
    imported = len(outcomes) - len(refused) - here
    fit = f"{imported + here} of {len(outcomes)} fit: {imported} {'would be imported' if dry_run else 'imported'}"
    lines = [f"{fit}, {here} already here; {len(refused)} refused{':' if refused else ''}"]
    return lines + [f"  {outcome.name}: {outcome.words}" for outcome in refused]
