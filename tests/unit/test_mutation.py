"""Programs that are almost right."""

from __future__ import annotations

import pytest

from application.problems.proving.mutation import mutants

SOURCE = """def largest(numbers, least):
    best = 0
    for index in range(len(numbers)):
        if numbers[index] > best and numbers[index] >= least:
            best = numbers[index]
    return best
"""


def test_each_differs_from_the_source_in_one_place_and_from_the_others() -> None:
    made = list(mutants(SOURCE))
    assert len(made) >= 12
    assert len({mutant.source for mutant in made}) == len(made)
    for mutant in made:
        changed = [
            number
            for number, (ours, theirs) in enumerate(
                zip(SOURCE.splitlines(), mutant.source.splitlines(), strict=True), start=1
            )
            if ours != theirs
        ]
        assert changed == [mutant.line]
        compile(mutant.source, "mutant", "exec")


@pytest.mark.parametrize(
    ("source", "change", "becomes"),
    [
        ("a = x < y", "Lt for LtE", "a = x <= y"),
        ("a = x + y", "Add for Sub", "a = x - y"),
        ("a += y", "statement dropped", "pass"),
        ("a = x and y", "condition dropped", "a = y"),
        ("a = not x", "sign dropped", "a = x"),
        ("a = 7", "one less", "a = 6"),
        ("a = True", "other truth", "a = False"),
        ("a = min(x, y)", "min for max", "a = max(x, y)"),
        ("a = range(n)", "range from one", "a = range(1, n)"),
        ("a = 1 if x else 2", "always False", "a = 1 if False else 2"),
        ("f(x)", "statement dropped", "pass"),
    ],
)
def test_kinds_of_change(source: str, change: str, becomes: str) -> None:
    assert (change, becomes) in [(mutant.change, mutant.source.strip()) for mutant in mutants(source)]


def test_what_is_no_python_is_not_changed() -> None:
    with pytest.raises(SyntaxError):
        list(mutants("def ("))
