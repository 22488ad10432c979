"""One output against the right one, and the explanation of every difference."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.judge.checkers import UnknownChecker, compare
from application.judge.signature import (
    InvalidSignature,
    Type,
    arguments_mismatch,
    mismatch,
    parse_signature,
    parse_type,
)


@pytest.mark.parametrize(
    ("kind", "type_", "got", "expected"),
    [
        ("exact", "int", 3, 3),
        ("exact", "float", 3, 3.0),
        ("exact", "list<int>", [], []),
        ("exact", "map<string,int>", {"b": 1, "a": 2}, {"a": 2, "b": 1}),
        ("exact", "optional<string>", None, None),
        ("float(1e-6)", "float", 0.1 + 0.2, 0.3),
        ("float(1e-6)", "float", 10**9 + 1, 10**9),
        ("float(1e-6)", "list<map<string,float>>", [{"x": 1.0000001}], [{"x": 1}]),
        ("unordered", "list<int>", [2, 1, 2], [2, 2, 1]),
        ("unordered", "list<list<int>>", [[2, 1], []], [[], [1, 2]]),
        ("unordered", "list<float>", [1, 2.0], [2, 1.0]),
        ("unordered", "map<string,list<int>>", {"a": [1, 2]}, {"a": [2, 1]}),
        ("unordered", "optional<list<int>>", [2, 1], [1, 2]),
        ("unordered", "optional<list<int>>", None, None),
    ],
)
def test_right(kind: str, type_: str, got: Any, expected: Any) -> None:
    assert compare(kind, got, expected, parse_type(type_)) is None


@pytest.mark.parametrize(
    ("kind", "type_", "got", "expected", "why"),
    [
        ("exact", "int", "3", 3, "value is a string, expected int"),
        ("exact", "int", 3.0, 3, "value is a float, expected int"),
        ("exact", "int", True, 1, "value is a bool, expected int"),
        ("exact", "bool", 1, True, "value is an int, expected bool"),
        ("exact", "int", None, 1, "value is null, expected int"),
        ("exact", "int", 2**53 + 1, 1, "value is beyond ±2^53"),
        ("exact", "string", ["a"], "a", "value is a list, expected string"),
        ("exact", "list<int>", [1, "2"], [1, 2], "value[1] is a string, expected int"),
        ("exact", "list<int>", [1, 3], [1, 2], "value[1] is 3, expected 2"),
        ("exact", "list<int>", [1], [1, 2], "value has 1 item, expected 2"),
        ("exact", "list<int>", {}, [1], "value is a map, expected list<int>"),
        ("exact", "map<string,int>", [], {}, "value is a list, expected map<string,int>"),
        ("exact", "map<string,int>", {"a": 1.5}, {"a": 1}, "value['a'] is a float, expected int"),
        ("exact", "map<string,int>", {}, {"a": 1}, 'value has no key "a"'),
        ("exact", "map<string,int>", {"a": 1, "b": 2}, {"a": 1}, 'value has a key "b" too many'),
        ("exact", "optional<int>", 1, None, "value is 1, expected null"),
        ("exact", "optional<bool>", None, False, "value is null, expected false"),
        ("exact", "float", 0.1 + 0.2, 0.3, "value is 0.30000000000000004, expected 0.3"),
        ("exact", "float", 10**400, 0.3, "value is not a finite number"),
        ("unordered", "list<int>", [1, True], [1, 1], "value[1] is a bool, expected int"),
        ("float(1e-6)", "float", 0.30001, 0.3, "value is 0.30001, expected 0.3"),
        ("float(1e-6)", "float", float("nan"), 0.3, "value is not a finite number"),
        ("unordered", "list<int>", [1, 1, 2], [1, 2, 2], "value contains 1 more often than expected"),
        ("unordered", "list<int>", [1, 9], [1, 2], "value contains 9, which is not expected"),
        ("unordered", "list<int>", [1], [1, 2], "value lacks 2"),
        ("unordered", "int", 1, 2, "value is 1, expected 2"),
    ],
)
def test_wrong_and_why(kind: str, type_: str, got: Any, expected: Any, why: str) -> None:
    assert compare(kind, got, expected, parse_type(type_)) == why


def test_a_long_value_is_shown_in_part() -> None:
    why = compare("exact", "x" * 500, "y", Type("string"))
    assert why is not None and len(why) < 100 and "..." in why


@pytest.mark.parametrize(
    "kind", ["roughly", "", "Exact", "float", "float()", "float(-1)", "float(1-2)", "float(1) or so"]
)
def test_a_comparison_must_be_known(kind: str) -> None:
    with pytest.raises(UnknownChecker):
        compare(kind, 1, 1, Type("int"))


@given(st.lists(st.lists(st.integers(0, 3), max_size=3), max_size=5), st.randoms(use_true_random=False))
def test_unordered_is_blind_to_order_and_to_nothing_else(value: list[list[int]], chance: Any) -> None:
    mixed = [chance.sample(inner, len(inner)) for inner in chance.sample(value, len(value))]
    type_ = parse_type("list<list<int>>")
    assert compare("unordered", mixed, value, type_) is None
    assert compare("unordered", [*mixed, [7]], value, type_) is not None


@pytest.mark.parametrize(
    "text",
    ["", "integer", "list", "list<>", "list<int", "map<int,int>", "map<int>", "set<int>", "optional<optional<int>>"],
)
def test_what_is_no_type(text: str) -> None:
    with pytest.raises(InvalidSignature):
        parse_type(text)


def test_types_nest_so_far() -> None:
    with pytest.raises(InvalidSignature):
        parse_type("list<" * 12 + "int" + ">" * 12)
    assert str(parse_type(" list< map<string, optional<int>> > ")) == "list<map<string,optional<int>>>"


@pytest.mark.parametrize(
    ("function", "params"),
    [("Solve", []), ("f", [("x", "int"), ("x", "int")]), ("f", [("f", "int")]), ("f", [("1", "int")])],
)
def test_names_of_a_signature(function: str, params: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidSignature):
        parse_signature(function, params, "int")


def test_arguments_fit_or_say_why_not() -> None:
    signature = parse_signature("f", [("n", "int"), ("names", "list<string>")], "bool")
    assert str(signature) == "f(n: int, names: list<string>) -> bool"
    assert arguments_mismatch([1, ["a"]], signature) is None
    assert arguments_mismatch([1], signature) == "f takes 2 arguments, not 1"
    assert arguments_mismatch({"n": 1}, signature) == "arguments are a list with one value a parameter"
    assert arguments_mismatch([1, [2]], signature) == "names[0] is an int, expected string"
    assert mismatch({1: 2}, parse_type("map<string,int>")) == "value has a key that is an int, not a string"
    assert mismatch((), parse_type("int")) == "value is of the type tuple, expected int"
    with pytest.raises(InvalidSignature):
        _ = Type("int").element
