"""What JavaScript and TypeScript give programs, what they tell their authors, and how far one test reaches."""

from __future__ import annotations

from pathlib import Path

import pytest

from application.judge.executor import DirectExecutor
from application.judge.grader import Grader
from application.judge.languages.javascript import JavaScript, find_node
from application.judge.machine import Judge
from application.judge.sandbox import Sandbox
from application.judge.sandbox.programs import ThisMachine
from application.judge.scripts import Scripts
from application.judge.signature import parse_signature
from application.judge.slots import Slots
from application.judge.verdicts import Limits, RunResult, Verdict

SIGNATURE = parse_signature("solve", [("n", "int")], "int")
LIMITS = Limits(time_ms=5000, memory_mib=256)
USES = Path(__file__).parents[1] / "judge_cases" / "javascript" / "uses.js"


@pytest.fixture(scope="module", params=["system", "wheel"])
def javascript(request: pytest.FixtureRequest, judge: Judge) -> Grader:
    """Node as the system has it, and the newer one of the wheel."""
    assert isinstance(judge.runner, Sandbox)
    node = JavaScript(*find_node(ThisMachine(judge.runner.runtime), wheel_first=request.param == "wheel"))
    return Grader(DirectExecutor(judge.runner, {"javascript": node}))


@pytest.fixture(scope="module")
def typescript(judge: Judge) -> Grader:
    assert judge.runner
    if "typescript" not in judge.installed:
        pytest.skip("there is no TypeScript here")
    return Grader(DirectExecutor(judge.runner, {"typescript": judge.installed["typescript"]}))


def ran(grader: Grader, code: str, *numbers: int) -> list[RunResult]:
    (language,) = grader.languages
    return grader.run(language, code, SIGNATURE, [[number] for number in numbers or (1,)], LIMITS)


NO_MODULE = 'Error: The module "{}" is not available here: {}.'
NO_FUNCTION = "The program defines no function solve."


@pytest.mark.parametrize(
    "code",
    [
        "export function solve(n) { return n + 1; }",
        "export default function solve(n) { return n + 1; }",
        "export default function other(n) { return n + 1; }",
        "export default (n) => n + 1;",
        "const f = (n) => n + 1;\nexport { f as solve };",
        "module.exports = (n) => n + 1;",
        "module.exports = { solve(n) { return n + 1; } };",
        "exports.solve = async (n) => n + 1;",
        "async function solve(n) { await null; return n + 1; }",
        "const one = await Promise.resolve(1);\nfunction solve(n) { return n + one; }",
        "#!/usr/bin/env node\n\ufeffvar solve = function (n) { return n + 1; };",
        "const URL = 1, module = 2;\nclass Buffer {}\nfunction solve(n) { return n + URL; }",
    ],
)
def test_a_function_is_found_however_it_is_given(code: str, javascript: Grader) -> None:
    assert [run.value for run in ran(javascript, code, 1, 5)] == [2, 6], ran(javascript, code)


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("", ""),
        (
            "class Solution {\n  solve(n) { return n; }\n}",
            " Write it as a function of its own, outside of class Solution.",
        ),
        ("class Solution {\n  solve = (n) => n;\n}", " Write it as a function of its own, outside of class Solution."),
        ("function Solve(n) { return n; }", " It defines Solve; name it solve."),
        ("const so_lve = async (n) => n;\nfunction helper() {}", " It defines so_lve; name it solve."),
        ("export const other = (n) => n;", " It defines other; name it solve."),
        ("function one() {}\nfunction two() {}", ""),
        ("let solve = 5;", " What it calls solve is not a function."),
        ("{\n  const solve = (n) => n;\n}", " It is defined within something else; define it at the top level."),
    ],
)
def test_a_function_that_is_missing(code: str, hint: str, javascript: Grader) -> None:
    (run,) = ran(javascript, code)
    assert (run.verdict, run.message) == (Verdict.RUNTIME_ERROR, NO_FUNCTION + hint)


