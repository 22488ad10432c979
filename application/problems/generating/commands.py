"""``flask problems generate`` and ``flask problems drafts``: problems that a model writes, and what became of them."""

from __future__ import annotations

from collections.abc import Callable

import click
from flask.cli import AppGroup

from application.ai.model import Model
from application.base.console import answered
from application.judge.grader import Grader
from application.problems.catalogue.models import ProblemDraft
from application.problems.catalogue.service import Problems
from application.problems.catalogue.topics import TOPICS
from application.problems.generating.attempt import Stage
from application.problems.generating.drafting import Drafting
from application.problems.generating.drafts import Drafts
from application.problems.generating.writing import Wish
from application.ratings.ranks import SLUGS


def add(
    commands: AppGroup,
    problems: Problems,
    drafts: Drafts,
    drafting: Drafting,
    model: Model,
    grading: Callable[[], Grader],
) -> None:
    """Add the commands about problems in the making."""

    @commands.command("generate")
    @click.option("--rank", type=click.Choice(SLUGS), default=SLUGS[0], show_default=True)
    @click.option("--topic", type=click.Choice(TOPICS), help="Any, if left out.")
    @click.option("--count", type=click.IntRange(1, 100), default=1, show_default=True)
    def generate(rank: str, topic: str | None, count: int) -> None:
        """Have problems written by the model, prove them, and put them in play; each stage is printed as it ends."""
        answered(model.require)
        working = drafting.by(grading())
        proven = 0
        for number in range(1, count + 1):
            click.echo(f"problem {number} of {count}: {rank}{f', {topic}' if topic else ''}")
            draft = answered(lambda: working.generate(Wish(rank, topic), _print))
            if draft.problem_id is None:
                click.echo(f"  {draft.state}: {draft.reason}")
                continue
            proven += 1
            click.echo(f"  in play: {problems.document(draft.problem_id).slug}")
        click.echo(f"{proven} of {count} problems proven")
        if proven < count:
            raise click.exceptions.Exit(1)

    @commands.command("drafts")
    @click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
    def list_drafts(limit: int) -> None:
        """The last drafts: what became of each, where, why, and what it cost."""
        for draft in answered(lambda: drafts.latest(limit)):
            click.echo(_line(draft))


def _print(stage: Stage) -> None:
    cost = f"  {stage.tokens_in}+{stage.tokens_out} tokens, ${stage.cost:.4f}" if stage.tokens_in else ""
    click.echo(f"  round {stage.round}  {stage.stage:12}{stage.ms:>7} ms{cost}  {stage.reason or 'ok'}")


def _line(draft: ProblemDraft) -> str:
    tokens = sum(stage["tokens_in"] + stage["tokens_out"] for stage in draft.stages)
    cost, ms = (sum(stage[name] for stage in draft.stages) for name in ("cost", "ms"))
    wish = f"{draft.rank}{f', {draft.topic}' if draft.topic else ''}"
    what = f"problem {draft.problem_id}" if draft.problem_id else draft.reason or draft.stage or ""
    return (
        f"{draft.id:>6}  {draft.created_at:%Y-%m-%d %H:%M}  {draft.kind:10}{wish:30}{draft.state:10}"
        f"{tokens:>8} tokens  ${cost:.4f}  {ms / 1000:>6.1f} s  {what}"
    )
