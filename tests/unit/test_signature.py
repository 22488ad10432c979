"""The types of a problem's function, and values that are and are not of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.judge.languages.javascript import JavaScript
from application.judge.languages.python import Python
from application.judge.signature import (
    InvalidSignature,
    Param,
    Signature,
    Type,
    arguments_mismatch,
    mismatch,
    parse_signature,
    parse_type,
)

SCALARS = st.sampled_from(["int", "float", "bool", "string"]).map(Type)


def wrapped(inner: Type, kinds: list[str]) -> Type:
    """``inner`` in as many lists, maps and optionals as there are kinds; an optional is never of an optional."""
    for kind in kinds:
        inner = inner if kind == inner.kind == "optional" else Type(kind, inner)
    return inner


TYPES = st.builds(wrapped, SCALARS, st.lists(st.sampled_from(["list", "map", "optional"]), max_size=4))


def values(type_: Type) -> st.SearchStrategy[Any]:
    """JSON values of a type."""
    if type_.kind == "list":
        return st.lists(values(type_.element), max_size=3)
    if type_.kind == "map":
        return st.dictionaries(st.text(max_size=3), values(type_.element), max_size=3)
    if type_.kind == "optional":
        return st.none() | values(type_.element)
    scalars: dict[str, st.SearchStrategy[Any]] = {
        "int": st.integers(-(2**53), 2**53),
        "float": st.floats(allow_nan=False, allow_infinity=False),
        "bool": st.booleans(),
        "string": st.text(max_size=5),
    }
    return scalars[type_.kind]


@given(TYPES)
def test_a_type_reads_as_it_is_written(type_: Type) -> None:
    assert parse_type(str(type_)) == type_


@given(TYPES.flatmap(lambda type_: st.tuples(st.just(type_), values(type_))))
def test_a_value_of_a_type_is_of_it_after_json_too(typed: tuple[Type, Any]) -> None:
    type_, value = typed
    assert mismatch(json.loads(json.dumps(value)), type_) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "integer",
            "Int",
            "list",
            "list<>",
            "list<int",
            "list<int>>",
            "map<int,int>",
            "map<string>",
            "map<string,>",
        ),
        *("optional<optional<int>>", "int int", "list<" * 20 + "int" + ">" * 20),
    ],
)
def test_what_is_no_type(text: str) -> None:
    with pytest.raises(InvalidSignature):
        parse_type(text)


def test_spaces_do_not_matter() -> None:
    assert parse_type(" map< string , list< int > > ") == Type("map", Type("list", Type("int")))


@pytest.mark.parametrize(
    ("value", "text", "problem"),
    [
        (True, "int", "value is a bool, expected int"),
        (1, "bool", "value is an int, expected bool"),
        (1.0, "int", "value is a float, expected int"),
        (True, "float", "value is a bool, expected float"),
        ("3", "int", "value is a string, expected int"),
        (None, "string", "value is null, expected string"),
        (2**53 + 1, "int", "value is beyond ±2^53"),
        (float("nan"), "float", "value is not a finite number"),
        (float("inf"), "float", "value is not a finite number"),
        (10**400, "float", "value is not a finite number"),
        ((1, 2), "list<int>", "value is of the type tuple, expected list<int>"),
        ([1, [2]], "list<int>", "value[1] is a list, expected int"),
        ({"a": "x"}, "map<string,int>", "value['a'] is a string, expected int"),
        ({1: 2}, "map<string,int>", "value has a key that is an int, not a string"),
        ([[None], ["x"]], "list<list<optional<int>>>", "value[1][0] is a string, expected int"),
    ],
)
def test_a_mismatch_names_the_place_and_the_reason(value: Any, text: str, problem: str) -> None:
    assert mismatch(value, parse_type(text)) == problem


def test_an_int_stands_for_a_float() -> None:
    assert mismatch(3, Type("float")) is None


@pytest.mark.parametrize("function", ["", "Two", "two-sum", "a" * 41, "1st", "f\n", "f();"])
def test_names_are_snake_case(function: str) -> None:
    with pytest.raises(InvalidSignature):
        parse_signature(function, [("a", "int")], "int")


@pytest.mark.parametrize("params", [[("a", "int"), ("a", "int")], [("f", "int")]])
def test_names_differ(params: list[tuple[str, str]]) -> None:
    with pytest.raises(InvalidSignature):
        parse_signature("f", params, "int")


def test_arguments() -> None:
    signature = parse_signature("f", [("a", "int"), ("b", "list<int>")], "int")
    assert arguments_mismatch([1, [2]], signature) is None
    assert arguments_mismatch([1], signature) == "f takes 2 arguments, not 1"
    assert arguments_mismatch({"a": 1}, signature) == "arguments are a list with one value a parameter"
    assert arguments_mismatch([1, ["x"]], signature) == "b[0] is a string, expected int"


def test_starter_code_says_the_types() -> None:
    signature = Signature(
        "count_words",
        (Param("words", parse_type("list<optional<string>>")), Param("most", parse_type("int"))),
        parse_type("map<string,list<float>>"),
    )
    assert str(signature) == "count_words(words: list<optional<string>>, most: int) -> map<string,list<float>>"
    python = Python("3.11").starter(signature)
    assert "def count_words(words: list[str | None], most: int) -> dict[str, list[float]]:" in python
    compile(python, "starter", "exec")
    javascript = JavaScript("20", ()).starter(signature)
    assert "@param {(string|null)[]} words" in javascript
    assert "@returns {Object<string, number[]>}" in javascript
    assert "function count_words(words, most) {" in javascript