def test_typescript_says_the_same(typescript: Grader) -> None:
    (run,) = ran(typescript, "class Solution {\n  solve(n: number): number { return n; }\n}\n")
    hint = " Write it as a function of its own, outside of class Solution."
    assert (run.verdict, run.message) == (Verdict.RUNTIME_ERROR, NO_FUNCTION + hint)
    (run,) = ran(
        typescript, "export const solve = (n: number): number => {\n  const x: any = null;\n  return x.y;\n};\n"
    )
    assert run.message.splitlines()[1:] == ["    at solve (solution.ts:3:12)"]


TYPED = """
import assert, { strictEqual } from "node:assert";
import * as util from "util";
class Event { constructor(public x: number) {} }
const performance = 5;
const timer = setTimeout(() => {}, 5);
clearTimeout(timer);
strictEqual(new URL("http://x/").host, "x");
assert(Buffer.from("x").toString("hex") === "78" && util.inspect([1]) === "[ 1 ]");
export async function solve(n: number): Promise<number> {
  const [copy] = structuredClone([new Event(performance)]);
  await new Promise((resolve) => setTimeout(resolve, 1));
  console.log(new Error("here").stack!.split("\\n")[1]);
  return n + copy.x;
}
"""


def test_typescript_knows_what_there_is_and_lets_names_be_used(typescript: Grader) -> None:
    (run,) = ran(typescript, TYPED)
    assert (run.value, run.console) == (6, "    at solve (solution.ts:13:15)\n"), run


AT = "\n    at solve (solution.js:2:3)"
ARROW = "solution.js:2\n  return n +;\n            ^\n\nSyntaxError: Unexpected token ';'"


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("function solve(n) {\n  return n +;\n}", ARROW),
        ("export function solve(n) {\n  return n +;\n}", ARROW),
        (
            "function solve(n) {\n  return null.x;\n}",
            "TypeError: Cannot read properties of null (reading 'x')\n    at solve (solution.js:2:15)",
        ),
        ("export function solve(n) {\n  return [n].map((x) => { throw 5; });\n}", "Uncaught 5"),
        (
            "async function solve(n) {\n  await null;\n  throw new Error('far');\n}",
            "Error: far\n    at solve (solution.js:3:9)",
        ),
        ("\nthrow new Error('top');", "Error: top\n    at solution.js:2:7"),
        ("export {};\nthrow new Error('top');", "Error: top\n    at solution.js:2:7"),
        (
            "function solve() {\n  return new Promise(() => setTimeout(() => {\n    throw new Error('late'); }));\n}",
            "Error: late\n    at solution.js:3:11",
        ),
        ("function solve() {\n  return new Promise(() => {});\n}", "The returned promise never settles."),
        ("await new Promise(() => {});", "A promise that the program waits for never settles."),
        (
            "function solve() {\n  process.exit(3);\n}",
            "The program exited with the code 3 before its function returned.",
        ),
        ("function solve() {\n  require('fs');\n}", NO_MODULE.format("fs", "a program has no files") + AT),
        (
            "import { stat } from 'node:fs';\nexport function solve() {}",
            NO_MODULE.format("fs", "a program has no files"),
        ),
        ("function solve() {\n  return import('net');\n}", NO_MODULE.format("net", "there is no network") + AT),
        ("function solve() {\n  require('./other');\n}", NO_MODULE.format("./other", "a program is one file") + AT),
        ("function solve() {\n  fetch('x');\n}", "Error: fetch is not available here: there is no network." + AT),
    ],
)
def test_what_an_author_is_told(code: str, message: str, javascript: Grader) -> None:
    (run,) = ran(javascript, code)
    assert run.verdict in (Verdict.RUNTIME_ERROR, Verdict.COMPILE_ERROR)
    assert run.message == message


def test_frames_in_the_console_are_the_authors_own(javascript: Grader) -> None:
    code = "function solve(n) {\n  console.log(new Error('seen'));\n  console.trace('here');\n  return n;\n}"
    (run,) = ran(javascript, code)
    assert run.console == "Error: seen\n    at solve (solution.js:2:15)\nTrace: here\n    at solve (solution.js:3:11)\n"


def test_what_programs_use_is_there(javascript: Grader) -> None:
    signature = parse_signature("solve", [], "list<string>")
    (run,) = javascript.run("javascript", USES.read_text(), signature, [[]], LIMITS)
    assert run.value == [], run


