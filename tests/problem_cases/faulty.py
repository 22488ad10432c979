"""Faulty drafts. Each is a sound one with one change, so that what is wrong with it can be read in a line.

``stage`` is where it must be seen: ``lint`` while the draft is read (pydantic), ``likeness`` in the comparison with the
problems that are known, ``ambiguity`` when fresh solutions are compared, else the stage of ``verifier.Disproved``.
``reason`` is a regular expression that the reason must contain.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from application.problems.catalogue.document import BANK
from tests.problem_cases.sound import BASKETS, KITES, PUNCHES, SPICES, STAMPS, SYRUP, THAW, VALLEYS, WEIGHTS, Document


@dataclass(frozen=True)
class Case:
    """One faulty draft. ``solutions`` are what independent solvers make of its statement, where that is the fault."""

    name: str
    draft: Document
    stage: str
    reason: str
    solutions: tuple[str, ...] = ()


CASES: list[Case] = []
KNOWN: Document = json.loads((BANK / "flood-mark.json").read_text(encoding="utf-8"))
"""A problem of the bank, to be repeated."""


def changed(sound: Document, **fields: Any) -> Document:
    """The draft with other fields; None takes one away."""
    return {name: value for name, value in {**sound, **fields}.items() if value is not None}


def edited(sound: Document, field: str, old: str, new: str) -> Document:
    """The draft with another text in the place of one in a field."""
    assert old in sound[field]
    return {**sound, field: sound[field].replace(old, new)}


def faulty(stage: str, name: str, draft: Document, reason: str, *solutions: str) -> None:
    """One more case."""
    CASES.append(Case(name, draft, stage, reason, solutions))


def example(args: list[Any], expected: Any, explanation: str = "Because of the rule.") -> Document:
    """One example in the place of the sound ones."""
    return {"args": args, "expected": expected, "explanation": explanation}


def first(sound: Document, **fields: Any) -> list[Document]:
    """The examples, the first of them changed."""
    return [{**sound["examples"][0], **fields}, *sound["examples"][1:]]


# The answers.

faulty("agreement", "wrong reference", edited(STAMPS, "reference", "+ 49", "+ 50"), "reference and brute force differ")
faulty(
    "agreement",
    "wrong brute force",
    edited(STAMPS, "brute", "left > 0", "left > 1"),
    "reference and brute force differ",
)
faulty(
    "examples",
    "a reference that forgets a rule which an example shows",
    edited(STAMPS, "reference", "weight > 1000", "weight > 1001"),
    "example 2 contradicts the reference: it says 21, the reference computes 42",
)
faulty(
    "examples",
    "an example with a wrong answer",
    changed(STAMPS, examples=first(STAMPS, expected=4)),
    "example 1 contradicts the reference: it says 4, the reference computes 3",
)
faulty(
    "lint",
    "two examples that contradict each other",
    changed(STAMPS, examples=[*STAMPS["examples"], example([[20, 21]], 4)]),
    r"examples\[3\]: contradicts examples\[0\], which has the same arguments",
)
faulty(
    "lint",
    "an example twice",
    changed(STAMPS, examples=[*STAMPS["examples"], STAMPS["examples"][2]]),
    r"examples\[3\]: repeats examples\[2\]",
)
faulty(
    "examples",
    "an answer that claims to equal everything",
    changed(
        STAMPS,
        reference="class Yes(int):\n    __eq__ = lambda self, other: True\n\n\n"
        "def stamps_needed(weights):\n    return Yes(7)\n",
    ),
    "example 1 contradicts the reference: it says 3, the reference computes 7",
)

# Statements that say too little. Reference and brute force share what the author only thought.

faulty(
    "ambiguity",
    "the statement does not say that the ring closes",
    changed(
        PUNCHES,
        description="A tram ticket is punched. `ring` says where: `o` is a hole, `-` is none. Return the length of the "
        "longest unbroken run of holes. Limits: 1 to 60 places.",
        examples=[
            example(["-oo--o-"], 2, "Two holes beside each other."),
            example(["ooo"], 3, "Every place is punched."),
            example(["---"], 0, "There is no hole."),
        ],
    ),
    "solutions",
    'def longest_run(ring):\n    return max(map(len, ring.split("-")))\n',
    "import re\n\n\ndef longest_run(ring):\n    return max((len(run) for run in re.findall('o+', ring)), default=0)\n",
    PUNCHES["brute"],
)
faulty(
    "ambiguity",
    "the statement does not say what an unbalanced text is worth",
    changed(
        BASKETS,
        description="A weaver writes down baskets as they are put into each other: `(` opens a basket, `)` closes the "
        "one opened last. Return the depth of nesting. Limits: 0 to 80 characters, each `(` or `)`.",
        examples=[example(["(()())"], 2), example(["()"], 1), example([""], 0)],
    ),
    "solutions",
    "def deepest(baskets):\n    depth = best = 0\n    for sign in baskets:\n        depth += 1 if sign == '(' else -1\n"
    "        best = max(best, depth)\n    return best\n",
    "def deepest(baskets):\n    depths = [0]\n    for sign in baskets:\n"
    "        depths.append(max(0, depths[-1] + (1 if sign == '(' else -1)))\n    return max(depths)\n",
    "def deepest(baskets):\n    if baskets.count('(') != baskets.count(')'):\n        return 0\n"
    "    rounds = 0\n    while '()' in baskets:\n        baskets = baskets.replace('()', '')\n        rounds += 1\n"
    "    return rounds\n",
)

# Problems that are there already.

faulty("likeness", "a title of the bank", changed(STAMPS, title=KNOWN["title"]), "title")
faulty(
    "likeness", "a title of the bank in other letters", changed(STAMPS, title=f"The {KNOWN['title'].upper()}!"), "title"
)
faulty(
    "likeness",
    "a statement of the bank, retold in a few words",
    changed(STAMPS, description=KNOWN["description"].replace(" the ", " this ", 3) + " Good luck!"),
    "statement",
)

# Tests that would show too little.

GENERATE = "import random\n\n\ndef generate(seed):\n    rng = random.Random(seed)\n    return "
faulty(
    "tests", "a generator of one call", changed(STAMPS, generator=f"{GENERATE}[[5]]\n"), "makes only 1 different call"
)
faulty(
    "tests",
    "a generator of ten calls",
    changed(STAMPS, generator=f"{GENERATE}[[seed % 10 + 1]]\n"),
    "makes only 10 different calls of 500 seeds; 30 are the least",
)
faulty(
    "tests",
    "a generator of trivial calls",
    changed(STAMPS, generator=f"{GENERATE}[[rng.randint(1, 3) for _ in range(rng.randint(0, 3))]]\n"),
    "makes only 0 calls that are larger than the smallest",
)
faulty(
    "tests",
    "inputs that never come to the rules",
    changed(
        STAMPS,
        generator=f"{GENERATE}[[rng.randint(1, 15) for _ in range(rng.randint(0, 9))]]\n",
        examples=[example([[5, 7]], 2), example([[]], 0), example([[1]], 1)],
    ),
    r"no input tells \d+ of \d+ mutants from the reference: line \d+",
)
faulty(
    "tests",
    "a function that is constant",
    changed(
        STAMPS,
        reference="def stamps_needed(weights):\n    return 4\n",
        brute="def stamps_needed(weights):\n    return 2 + 2\n",
        examples=[example([[1]], 4), example([[2]], 4), example([[]], 4)],
    ),
    "gives the same answer, 4, to every call",
)
faulty(
    "tests",
    "a function that is nearly constant",
    changed(
        STAMPS,
        reference="def stamps_needed(weights):\n    return 7 if weights[:2] == [1000, 1000] else 4\n",
        brute="def stamps_needed(weights):\n    return 4 + 3 * (weights[0:2] == [1000] * 2)\n",
        examples=[example([[1]], 4), example([[1000, 1000]], 7), example([[]], 4)],
    ),
    r"answer to \d+ % of the generator's calls is the same: 4",
)
faulty(
    "mutants",
    "too little to get wrong",
    changed(
        STAMPS,
        reference="def stamps_needed(weights):\n    return len(weights)\n",
        brute="def stamps_needed(weights):\n    return len(list(weights))\n",
        examples=[example([[1]], 1), example([[2, 9]], 2), example([[]], 0)],
    ),
    r"only \d+ mutants can be made of the solutions; 20 are the least",
)

# Parts that are missing.

for part in ("brute", "generator", "validator"):
    faulty("draft", f"no {part}", changed(STAMPS, **{part: None}), f"has no {part}")
faulty("draft", "no near misses", changed(STAMPS, near_misses=[]), "has no near misses")
faulty("draft", "one near miss", changed(STAMPS, near_misses=[[[0]]]), "has only 1 near miss")
faulty("draft", "two examples", changed(STAMPS, examples=STAMPS["examples"][:2]), "has 2 examples; 3 are the least")
faulty("draft", "no topics", changed(STAMPS, topics=[]), "has no topics")
faulty("draft", "only fine topics", changed(STAMPS, topics=["counting"]), "no topic of the first kind")
faulty("draft", "gold without a naive solution", changed(WEIGHTS, naive=None), "a gold problem has a naive solution")
faulty(
    "draft",
    "platinum without large calls",
    edited(VALLEYS, "generator", "generate_large", "generate_vast"),
    "the generator does not define generate_large",
)

# Naive solutions that prove nothing.

faulty(
    "time",
    "a naive solution that is fast",
    changed(VALLEYS, naive=VALLEYS["reference"]),
    r"the naive solution passes: its slowest test takes \d+ of \d+ ms",
)
faulty(
    "naive",
    "a naive solution that is wrong",
    edited(WEIGHTS, "naive", "range(index)", "range(1, index)"),
    "differs from the reference: value is",
)
faulty(
    "time",
    "a naive solution that answers nothing",
    changed(KITES, naive="def longest_rise(heights):\n    while True:\n        pass\n"),
    "the naive solution does not end",
)

# Validators.

VALID = "def valid(weights):\n    return "
faulty("validator", "always true", changed(STAMPS, validator=f"{VALID}True\n"), r"allows what .* does not: \[\[0\]\]")
faulty("validator", "always false", changed(STAMPS, validator=f"{VALID}False\n"), "refuses example 1")
faulty("validator", "it raises", changed(STAMPS, validator=f"{VALID}weights[0] > 0\n"), "IndexError")
faulty(
    "validator",
    "it answers neither true nor false",
    changed(STAMPS, validator=f"{VALID}len(weights)\n"),
    "answers 2, neither true nor false",
)
faulty("validator", "it lets a near miss pass", edited(STAMPS, "validator", "1 <=", "0 <="), r"allows .*: \[\[0\]\]")
faulty("validator", "a near miss that is none", changed(STAMPS, near_misses=[[[0]], [[7]]]), r"allows .*: \[\[7\]\]")
faulty(
    "validator", "it refuses what is generated", edited(STAMPS, "validator", "2000", "1500"), "refuses what .* makes: "
)
faulty(
    "validator", "an example out of bounds", changed(STAMPS, examples=first(STAMPS, args=[[0]])), "refuses example 1"
)
faulty("validator", "an input out of bounds", changed(STAMPS, inputs=[[[5]], [[-5]]]), r"refuses inputs\[1\]")
faulty(
    "time",
    "a validator that does not end",
    changed(STAMPS, validator="def valid(weights):\n    while True:\n        pass\n"),
    "the validator does not end",
)

# Programs that do not end.

ENDLESS = "    while len(weights) > 2:\n        pass\n"
faulty(
    "time",
    "a reference that does not end",
    edited(STAMPS, "reference", "    total = 0\n", f"    total = 0\n{ENDLESS}"),
    "the reference does not end, with",
)
faulty(
    "time",
    "a brute force that does not end",
    edited(STAMPS, "brute", "    stamps = []\n", f"    stamps = []\n{ENDLESS}"),
    "the brute force does not end, with",
)
faulty(
    "time",
    "a generator that does not end",
    changed(STAMPS, generator="def generate(seed):\n    while seed == 7:\n        pass\n    return [[seed]]\n"),
    "the generator does not end, with seed 7",
)
faulty(
    "time",
    "large calls without an end",
    changed(
        WEIGHTS,
        generator=f"{WEIGHTS['generator']}    while True:\n        pass\n".replace(
            "return [[rng.randint(1, 1000000)", "[[rng.randint(1, 1000000)"
        ),
    ),
    "the generator does not end, with seed 0 of generate_large",
)
faulty(
    "generator",
    "a generator that yields",
    changed(STAMPS, generator="def generate(seed):\n    while True:\n        yield [seed]\n"),
    "of the type generator, .* with seed 0",
)

# Answers that differ from time to time.

faulty(
    "determinism",
    "chance in the reference",
    edited(
        edited(STAMPS, "reference", "def", "import random\n\n\ndef"), "reference", "+= 1", "+= random.randint(1, 2)"
    ),
    "the reference gives two answers to the same call",
)
faulty(
    "determinism",
    "chance in the generator",
    edited(STAMPS, "generator", "random.Random(seed)", "random.Random()"),
    "the generator makes another call of the same seed",
)
faulty(
    "determinism",
    "a generator that counts its calls",
    changed(
        STAMPS,
        generator="made = []\n\n\ndef generate(seed):\n    made.append(seed)\n    return [[len(made), seed + 1]]\n",
    ),
    "the generator makes another call of the same seed",
)
SET = "def on_both(left, right):\n    return list({one.lower() for one in left} & {one.lower() for one in right})\n"
faulty(
    "determinism",
    "the order of a set",
    changed(
        SPICES, compare="exact", reference=SET, brute=SET, examples=[example([["a"], [letter]], []) for letter in "bcd"]
    ),
    "the order of a set",
)
faulty(
    "determinism",
    "the hash of a text",
    edited(PUNCHES, "reference", "return ", "return hash(ring) % 2 + "),
    "two answers to the same call|on hash or on id",
)
faulty(
    "determinism",
    "the address of an object",
    edited(STAMPS, "reference", "return ", "return id(weights) // 16 % 7 + "),
    "two answers to the same call|on hash or on id",
)
faulty(
    "determinism",
    "a counter that outlives a call",
    edited(
        edited(STAMPS, "reference", "def", "calls = []\n\n\ndef"),
        "reference",
        "= 0\n",
        "= 0\n    calls.append(0)\n    total += len(calls) > 90\n",
    ),
    "keeps something from one call for the next",
)
faulty(
    "determinism",
    "a memory under too short a key",
    edited(
        edited(STAMPS, "reference", "(weights):", "(weights, known={}):"),
        "reference",
        "return total",
        "return known.setdefault(len(weights), total)",
    ),
    "keeps something from one call for the next",
)
faulty("lint", "the time of day", edited(STAMPS, "reference", "def", "import time\n\n\ndef"), "reference: imports time")
faulty(
    "lint",
    "the day",
    edited(STAMPS, "brute", "def", "from datetime import date\n\n\ndef"),
    "brute: imports datetime",
)
faulty(
    "reference",
    "a reference that changes its arguments",
    edited(STAMPS, "reference", "    total = 0\n", "    total = 0\n    weights.sort()\n"),
    "changes its arguments",
)

# How answers are compared.

faulty("comparison", "floats without a tolerance", changed(SYRUP, compare="exact"), r"only float\(1e-N\) can compare")
faulty(
    "comparison",
    "floats in any order",
    changed(SYRUP, compare="unordered", returns="list<float>", examples=[example([[1], [n]], [n]) for n in (1, 2, 3)]),
    r"only float\(1e-N\) can compare",
)
faulty("comparison", "a tolerance for whole numbers", changed(STAMPS, compare="float(1e-6)"), "returns no floats")
faulty("comparison", "a number in any order", changed(STAMPS, compare="unordered"), "returns no list")
faulty("comparison", "any order marked exact", changed(SPICES, compare="exact"), "order alone.* mark it unordered")
faulty(
    "comparison",
    "an order that matters marked unordered",
    changed(THAW, compare="unordered"),
    "the statement does not say that any order",
)
POINTS = changed(
    STAMPS,
    description="Each of `points` is a pair `[x, y]`. Return each as `[y, x]`, in any order. 0 to 9 points.",
    function="mirrored",
    params=[{"name": "points", "type": "list<list<int>>"}],
    returns="list<list<int>>",
    compare="unordered",
    reference="def mirrored(points):\n    return [[y, x] for x, y in points]\n",
    brute="def mirrored(points):\n    return [point[::-1] for point in points[::-1]]\n",
    generator=f"{GENERATE}[[[rng.randint(0, 9), rng.randint(0, 9)] for _ in range(rng.randint(1, 6))]]\n",
    validator="def valid(points):\n    return len(points) <= 9 and all(len(p) == 2 and min(p) >= 0 for p in points)\n",
    near_misses=[[[[1]]], [[[0, -1]]]],
    examples=[example([[[1, 2]]], [[2, 1]]), example([[]], []), example([[[3, 3]]], [[3, 3]])],
)
faulty("comparison", "pairs whose inner order matters", POINTS, "the lists within its answers have an order")
faulty("lint", "a tolerance of a tenth", changed(SYRUP, compare="float(0.1)"), r"compare is exact, unordered or float")

# What the reference returns.

RETURNS = "def stamps_needed(weights):\n    return "
for name, value, reason in (
    ("a number beyond 2^53", "2 ** 53 + 1", r"beyond ±2\^53"),
    ("nothing", "None", "value is null, expected int"),
    ("a text for a number", "str(len(weights))", "value is a string, expected int"),
    ("true for a number", "True", "value is a bool, expected int"),
    ("a float for an int", "1.0", "value is a float, expected int"),
    ("a tuple", "(1, 2)", "is of the type tuple, which no answer has"),
    ("a set", "set(weights)", "is of the type set, which no answer has"),
    ("no number", "float('nan')", "nan, not a finite number"),
    ("infinity", "float('inf')", "inf, not a finite number"),
    ("a list for a number", "weights", "value is a list, expected int"),
    ("half a character", r"'\ud800'", "cannot be stored"),
    ("a list in itself", "(lambda one: one.append(one) or one)([])", "nests too deeply"),
    ("a key that is no text", "{1: 2}", "a key of the type int"),
):
    faulty("reference", f"it returns {name}", changed(STAMPS, reference=f"{RETURNS}{value}\n"), reason)

# What the generator makes.

for name, call, reason in (
    ("another type", "[[str(seed)]]", r"weights\[0\] is a string, expected int"),
    ("too many arguments", "[[seed], 5]", "takes 1 arguments, not 2"),
    ("no list of arguments", "{'weights': [seed]}", "arguments are a list"),
    ("numbers beyond 2^53", "[[2 ** 60 + seed]]", r"beyond ±2\^53"),
    ("calls that are too large", "[[seed] * 3000]", "calls that are too large"),
    ("a crash", "[[1 // (seed - 3)]]", "ZeroDivisionError.*seed 3"),
):
    faulty("generator", f"it makes {name}", changed(STAMPS, generator=f"{GENERATE}{call}\n"), reason)

# Programs that crash, or take too much.

for name, line, reason in (
    ("it leaves without an answer", "raise SystemExit(0)", "SystemExit"),
    ("it calls itself without an end", "return stamps_needed(weights)", "RecursionError"),
    ("it takes all memory", "return len([0] * 10 ** 9)", "MemoryError|memory_limit"),
    ("it prints without an end", "print('x' * 10 ** 7)", "output_limit"),
    ("it fails on an empty list", "return weights[0]", "IndexError"),
    ("it opens a file in disguise", "return print.__self__.open('/etc/passwd').read()", "Error"),
):
    faulty("reference", name, changed(STAMPS, reference=f"def stamps_needed(weights):\n    {line}\n"), reason)
faulty(
    "brute", "a brute force that fails", edited(STAMPS, "brute", "len(stamps)", "1 // len(stamps)"), "ZeroDivisionError"
)

# Programs that reach for what is not theirs.

for name, top, line, reason in (
    ("reads a file", "", "return len(open('/etc/passwd').read())", "calls open"),
    ("opens a socket", "import socket\n", "return socket.socket().fileno()", "imports socket"),
    ("runs a command", "import os\n", "return os.system('id')", "imports os"),
    ("changes builtins", "import builtins\n", "builtins.len = sum", "imports builtins"),
    ("imports in disguise", "", "return __import__('os').getpid()", "calls __import__"),
    ("leaves by sys", "import sys\n", "sys.exit(0)", "uses sys.exit"),
    ("changes a loaded module", "import sys\n", "sys.modules['json'].dumps = repr", "uses sys.modules"),
    ("imports from sys", "from sys import modules\n", "return len(modules)", "uses sys.modules"),
    ("imports on the way", "", "import subprocess", "imports subprocess"),
):
    source = f"{top}def stamps_needed(weights):\n    {line}\n"
    faulty("lint", f"a reference that {name}", changed(STAMPS, reference=source), f"reference: {reason}")

# Programs that do not fit.

faulty("lint", "a reference that is no Python", changed(STAMPS, reference="function f() {}"), "reference: is no Python")
faulty(
    "lint",
    "a reference of another name",
    edited(STAMPS, "reference", "stamps_needed", "solve"),
    "reference: does not define stamps_needed",
)
faulty(
    "lint",
    "a reference that takes more",
    edited(STAMPS, "reference", "(weights)", "(weights, most)"),
    r"reference: stamps_needed cannot be called with 1 argument",
)
faulty(
    "lint",
    "a validator that takes less",
    changed(STAMPS, validator="def valid():\n    return True\n"),
    "validator: valid cannot",
)
faulty(
    "lint",
    "a function named like a keyword",
    edited(changed(STAMPS, function="lambda"), "reference", "s", "s"),
    "is a word of Python",
)
faulty("lint", "a function named like a builtin", changed(STAMPS, function="sorted"), "is a function of Python")
faulty("lint", "a function that is no name", changed(STAMPS, function="Stamps Needed"), "is not a name")
faulty(
    "lint",
    "a parameter named like a keyword",
    changed(STAMPS, params=[{"name": "from", "type": "list<int>"}]),
    "is a word of Python",
)
faulty("lint", "a type that is none", changed(STAMPS, returns="set<int>"), "is not a type")
faulty("lint", "an example of another type", changed(STAMPS, examples=first(STAMPS, args=[["5"]])), "is a string")
faulty(
    "lint", "an answer of another type", changed(STAMPS, examples=first(STAMPS, expected="3")), "expected is a string"
)
faulty(
    "lint", "an example with too many arguments", changed(STAMPS, examples=first(STAMPS, args=[[1], 2])), "takes 1 arg"
)
faulty("lint", "an input of another type", changed(STAMPS, inputs=[[[0.5]]]), r"inputs\[0\]: weights\[0\] is a float")
faulty(
    "lint",
    "an example with half a character",
    changed(SPICES, examples=first(SPICES, args=[["\ud800"], []], expected=[])),
    "cannot be stored",
)
faulty("lint", "thirteen examples", changed(STAMPS, examples=[example([[n + 1]], 1) for n in range(13)]), "at most 12")
faulty("draft", "a topic that nobody knows", changed(STAMPS, topics=["quantum"]), "'quantum' is not a topic")
faulty("lint", "a rank that is none", changed(STAMPS, rank="diamond"), "rank")
faulty("lint", "a field that is none", changed(STAMPS, limits={"time_ms": 1}), "Extra inputs")

# Texts that would do harm on a page, or hide something.

TEXT = STAMPS["description"]
for name, fields, reason in (
    ("a script in the statement", {"description": f"{TEXT}<script>alert(1)</script>"}, "description: has HTML"),
    ("an image in the title", {"title": "Stamps <img src=x onerror=alert(1)>"}, "title: has HTML"),
    ("HTML in an explanation", {"examples": first(STAMPS, explanation="<b onclick='x()'>21</b>")}, "has HTML"),
    ("HTML in the source", {"source": "<iframe src=//x>"}, "source: has HTML"),
    ("a link that runs a script", {"description": f"{TEXT}[more](javascript:alert(1))"}, "has a link to 'javascript"),
    ("such a link in disguise", {"description": f"{TEXT}[more](java&#115;cript&colon;alert(1))"}, "has a link to"),
    ("HTML between backquotes that are none", {"description": f"{TEXT}\\`<script>x()</script>\\`"}, "has HTML"),
    ("HTML between backquotes of two kinds", {"description": f"{TEXT}`` ` <script>x()</script>```"}, "has HTML"),
    ("HTML after a list's code", {"description": f"{TEXT}\n- ```\n  ```\n<script>x()</script>\n```\n"}, "has HTML"),
    ("a character without width", {"title": "Stamps\u200b for the Round"}, r"title: has the invisible .* U\+200B"),
    ("text from right to left", {"description": f"{TEXT}\u202eevil"}, r"invisible character U\+202E"),
    ("a title in two scripts", {"title": "St\u0430mps for the Round"}, "title: mixes letters that look alike"),
    ("ten megabytes of statement", {"description": "long " * 2_000_000}, "at most 8000"),
    ("ten megabytes of reference", {"reference": STAMPS["reference"] + "#" * 10_000_000}, "at most 20000"),
    ("a statement of a word", {"description": "Stamps!"}, "at least 20"),
    ("a slug that is a path", {"slug": "../../etc/passwd"}, "slug"),
    ("a slug that is a query", {"slug": "x'; drop table problems"}, "slug"),
    ("a title of two lines", {"title": "Stamps\nfor the Round"}, "title: has a line break"),
):
    faulty("lint", name, changed(STAMPS, **fields), reason)
