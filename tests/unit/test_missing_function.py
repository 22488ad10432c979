"""What a player is told whose program lacks the function."""

from __future__ import annotations

import pytest

from application.judge.languages.cpp import _told
from application.judge.languages.missing import WITHIN, hinted, missing, missing_with_hint
from application.judge.signature import parse_signature

CLASS = ((r"^\s*((?:class)\s+\w+)(?s:.*)FUNCTION", WITHIN),)
SIGNATURE = parse_signature("two_sum", [("nums", "list<int>")], "int")


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("", ""),
        ("def two_sums(a): pass", ""),
        ("def twoSum(a): pass", " It has twoSum, which is another name."),
        ("let Two_Sum = function (a) {}", " It has Two_Sum, which is another name."),
        (
            "class Solution:\n    def two_sum(self): pass",
            " It stands inside of class Solution: it has to stand outside",
        ),
        ("int main() { return 0; }", " Its main is not called: two_sum is, and what it returns is the answer."),
        ("two_sum(domain(1))", ""),
    ],
)
def test_the_hint_says_what_stands_in_the_way(code: str, hint: str) -> None:
    told = missing_with_hint("two_sum", code, CLASS)
    assert told.startswith("The program defines no function two_sum." + hint)
    assert bool(hint) == (told != missing("two_sum"))


def test_only_the_sentence_itself_gets_a_hint() -> None:
    code = "def twoSum(a): pass"
    assert hinted("something else", function="two_sum", code=code) == "something else"
    assert hinted(missing("two_sum"), function="two_sum", code=code).endswith("twoSum, which is another name.")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Compiling took longer than 40 s.", "Compiling took longer than 40 s."),
        (
            "In file included from main.cpp:6:\nsolution.cpp:3:9: error: no\n"
            "main.cpp: In lambda:\nmain.cpp:9:1: error: x\n  9 |",
            "solution.cpp:3:9: error: no",
        ),
        (
            "main.cpp:9:2: error: expected '}' at end of input\nsolution.cpp:4:34: note: to match this '{'\n",
            "solution.cpp:4: error: this '{' is never closed",
        ),
        ("main.cpp:9:2: error: '::two_sum' has not been declared", missing("two_sum")),
        ("main.cpp:9:2: error: expected ;", "solution.cpp: error: the file ends in the middle of something"),
    ],
)
def test_a_compiler_speaks_of_the_players_file_alone(said: str, told: str) -> None:
    assert _told(said, code="", signature=SIGNATURE) == told
