"""``flask problems``: what is played, how it is proven, and where it comes from."""

from __future__ import annotations

from collections.abc import Callable

from flask.cli import AppGroup

from application.ai.model import Model
from application.judge.grader import Grader
from application.problems.authoring import commands as authoring
from application.problems.authoring.imports import commands as imports
from application.problems.catalogue import commands as catalogue
from application.problems.catalogue.records import FindRecords
from application.problems.catalogue.service import Problems
from application.problems.generating import commands as generating
from application.problems.generating.drafting import Drafting
from application.problems.generating.drafts import Drafts


def group(
    problems: Problems,
    records: FindRecords,
    drafts: Drafts,
    drafting: Drafting,
    model: Model,
    grading: Callable[[], Grader],
    slots: int,
) -> AppGroup:
    """The commands about problems. ``grading`` gives a grader, or ends the command where there is none; what is proven
    is proven ``slots`` problems at a time."""
    commands = AppGroup("problems", help="The problems that are played.")
    catalogue.add(commands, problems, records)
    authoring.add(commands, grading, slots)
    imports.add(commands, problems, grading, slots)
    generating.add(commands, problems, drafts, drafting, model, grading)
    return commands
