"""Programs that try to break what judges them, and how one is judged.

A file of ``judge_cases/hostile`` says in its first line which verdicts are right for it (``expect: time_limit``), may
ask for more CPU time (``within: 5000``, milliseconds), and names what kinds of attack it is, of those that are tried in
every language (``kind: names output``). Where the verdict is ``accepted``, the program tries to do harm and returns the
right answer only if every attempt failed.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from application.judge.grader import Grader
from application.judge.languages import known
from application.judge.languages.javascript import JavaScript
from application.judge.languages.language import Language
from application.judge.languages.program import Program
from application.judge.machine import Judge
from application.judge.signature import Signature, parse_signature
from application.judge.verdicts import Judgement, JudgeRequest, Limits, Verdict
from application.judge.verdicts import Test as Case

CASES = sorted((Path(__file__).parent / "judge_cases" / "hostile").glob("*.*"))
SIGNATURE = parse_signature("solve", [("n", "int")], "int")
TESTS = (Case([1], 2, False), Case([5], 6, True))
LIMITS = Limits(time_ms=500, memory_mib=128)
CLEAN = {
    "python": "def solve(n):\n    return n + 1\n",
    "javascript": "function solve(n) {\n  return n + 1;\n}\n",
    "typescript": "function solve(n: number): number {\n  return n + 1;\n}\n",
    "c": "long long solve(long long n) {\n    return n + 1;\n}\n",
    "cpp": "long long solve(long long n) {\n    return n + 1;\n}\n",
    "rust": "fn solve(n: i64) -> i64 {\n    n + 1\n}\n",
    "go": "package main\n\nfunc solve(n int) int {\n\treturn n + 1\n}\n",
    "ruby": "def solve(n)\n  n + 1\nend\n",
    "php": "<?php\nfunction solve($n) {\n    return $n + 1;\n}\n",
    "perl": "sub solve {\n    return $_[0] + 1;\n}\n",
    "lua": "function solve(n)\n  return n + 1\nend\n",
    "java": "class Solution {\n    static long solve(long n) {\n        return n + 1;\n    }\n}\n",
    "kotlin": "fun solve(n: Long): Long = n + 1\n",
    "csharp": "class Solution {\n    public static long Solve(long n) {\n        return n + 1;\n    }\n}\n",
}
TRIES = 2
"""How often a program is judged while the judge fails, as by a queue."""
TWINS = (".cpp", ".rs", ".go")
"""Languages whose programs are processes as C's are."""
OUTSIDE = "outside"
"""JavaScript that runs as if it had broken out of its context: what then holds is the sandbox."""
BARE = """
const fs = require("fs");
function line() {
  const byte = Buffer.alloc(1);
  let text = "";
  while (fs.readSync(0, byte, 0, 1) && byte[0] !== 10) text += String.fromCharCode(byte[0]);
  return text;
}
function exactly(length) {
  const bytes = Buffer.alloc(length);
  for (let read = 0; read < length;) read += fs.readSync(0, bytes, read, length - read);
  return JSON.parse(bytes);
}
(async () => {
  fs.writeSync(3, "0\\n");
  for (;;) {
    const length = line();
    if (length === "") return;
    const asked = exactly(+length);
    let told;
    try {
      (0, eval)(asked.code);
      told = { value: await (0, eval)(asked.function)(...asked.args) };
    } catch (error) {
      told = { verdict: "runtime_error", message: String(error) };
    }
    const answer = JSON.stringify(told);
    fs.writeSync(3, Buffer.byteLength(answer) + "\\n" + answer);
  }
})();
"""


class Outside(JavaScript):
    """Every program in the realm of Node itself, in the process and the sandbox of JavaScript."""

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:
        """As JavaScript's, with another harness."""
        whole = super().program(code, signature, limits)
        mine = next(place for place, word in enumerate(whole.run.command) if word.startswith("/judge/"))
        kept = [word for word in whole.run.command[:mine] if "disallow" not in word]
        return replace(whole, run=replace(whole.run, command=(*kept, "-e", BARE)))


def outside(javascript: Language) -> Outside:
    assert isinstance(javascript, JavaScript)
    return Outside(javascript.version, javascript.mounts)


def judge_it(
    grader: Grader, code: str, language: str, limits: Limits = LIMITS, tests: tuple[Case, ...] = TESTS
) -> Judgement:
    """As a queue would: a machine that was too busy says nothing about the program, which is judged again."""
    request = JudgeRequest(language, code, SIGNATURE, "exact", limits, tests)
    for _ in range(TRIES):
        judgement = grader.judge(request)
        if judgement.verdict is not Verdict.JUDGE_ERROR:
            break
    return judgement


def chosen() -> list[Path]:
    """Those that every run tries: all but what is tried in C, too, where the walls around the process are all there is
    between a program and the host in the one language as in the other. ``ALL_HOSTILE=1`` tries all of them."""
    if os.environ.get("ALL_HOSTILE"):
        return CASES
    in_c = {path.stem for path in CASES if path.suffix == ".c"}
    return [path for path in CASES if path.suffix not in TWINS or path.stem not in in_c or "kind" in first_line(path)]


def first_line(path: Path) -> dict[str, list[str]]:
    """What a hostile program says of itself."""
    said = re.findall(r"(expect|within|kind): ([a-z_0-9 ]+?)(?= [a-z]+:|\W*$)", path.read_text().splitlines()[0])
    return {word: value.split() for word, value in said}


def expectation(path: Path) -> tuple[list[str], int]:
    """The verdicts that are right for a hostile program, and the milliseconds that it gets."""
    said = first_line(path)
    return said["expect"], int(said.get("within", [LIMITS.time_ms])[0])


def language_of(path: Path, judge: Judge) -> str:
    found = next((language.id for language in known() if language.suffix == path.suffix), "")
    if found not in judge.installed:
        pytest.skip(f"{path.suffix} is not judged on this machine")
    return OUTSIDE if path.name.startswith("breaks_out") else found
