"""Arguments as the compiled languages read them."""

from __future__ import annotations

from application.judge.languages.naming import camel, pascal, safe
from application.judge.languages.tokens import tokens
from application.judge.signature import parse_signature


def test_every_type_in_its_place() -> None:
    signature = parse_signature(
        "f",
        [
            *(("a", "int"), ("b", "float"), ("c", "bool"), ("d", "string"), ("e", "list<list<int>>")),
            *(("g", "map<string,optional<int>>"), ("h", "optional<string>")),
        ],
        "int",
    )
    args = [-3, 3, True, "ß\n", [[1], []], {"k": None, "l": 2}, "x"]
    assert tokens(args, signature).decode() == "-3\n3.0\n1\n3\nß\n\n2\n1\n1\n0\n2\n1\nk\n0\n1\nl\n1\n2\n1\n1\nx\n"
    assert tokens([*args[:3], "\ud800", [], {}, None], signature).decode() == "-3\n3.0\n1\n1\n?\n0\n0\n0\n"


def test_names() -> None:
    assert camel("two_sum_2") == "twoSum2"
    assert pascal("two_sum_2") == "TwoSum2"
    assert (safe("in", {"in"}), safe("out", {"in"})) == ("in_", "out")
