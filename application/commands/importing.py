"""``flask problems import``, ``export`` and ``new``: problems from elsewhere, to elsewhere, and from the beginning."""

from __future__ import annotations

import re
from pathlib import Path

import click

from application.commands.asking import codemaze, grading, known
from application.commands.problems import problems
from application.problems.authoring.imports.files import Unreadable
from application.problems.authoring.imports.keeping import Outcome, bring_in
from application.problems.authoring.imports.reading import read
from application.problems.authoring.scaffold import scaffold
from application.problems.catalogue import kept
from application.problems.catalogue.document import written
from application.problems.catalogue.source import SLUG
from application.problems.catalogue.topics import TOPICS

RANKS = click.Choice(["bronze", "silver", "gold", "platinum"])
FORMATS = click.Choice(["auto", "codemaze", "humaneval", "exercism"])
READABLE = click.Path(exists=True, path_type=Path)


@problems.command("import")
@click.argument("file", type=READABLE)
@click.option("--format", "format_", type=FORMATS, default="auto", show_default=True)
@click.option("--rank", type=RANKS, help="Of all its problems. Default: their own, or bronze where they have none.")
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
    slots = codemaze().settings.judge_slots
    outcomes = known(
        lambda: [_said(outcome) for outcome in bring_in(codemaze().problems, grader, found, slots, dry_run)]
    )
    for line in _report(outcomes, dry_run):
        click.echo(line)
    if all(outcome.became == "refused" for outcome in outcomes):
        raise click.exceptions.Exit(1)


@problems.command("export")
@click.argument("slugs", nargs=-1)
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="A folder, for a file each.")
def export_problems(slugs: tuple[str, ...], into: Path | None) -> None:
    """Write problems that are in play, all of them or those named, with tests, solutions, source and licence.

    Without ``--into`` to standard output: one as a document, several as a list of them. Both can be imported.
    """
    documents = known(lambda: kept.in_play(slugs))
    unknown = set(slugs) - {document.slug for document in documents}
    if unknown:
        raise click.ClickException(f"Not in play: {', '.join(sorted(unknown))}")
    if into is None:
        texts = [written(document).rstrip() for document in documents]
        click.echo(texts[0] if len(texts) == 1 else "[\n" + ",\n".join(texts) + "\n]")
        return
    into.mkdir(parents=True, exist_ok=True)
    for document in documents:
        (into / f"{document.slug}.json").write_text(written(document), encoding="utf-8")
    click.echo(f"{len(documents)} problems written to {into}")


@problems.command("new")
@click.argument("slug")
@click.option("--rank", type=RANKS, default="bronze", show_default=True)
@click.option("--topic", type=click.Choice(TOPICS), help="More can be added.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Default: here.")
def new_problem(slug: str, rank: str, topic: str | None, into: Path) -> None:
    """Make a folder with the beginnings of a problem, for an author to fill in."""
    if not re.match(SLUG, slug) or len(slug) > 60:
        raise click.ClickException("A slug is lower-case words with - between them, at most 60 characters.")
    try:
        made = scaffold(into / slug, rank, topic)  # type: ignore[arg-type]  # click has checked the rank
    except FileExistsError as error:
        raise click.ClickException(f"{into / slug} exists already.") from error
    for path in made:
        click.echo(f"  {path}")
    click.echo(f"What is marked TODO is yours. What is missing:  flask problems verify {into / slug}")


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