CONSOLE = """
function solve(n) {
  console.log({ a: [1, { b: { c: { d: 1 } } }] }, new Map([["k", 1]]), [undefined, null], "%s is %d", "x");
  console.log("%s is %d%%", "x", 5, [1]);
  console.table([{ a: 1, b: "x" }, { a: 2 }]);
  console.group("outer");
  console.error("one\\ntwo");
  console.groupEnd();
  console.count(); console.count("x"); console.count();
  console.assert(1 === 2, "no"); console.assert(true, "yes");
  console.dir({ x: [] });
  process.stdout.write("no"); process.stdout.write(" newline\\n");
  class Named { constructor() { this.self = this; } }
  console.log(new Named(), Symbol("s"), () => 1, 5n, "\\u{1f600}");
  return n;
}
"""
SHOWN = """\
{ a: [ 1, { b: [Object] } ] } Map(1) { 'k' => 1 } [ undefined, null ] %s is %d x
x is 5% [ 1 ]
┌─────────┬───┬─────┐
│ (index) │ a │ b   │
├─────────┼───┼─────┤
│ 0       │ 1 │ 'x' │
│ 1       │ 2 │     │
└─────────┴───┴─────┘
outer
  one
  two
default: 1
x: 1
default: 2
Assertion failed: no
{ x: [] }
no newline
<ref *1> Named { self: [Circular *1] } Symbol(s) [Function (anonymous)] 5n \U0001f600
"""


def test_the_console_shows_values_as_node_does(javascript: Grader) -> None:
    (run,) = ran(javascript, CONSOLE)
    assert run.console == SHOWN


LEAVES = """
function solve(n) {
  const loop = async () => { for (;;) { await null; console.log("from", n); } };
  if (n === 1) loop();
  setInterval(() => { console.log("tick of", n); throw new Error("late"); }, 1);
  globalThis.calls = (globalThis.calls ?? 0) + 1;
  console.log("this is", n, globalThis.calls, Object.prototype.left);
  Object.prototype.left = n;
  return new Promise((resolve) => setTimeout(resolve, 0, n));
}
"""


def test_one_test_leaves_nothing_to_the_next(javascript: Grader) -> None:
    code = LEAVES.replace("console.log", "n === 1 || console.log").replace("throw", "if (n !== 1) throw")
    runs = ran(javascript, code.replace("setTimeout(resolve, 0, n)", "resolve(n)"), 1, 2, 3)
    assert [run.value for run in runs] == [1, 2, 3]
    assert [run.console for run in runs] == ["", "this is 2 1 undefined\n", "this is 3 1 undefined\n"]


DEEP = """
function depth(n, seen) {
  const here = [n];
  return n === 0 ? 0 : depth(n - 1, { here, seen: null }) + 1;
}
class Tree {
  walk(n) {
    let sum = 0;
    if (n > 0) for (const next of [n - 1]) sum += this.walk(next) + 1;
    return sum;
  }
}
function solve(n) {
  return depth(n) + new Tree().walk(n);
}
"""


def test_recursion_reaches_a_hundred_thousand(javascript: Grader) -> None:
    (run,) = ran(javascript, DEEP, 100_000)
    assert run.value == 200_000, run


def test_recursion_without_end_can_be_caught(javascript: Grader) -> None:
    code = "function solve(n) {\n  try {\n    return solve(n + 1);\n  } catch (e) {\n    return n;\n  }\n}"
    (run,) = ran(javascript, code)
    assert isinstance(run.value, int) and run.value > 100_000, run


def test_a_script_may_use_what_a_function_may(judge: Judge) -> None:
    script = (
        "const { inspect } = require('util');\nconsole.log(inspect([new URL('http://x/').host]), Buffer.from('x'));\n"
    )
    found = Scripts(judge.grader, Slots(1)).run("javascript", script, "")
    assert (found.output, found.error) == ("[ 'x' ] <Buffer 78>\n", "")


def test_every_file_of_ours_is_named_to_the_process(javascript: Grader) -> None:
    command = javascript.languages["javascript"].program("", SIGNATURE, LIMITS).run.command
    inside = Path(__file__).parents[2] / "application" / "judge" / "sandbox" / "inside"
    assert {f"/judge/{file.name}" for file in inside.glob("*.js")} <= set(command)
