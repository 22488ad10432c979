"""Programs in which what Python leaves open comes out another way: all else must be as it was."""

from __future__ import annotations

from typing import Any

import pytest

from application.problems.proving.unsettled import unsettled


def result(source: str) -> Any:
    """What the expression is in a program that is unsettled."""
    namespace: dict[str, Any] = {}
    exec(unsettled(f"from __future__ import annotations\n\n\ndef f(numbers):\n    return {source}\n"), namespace)
    return namespace["f"]([3, 1, 2])


@pytest.mark.parametrize(
    "source",
    [
        *("list(set(numbers))", "[number for number in {number for number in numbers}]", "list({3, 1, 2})"),
        *("list(frozenset(numbers))", "list(set(numbers) & {1, 2, 3})", "list({1, 2}.union(numbers))"),
        *("set(numbers).pop()", "next(iter({*numbers}))", "hash('a')", "id(numbers)"),
    ],
)
def test_what_is_open_differs(source: str) -> None:
    assert result(source) != eval(source, {"numbers": [3, 1, 2]})


@pytest.mark.parametrize(
    "source",
    [
        *(
            "sorted(set(numbers))",
            "{1, 2} == set(numbers) - {3}",
            "isinstance(set(numbers) | {1}, set)",
            "len({*numbers})",
        ),
        *("isinstance({1: 2}.keys() & {1}, set)", "{frozenset([1, 2]): 5}[frozenset([2, 1])]", "sum({*numbers})"),
        *("{1} <= set(numbers)", "set().union(*[[1], [2]]) == {1, 2}", "type(set(numbers)) is set", "max({*numbers})"),
        *("(lambda s: (s.add(9), s.discard(3), sorted(s)))({*numbers})", "sorted({1, 2} ^ {2, 3})", "bool(set())"),
        *("sorted([1] + [*{2}])", "{number: 1 for number in numbers}", "hash('a') == hash('a')", "set() == {*()}"),
    ],
)
def test_what_is_certain_does_not(source: str) -> None:
    assert result(source) == eval(source, {"numbers": [3, 1, 2]})


def test_an_empty_set_has_nothing_to_pop() -> None:
    with pytest.raises(KeyError):
        result("set().pop()")
