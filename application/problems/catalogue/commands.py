"""``flask problems export`` and ``recalibrate``: problems to elsewhere, and what play has shown of their ranks."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from application.base.console import answered
from application.problems.catalogue import kept
from application.problems.catalogue.document import written
from application.problems.catalogue.records import FindRecords, Recorded, proposals
from application.problems.catalogue.service import Problems


def add(commands: AppGroup, problems: Problems, records: FindRecords) -> None:
    """Add the commands about problems that are kept."""

    @commands.command("export")
    @click.argument("slugs", nargs=-1)
    @click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="A folder, for a file each.")
    def export_problems(slugs: tuple[str, ...], into: Path | None) -> None:
        """Write problems that are in play, all of them or those named, with tests, solutions, source and licence.

        Without ``--into`` to standard output: one as a document, several as a list of them. Both can be imported.
        """
        documents = answered(lambda: kept.in_play(slugs))
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

    @commands.command("recalibrate")
    @click.option("--plays", default=20, show_default=True, help="Leave out problems played less often.")
    def recalibrate(plays: int) -> None:
        """Propose other ranks for problems that play has shown too easy or too hard for theirs. Changes nothing."""

        def recorded() -> list[Recorded]:
            ranked = problems.ranked()
            found = records([problem_id for problem_id, _, _ in ranked])
            return [Recorded(slug, rank, found[problem_id]) for problem_id, slug, rank in ranked]

        judged = answered(recorded)
        proposed = proposals(judged, plays)
        for proposal in proposed:
            click.echo(f"{proposal.slug:28}{proposal.rank:10}-> {proposal.proposed:10}{proposal.why}")
        enough = sum(one.record.plays >= plays for one in judged)
        click.echo(f"{len(proposed)} proposals; {enough} of {len(judged)} problems were played {plays} times or more")
