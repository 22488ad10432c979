"""Commands for whoever runs or extends the server: ``flask problems``, ``flask judge``, ``flask matches``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError

from application.doctor import examine
from application.errors import CodemazeError
from application.judge.machine import Judge
from application.problems.document import BANK, load_bank
from application.problems.verification import GENERATED_INPUTS, survivors, verify
from application.wiring import Codemaze, make_judge

T = TypeVar("T")


def add_commands(app: Flask) -> None:
    """Put the commands on the app."""
    problems = AppGroup("problems", help="The problems that are played.")
    judge = AppGroup("judge", help="What runs the players' code.")

    @problems.command("verify")
    @click.argument("slugs", nargs=-1)
    @click.option("--bank", type=click.Path(exists=True, file_okay=False, path_type=Path), default=BANK)
    @click.option("--inputs", default=GENERATED_INPUTS, show_default=True, help="Generated inputs a problem.")
    @click.option("--mutants", is_flag=True, help="Show the mutants of each reference that pass its tests, too.")
    def verify_problems(slugs: tuple[str, ...], bank: Path, inputs: int, mutants: bool) -> None:
        """Run reference and brute of each problem in the sandbox: on every test and on generated inputs."""
        judging = _judge()
        grader = judging.grader
        if grader is None:
            raise click.ClickException("Judging is off: " + "; ".join(judging.self_test.problems))
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
            if mutants:
                passing, made = survivors(document, grader)
                click.echo(f"        {made - len(passing)} of {made} mutants killed")
                for mutant in passing:
                    click.echo(f"        passes: line {mutant.line}, {mutant.change}")
        click.echo(f"{len(documents) - flawed} of {len(documents)} problems verified")
        if flawed:
            raise click.exceptions.Exit(1)

    @judge.command("doctor")
    @click.argument("languages", nargs=-1)
    def doctor(languages: tuple[str, ...]) -> None:
        """Try the sandbox and every language, or those named, and say what is missing and how to mend it."""
        found = _judge()
        for line in examine(found, languages):
            click.echo(line)
        if found.grader is None:
            raise click.exceptions.Exit(1)

    matches = AppGroup("matches", help="The matches of this server.")

    @matches.command("list")
    @click.option("--all", "everything", is_flag=True, help="Those that are over, too.")
    @click.option("--limit", default=50, show_default=True)
    def list_matches(everything: bool, limit: int) -> None:
        """The matches that are going on, the newest first."""
        for match in _known(lambda: _codemaze().operating.list(not everything, limit)):
            state = match["reason"] or ("playing" if match["started_at"] else "countdown")
            click.echo(f"{match['room']}  {state:10}{match['version']:>4} events  {' - '.join(match['players'])}")

    @matches.command("show")
    @click.argument("room")
    def show(room: str) -> None:
        """One match: its players, and how it stands."""
        *_, (_, state) = _known(lambda: list(_codemaze().operating.replay(room)))
        click.echo(f"{room.upper()}  {state.phase.value}, {state.version} events")
        for player in state.players:
            away = "  away" if player.gone else ""
            click.echo(
                f"  {player.seat.username}: {player.submissions} submissions, best {player.best_passed} passed{away}"
            )
        if state.round:
            click.echo(f"  round {state.round.number}: problem {state.round.problem_id}, until {state.round.ends_at}")
        if state.outcome:
            click.echo(f"  {state.outcome.reason}, winner {state.outcome.winner_id or 'none'}")

    @matches.command("replay")
    @click.argument("room")
    def replay(room: str) -> None:
        """Every event of one match, a line of JSON each."""
        for event, _ in _known(lambda: list(_codemaze().operating.replay(room))):
            click.echo(json.dumps(event, ensure_ascii=False))

    @matches.command("abort")
    @click.argument("room")
    def abort(room: str) -> None:
        """End a match without a winner."""
        ended = _known(lambda: _codemaze().operating.abort(room))
        click.echo(f"{ended['room']} has ended: {ended['reason']}")

    app.cli.add_command(problems)
    app.cli.add_command(matches)
    app.cli.add_command(judge)


def _judge() -> Judge:
    """The judge of this application, made now where it was not started with one."""
    started = _codemaze().judge
    return started if started.grader else make_judge(_codemaze().settings)


def _known(call: Callable[[], T]) -> T:
    """What the call gives; what it refuses is said in a sentence."""
    try:
        return call()
    except CodemazeError as error:
        raise click.ClickException(error.message) from error
    except OperationalError as error:
        raise click.ClickException("No database: start the server in this folder, or set DATABASE_URL.") from error


def _codemaze() -> Codemaze:
    found: Codemaze = current_app.extensions["codemaze"]
    return found
