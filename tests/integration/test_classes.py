"""Java, Kotlin and C# where the function is not where the starter code has it: it is found all the same, and where
there is none the player is told what may stand in the way."""

from __future__ import annotations

import pytest

from application.judge.languages.java import public_class
from application.judge.machine import Judge
from application.judge.signature import parse_signature
from application.judge.verdicts import Limits, RunResult, Verdict

SIGNATURE = parse_signature("how_deep", [("n", "int")], "int")
LIMITS = Limits(time_ms=5000)

DEEP = 100_000
"""The calls within calls that the documentation promises."""

FOUND = {
    "java": """package com.example.solutions;

import java.util.*;

public class Main {
    static class Places extends ArrayList<Long> {
        long sum() {
            return size() == 0 ? 0 : get(0);
        }
    }

    public static void main(String[] words) {
        System.out.println(new Main().howDeep(1));
    }

    public long howDeep(long n) {
        Places places = new Places();
        places.add(n);
        return n == 0 ? 0 : 1 + howDeep(places.sum() - 1);
    }
}
""",
    "kotlin": """package com.example.solutions

class Solution {
    companion object {
        fun howDeep(n: Long): Long = if (n == 0L) 0L else 1L + howDeep(n - 1)
    }
}

fun main() {
    println(Solution.howDeep(1))
}
""",
    "csharp": """using System;

namespace Example.Solutions
{
    public class Program
    {
        public static void Main(string[] words)
        {
            Console.WriteLine(new Program().HowDeep(1));
        }

        public long HowDeep(long n)
        {
            return n == 0 ? 0 : 1 + HowDeep(n - 1);
        }
    }
}
""",
}


def called(judge: Judge, language: str, code: str, argument: int) -> RunResult:
    if language not in judge.installed:
        pytest.skip(f"{language} is not installed here")
    assert judge.runner
    program = judge.installed[language].program(code, SIGNATURE, LIMITS)
    (result,) = judge.runner.run(program, [[argument]], LIMITS)
    return result


@pytest.mark.parametrize("language", FOUND)
def test_a_function_is_found_in_any_class_and_package_and_may_call_itself_deep(language: str, judge: Judge) -> None:
    result = called(judge, language, FOUND[language], DEEP)
    assert (result.verdict, result.value) == (Verdict.ACCEPTED, DEEP), result


@pytest.mark.parametrize(
    ("language", "code", "message"),
    [
        (
            "java",
            "public class Main {\n  public static void main(String[] words) {}\n}\n",
            "The program defines no function howDeep."
            " Its main is not called: howDeep is, and what it returns is the answer.",
        ),
        (
            "java",
            "class Solution {\n  long how_deep(long n) {\n    return n;\n  }\n}\n",
            "The program defines no function howDeep. It has how_deep, which is another name.",
        ),
        ("java", "// nothing yet\n", "The program defines no function howDeep."),
        (
            "csharp",
            "class Program {\n  static void Main() {}\n}\n",
            "The program defines no function HowDeep."
            " Its Main is not called: HowDeep is, and what it returns is the answer.",
        ),
        (
            "csharp",
            "class Solution {\n  long howDeep(long n) { return n; }\n}\n",
            "The program defines no function HowDeep. It has howDeep, which is another name.",
        ),
    ],
)
def test_what_is_said_where_there_is_no_such_function(language: str, code: str, message: str, judge: Judge) -> None:
    result = called(judge, language, code, 1)
    assert (result.verdict, result.message) == (Verdict.RUNTIME_ERROR, message)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("class Solution {}", "Solution"),
        ("", "Solution"),
        ("import java.util.*;\n\npublic class Main {\n", "Main"),
        ("public final class Größe {}", "Größe"),
        ("@Deprecated\npublic abstract class A<T> {}", "A"),
        ("public record Point(int x) {}", "Point"),
        ("public class Solution {}\n/*\npublic class Main {}\n*/", "Solution"),
        ("/*\npublic class Main {}\n*/\npublic class Solution {}", "Solution"),
        ("class Solution {\n    public class Node {}\n}", "Solution"),
        ('class Solution {\n  static final String T = "public class X";\n}', "Solution"),
        ("public class ../../x {}", "Solution"),
        (f"public class {'x' * 300} {{}}", "Solution"),
    ],
)
def test_a_file_of_java_is_named_after_its_public_class(code: str, name: str) -> None:
    assert public_class(code) == name
