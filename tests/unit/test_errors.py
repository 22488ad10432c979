"""Every refusal has a code of its own and stands beside its feature."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import application
from application.base.errors import CodemazeError, ServerError, by_code
from application.problems.errors import DraftRejected
from application.problems.generating.endings import ended

HOUSE = Path(application.__file__).parent
ERRORS = [
    kind
    for file in sorted(HOUSE.glob("*/errors.py"))
    for kind in by_code(import_module(f"application.{file.parent.name}.errors")).values()
    if kind is not CodemazeError
]


def test_no_two_errors_share_a_code() -> None:
    codes = [kind.code for kind in ERRORS]
    assert len(codes) > 60
    assert sorted(codes) == sorted({*codes})


def test_errors_are_defined_beside_their_features() -> None:
    names = {CodemazeError.__name__, *(kind.__name__ for kind in ERRORS)}
    for file in HOUSE.rglob("*.py"):
        if file.name == "errors.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            bases = (
                {ast.unparse(base).split(".")[-1] for base in node.bases} if isinstance(node, ast.ClassDef) else set()
            )
            assert not bases & names, f"{file}: {getattr(node, 'name', '')}"


def test_what_a_draft_ended_with_depends_on_nothing_that_is_loaded() -> None:
    class Planted(CodemazeError):
        code = "planted"

    assert isinstance(ended(DraftRejected.code, "why"), DraftRejected)
    assert type(ended(Planted.code, "why")) is ServerError
