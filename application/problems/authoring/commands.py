"""``flask problems new``, ``verify``, ``prove`` and ``table``: from an author's beginnings to a proof."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import click
from flask.cli import AppGroup
from gevent.pool import Pool
from pydantic import ValidationError

from application.judge.grader import Grader
from application.problems.authoring import folder as authoring
from application.problems.authoring.scaffold import scaffold
from application.problems.catalogue.document import BANK, ProblemDocument, Proof, load_bank, written
from application.problems.catalogue.source import SLUG, flaws
from application.problems.catalogue.topics import TOPICS
from application.problems.proving.verifier import Disproved, prove, verify
from application.ratings.ranks import SLUGS

T = TypeVar("T")
R = TypeVar("R")


def add(commands: AppGroup, grading: Callable[[], Grader], slots: int) -> None:
    """Add the commands of authors, which prove ``slots`` problems at a time."""

    @commands.command("new")
    @click.argument("slug")
    @click.option("--rank", type=click.Choice(SLUGS), default="bronze", show_default=True)
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

    @commands.command("verify")
    @click.argument("slugs", nargs=-1)
    @click.option("--bank", type=click.Path(exists=True, file_okay=False, path_type=Path), default=BANK)
    @click.option("--table", is_flag=True, help="Print the proofs as a table in Markdown, as in docs/problems.md.")
    def verify_problems(slugs: tuple[str, ...], bank: Path, table: bool) -> None:
        """Prove problems of the bank anew, with the tests they have: all of them, or those named.

        Of a folder that ``new`` has made, say what is missing, or prove what its author has written.
        """
        folders = [Path(slug) for slug in slugs if authoring.is_draft(Path(slug))]
        if folders and len(folders) < len(slugs):
            raise click.ClickException("Name problems of the bank or folders, not both at once.")
        grader = grading()
        if folders:
            _prove_all(folders, grader, slots, None)
            return
        documents = [document for document in load_bank(bank) if not slugs or document.slug in slugs]
        unknown = set(slugs) - {document.slug for document in documents}
        if unknown:
            raise click.ClickException(f"No such problem: {', '.join(sorted(unknown))}")
        _verify_all(documents, grader, slots, table)

    @commands.command("table")
    @click.option("--bank", type=click.Path(exists=True, file_okay=False, path_type=Path), default=BANK)
    def print_table(bank: Path) -> None:
        """Print the proofs that the problems of the bank keep, as a table in Markdown. Nothing is run."""
        click.echo(as_table((document, document.proof) for document in load_bank(bank) if document.proof))

    @commands.command("prove")
    @click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
    @click.option(
        "--into", type=click.Path(file_okay=False, path_type=Path), help="Write what is proven to this folder."
    )
    def prove_drafts(files: tuple[Path, ...], into: Path | None) -> None:
        """Prove drafts: choose their tests and limits, or say at which stage they fail and why."""
        _prove_all(files, grading(), slots, into)


def _verify_all(documents: Sequence[ProblemDocument], grader: Grader, slots: int, table: bool) -> None:
    """Prove each anew; ends with status 1 where one fails."""

    def attempt(document: ProblemDocument) -> Proof | Disproved:
        try:
            return verify(document, grader)
        except Disproved as error:
            return error

    proven = 0
    rows = []
    for document, found in _each(documents, attempt, slots):
        name = f"{document.rank:10}{document.slug:28}"
        if isinstance(found, Disproved):
            click.echo(f"{'FAILED':8}{name}{found}")
            continue
        proven += 1
        rows.append((document, found))
        if not table:
            click.echo(f"{'ok':8}{name}{_in_words(document, found)}")
    if table:
        click.echo(as_table(rows))
    click.echo(f"{proven} of {len(documents)} problems verified")
    if proven < len(documents):
        raise click.exceptions.Exit(1)


def _prove_all(paths: Sequence[Path], grader: Grader, slots: int, into: Path | None) -> None:
    """Each is a file or a folder with a draft; ends with status 1 where one fails."""

    def attempt(path: Path) -> ProblemDocument | list[str]:
        try:
            return prove(authoring.load(path), grader)
        except Disproved as error:
            return [str(error)]
        except authoring.Unfinished as error:
            return error.missing
        except ValidationError as error:
            return [flaws(error)]
        except (ValueError, IsADirectoryError) as error:
            return [f"is no JSON: {error}"]

    failed = 0
    for path, found in _each(paths, attempt, slots):
        if isinstance(found, list):
            failed += 1
            click.echo(f"{'FAILED':8}{path.name:38}{f'{len(found)} things are missing:' if found[1:] else found[0]}")
            for missing in found if found[1:] else ():
                click.echo(f"{'':8}{missing}")
            continue
        assert found.proof
        click.echo(f"{'ok':8}{path.name:38}{_in_words(found, found.proof)}")
        if into:
            into.mkdir(parents=True, exist_ok=True)
            (into / f"{found.slug}.json").write_text(written(found), encoding="utf-8")
    click.echo(f"{len(paths) - failed} of {len(paths)} drafts proven")
    if failed:
        raise click.exceptions.Exit(1)


def _each(items: Iterable[T], attempt: Callable[[T], R], slots: int) -> Iterable[tuple[T, R]]:
    """What comes of each, in their order, ``slots`` at a time."""
    together = Pool(slots)
    yield from together.imap(lambda item: (item, attempt(item)), items)


def _in_words(document: ProblemDocument, proof: Proof) -> str:
    hidden = sum(test.hidden for test in document.tests)
    tried = f"{proof.small} small, {proof.random} random, {proof.large} large"
    mutants = f"{proof.killed} of {proof.mutants} mutants killed, {proof.equivalent} equivalent"
    return f"{len(document.tests) - hidden}+{hidden} tests; {tried}; {mutants}; {proof.reference_ms} ms"


def as_table(rows: Iterable[tuple[ProblemDocument, Proof]]) -> str:
    """Proofs as a table in Markdown."""
    lines = [
        "| problem | rank | topics | tests | mutants killed | equivalent | reference ms | brute ms | naive ms |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    order = {"bronze": 0, "silver": 1, "gold": 2, "platinum": 3}
    for document, proof in sorted(rows, key=lambda row: (order[row[0].rank], row[0].title)):
        naive = "" if proof.naive_ms is None else f"over {proof.naive_ms}"
        lines.append(
            f"| {document.title} | {document.rank} | {', '.join(document.topics)} | {len(document.tests)} "
            f"| {proof.killed} of {proof.mutants} | {proof.equivalent} | {proof.reference_ms} "
            f"| {'' if proof.brute_ms is None else proof.brute_ms} | {naive} |"
        )
    return "\n".join(lines)
