"""Ten sound drafts, as dictionaries that ``problems.draft.Draft`` takes: small, so that they are proven fast."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]


def _draft(
    slug: str, rank: str, topics: str, signature: str, description: str, programs: dict[str, str], **fields: Any
) -> Document:
    """A draft in short: its title is its slug's words, its signature a line ``function(name: type; ...) -> type``."""
    function, _, rest = signature.partition("(")
    inside, _, returns = rest.partition(") -> ")
    params = [dict(zip(("name", "type"), param.split(": "), strict=True)) for param in inside.split("; ")]
    return {
        "slug": slug,
        "title": slug.replace("-", " ").title(),
        "description": description.strip(),
        "rank": rank,
        "topics": topics.split(", "),
        "function": function,
        "params": params,
        "returns": returns,
        "source": "Codemaze",
        "licence": "CC0-1.0",
        **{name: text.strip() + "\n" for name, text in programs.items()},
        **fields,
    }


def _example(args: list[Any], expected: Any, explanation: str) -> Document:
    return {"args": args, "expected": expected, "explanation": explanation}


STAMPS = _draft(
    "stamps-for-the-round",
    "bronze",
    "arrays, simulation",
    "stamps_needed(weights: list<int>) -> int",
    """
A postman carries letters; `weights` has the weight of each in grams. A letter of up to 20 grams takes one stamp, and
each further 50 grams, even when only begun, take one stamp more. A letter of more than 1000 grams is handed back and
takes none.

Return how many stamps all letters together take; 0 when there are none.

Limits: 0 to 200 letters of 1 to 2000 grams.
""",
    {
        "reference": """
def stamps_needed(weights):
    total = 0
    for weight in weights:
        if weight > 1000:
            continue
        total += 1
        if weight > 20:
            total += (weight - 20 + 49) // 50
    return total
""",
        "brute": """
def stamps_needed(weights):
    stamps = []
    for weight in weights:
        left = weight if weight <= 1000 else 0
        if left:
            stamps.append(20)
            left -= 20
        while left > 0:
            stamps.append(50)
            left -= 50
    return len(stamps)
""",
        "generator": """
import random


def generate(seed):
    rng = random.Random(seed)
    most = rng.choice([22, 75, 125, 1100, 2000])
    return [[rng.choice([rng.randint(1, most), 20, 21, 70, 71, 1000, 1001]) for _ in range(rng.randint(1, 12))]]
""",
        "validator": """
def valid(weights):
    return len(weights) <= 200 and all(1 <= weight <= 2000 for weight in weights)
""",
    },
    near_misses=[[[0]], [[2001]], [[5] * 201]],
    examples=[
        _example([[20, 21]], 3, "20 grams take one stamp; 21 grams are begun a second time and take two."),
        _example(
            [[1000, 1001]], 21, "980 grams above the first 20 take 20 more stamps; the heavier letter is handed back."
        ),
        _example([[]], 0, "There are no letters."),
    ],
)

PUNCHES = _draft(
    "punched-ring",
    "bronze",
    "strings, two pointers",
    "longest_run(ring: string) -> int",
    """
A tram ticket is bent to a ring. `ring` says, going once around it, where it is punched: `o` is a hole, `-` is none.
The last place is beside the first.

Return the length of the longest unbroken run of holes on the ring. When every place is punched, that is the number of
places.

Limits: 1 to 60 places.
""",
    {
        "reference": """
def longest_run(ring):
    best = run = 0
    for place in ring + ring:
        if place == "o":
            run += 1
            best = max(best, run)
        else:
            run = 0
    return min(best, len(ring))
""",
        "brute": """
def longest_run(ring):
    lengths = [0]
    for start in range(len(ring)):
        turned = ring[start:] + ring[:start]
        length = 0
        while length < len(turned) and turned[length] == "o":
            length += 1
        lengths.append(length)
    return max(lengths)
""",
        "generator": """
import random


def generate(seed):
    rng = random.Random(seed)
    holes = rng.choice([0.3, 0.6, 0.9])
    return ["".join("o" if rng.random() < holes else "-" for _ in range(rng.randint(1, 16)))]
""",
        "validator": """
def valid(ring):
    return 1 <= len(ring) <= 60 and set(ring) <= {"o", "-"}
""",
    },
    near_misses=[[""], ["oO-"], ["o" * 61]],
    examples=[
        _example(["oo--o"], 3, "The last hole and the first two are neighbours."),
        _example(["ooo"], 3, "Every place is punched."),
        _example(["-o-oo-"], 2, "The run of two holes is the longest."),
    ],
)

SYRUP = _draft(
    "syrup-from-many-jars",
    "bronze",
    "arrays, simulation",
    "sweetness(litres: list<int>; percents: list<int>) -> float",
    """
A cook pours jars of syrup together. Jar number `i` has `litres[i]` litres, of which `percents[i]` percent is sugar.
Jars with more than 80 percent have set hard and stay closed.

Return the percentage of sugar in the mixture, by volume; 0 when every jar stays closed. An answer may be off by
0.000001.

Limits: 1 to 50 jars, of 1 to 100 litres and 0 to 100 percent; both lists have the same length.
""",
    {
        "reference": """
def sweetness(litres, percents):
    volume = sugar = 0
    for amount, percent in zip(litres, percents):
        if percent <= 80:
            volume += amount
            sugar += amount * percent
    if volume == 0:
        return 0.0
    return sugar / volume
""",
        "brute": """
from fractions import Fraction


def sweetness(litres, percents):
    poured = []
    for index in range(len(litres)):
        if not percents[index] > 80:
            poured += [percents[index]] * litres[index]
    return float(Fraction(sum(poured), len(poured))) if poured else 0.0
""",
        "generator": """
import random


def generate(seed):
    rng = random.Random(seed)
    jars = rng.randint(1, 8)
    percents = [rng.choice([rng.randint(0, 100), 80, 81]) for _ in range(jars)]
    return [[rng.randint(1, 100) for _ in range(jars)], percents]
""",
        "validator": """
def valid(litres, percents):
    if not 1 <= len(litres) == len(percents) <= 50:
        return False
    return all(1 <= amount <= 100 for amount in litres) and all(0 <= percent <= 100 for percent in percents)
""",
    },
    compare="float(1e-6)",
    near_misses=[[[], []], [[1], [101]], [[0], [50]], [[1, 2], [3]]],
    examples=[
        _example([[1, 3], [20, 60]], 50.0, "0.2 and 1.8 litres of sugar in 4 litres are 50 percent."),
        _example([[5, 2], [81, 10]], 10, "The first jar stays closed."),
        _example([[4], [90]], 0.0, "The only jar stays closed."),
    ],
)

SPICES = _draft(
    "spices-on-both-shelves",
    "silver",
    "hashing, strings",
    "on_both(left: list<string>; right: list<string>) -> list<string>",
    """
Two shelves hold jars of spice, labelled with small and capital letters `a` to `z`. Capital letters mean nothing:
`Dill` and `dill` are one spice.

Return every spice that stands on both shelves, in small letters and each once, in any order. A spice that stands on
one shelf only is left out, however often it is there.

Limits: 0 to 40 jars a shelf, labels of 1 to 12 letters.
""",
    {
        "reference": """
def on_both(left, right):
    there = {label.lower() for label in right}
    found = []
    for label in left:
        spice = label.lower()
        if spice in there:
            found.append(spice)
            there.remove(spice)
    return found
""",
        "brute": """
def on_both(left, right):
    found = []
    for one in right:
        for other in left:
            if one.lower() == other.lower() and not any(one.lower() == spice for spice in found):
                found.append(one.lower())
    return sorted(found)[::-1]
""",
        "generator": """
import random


def generate(seed):
    rng = random.Random(seed)
    spices = ["Dill", "dill", "MINT", "mint", "sage", "Sage", "thyme", "basil", "d", "di"]

    def shelf():
        return [rng.choice(spices) for _ in range(rng.randint(0, 7))]

    return [shelf(), shelf()]
""",
        "validator": """
import re


def valid(left, right):
    return max(len(left), len(right)) <= 40 and all(re.fullmatch("[a-zA-Z]{1,12}", label) for label in left + right)
""",
    },
    compare="unordered",
    near_misses=[[[""], []], [["salt 1"], []], [[], ["a"] * 41]],
    examples=[
        _example(
            [["Dill", "mint"], ["sage", "dill"]], ["dill"], "Only dill stands on both, whatever its capital letters."
        ),
        _example([["mint", "MINT"], ["mint"]], ["mint"], "Each spice is named once."),
        _example([["sage", "sage"], []], [], "The right shelf is empty."),
    ],
)

LAMPS = _draft(
    "reading-room-lamps",
    "silver",
    "intervals, sorting",
    "lit_minutes(lamps: list<list<int>>) -> int",
    """
Each of `lamps` is a pair `[on, off]`: a lamp in the reading room burns from minute `on` up to minute `off`, which
does not count. Pairs come in no particular order and may overlap.

Return in how many minutes at least one lamp burns.

Limits: 0 to 100 lamps, `0 <= on < off <= 300`.
""",
    {
        "reference": """
def lit_minutes(lamps):
    total = end = 0
    for on, off in sorted(lamps):
        if off > end:
            total += off - max(on, end)
            end = off
    return total
""",
        "brute": """
def lit_minutes(lamps):
    count = 0
    for minute in range(301):
        if any(on <= minute < off for on, off in lamps):
            count += 1
    return count
""",
        "generator": """
import random


def generate(seed):
    rng = random.Random(seed)
    top = rng.choice([6, 20, 60, 300])
    return [[sorted(rng.sample(range(top + 1), 2)) for _ in range(rng.randint(1, 7))]]
""",
        "validator": """
def valid(lamps):
    return len(lamps) <= 100 and all(len(lamp) == 2 and 0 <= lamp[0] < lamp[1] <= 300 for lamp in lamps)
""",
    },
    near_misses=[[[[3, 3]]], [[[0, 301]]], [[[-1, 4]]], [[[1, 2, 3]]]],
    examples=[
        _example([[[5, 9], [0, 2]]], 6, "4 minutes and 2 minutes, apart from each other."),
        _example([[[0, 10], [2, 5]]], 10, "The second lamp burns while the first does."),
        _example([[[0, 4], [4, 6]]], 6, "The one goes on as the other goes off."),
    ],
)

BASKETS = _draft(
    "baskets-in-baskets",
    "silver",
    "stacks, strings",
    "deepest(baskets: string) -> int",
    """
A weaver writes down baskets as they are put into each other: `(` opens a basket, `)` closes the one opened last.

Return how many baskets are around the innermost place, that is the depth of nesting; 0 for an empty text. Return -1
when the text is not balanced: a `)` closes nothing, or a `(` is never closed.

Limits: 0 to 80 characters, each `(` or `)`.
""",
    {
        "reference": """
def deepest(baskets):
    depth = best = 0
    for sign in baskets:
        if sign == "(":
            depth += 1
            best = max(best, depth)
        else:
            depth -= 1
            if depth < 0:
                return -1
    return best if depth == 0 else -1
""",
        "brute": """
def deepest(baskets):
    rounds = 0
    while "()" in baskets:
        baskets = baskets.replace("()", "")
        rounds += 1
    return -1 if baskets else rounds
""",
        "generator": """
import random


def generate(seed):
    rng = random.Random(seed)
    text = ""
    for _ in range(rng.randint(0, 7)):
        text = rng.choice([text + "()", "(" + text + ")", "()" + text])
    if rng.random() < 0.3:
        place = rng.randint(0, len(text))
        text = text[:place] + rng.choice("()") + text[place:]
    return [text]
""",
        "validator": """
def valid(baskets):
    return len(baskets) <= 80 and set(baskets) <= {"(", ")"}
""",
    },
    near_misses=[["(a)"], ["()" * 41], ["( )"]],
    examples=[
        _example(["(()())"], 2, "Two small baskets stand side by side in a large one."),
        _example(["())("], -1, "The last basket is never closed."),
        _example([""], 0, "There is no basket."),
    ],
)

WEIGHTS = _draft(
    "crates-by-the-dozen",
    "gold",
    "hashing, number theory",
    "pairs_that_fit(crates: list<int>; step: int) -> int",
    """
A crane lifts two crates at a time, and only when their weights together are a multiple of `step`. `crates` has the
weights.

Return how many pairs of different crates the crane could lift. Crates of equal weight are different crates; a pair
counts once, whichever of its crates is named first.

Limits: 0 to 20000 crates of 1 to 1000000 each; `step` is 1 to 1000.
""",
    {
        "reference": """
def pairs_that_fit(crates, step):
    seen = [0] * step
    pairs = 0
    for crate in crates:
        rest = crate % step
        pairs += seen[(step - rest) % step]
        seen[rest] += 1
    return pairs
""",
        "brute": """
from itertools import combinations


def pairs_that_fit(crates, step):
    return sum(1 for one, other in combinations(crates, 2) if (one + other) % step == 0)
""",
        "naive": """
def pairs_that_fit(crates, step):
    pairs = 0
    for index in range(len(crates)):
        for before in range(index):
            if (crates[index] + crates[before]) % step == 0:
                pairs += 1
    return pairs
""",
        "generator": """
import random


def generate(seed):
    rng = random.Random(seed)
    most = rng.choice([3, 10, 1000])
    return [[rng.randint(1, most) for _ in range(rng.randint(0, 12))], rng.choice([1, 2, 3, 4, 7, 12])]


def generate_large(seed):
    rng = random.Random(seed)
    return [[rng.randint(1, 1000000) for _ in range(20000)], rng.randint(2, 1000)]
""",
        "validator": """
def valid(crates, step):
    return len(crates) <= 20000 and 1 <= step <= 1000 and all(1 <= crate <= 1000000 for crate in crates)
""",
    },
    near_misses=[[[1], 0], [[0], 5], [[3], 1001], [[1000001], 5]],
    examples=[
        _example([[1, 5, 7], 6], 2, "1 and 5 weigh 6, 5 and 7 weigh 12; 1 and 7 weigh 8."),
        _example([[4, 4, 4], 4], 3, "Each of the three pairs weighs 8."),
        _example([[9], 3], 0, "One crate is no pair."),
    ],
)

KITES = _draft(
    "kites-that-rise",
    "gold",
    "dynamic programming, binary search",
    "longest_rise(heights: list<int>) -> int",
    """
Photographs of a kite were taken one after another; `heights` has how high it stood in each, in metres. An album shows
some of them, in the order in which they were taken, so that each shows the kite strictly higher than the one before.

Return how many photographs the largest such album has; 0 when there are none.

Limits: 0 to 20000 photographs, heights 0 to 1000000.
""",
    {
        "reference": """
from bisect import bisect_left


def longest_rise(heights):
    ends = []
    for height in heights:
        place = bisect_left(ends, height)
        if place == len(ends):
            ends.append(height)
        else:
            ends[place] = height
    return len(ends)
""",
        "brute": """
def longest_rise(heights):
    albums = {-1: 0}
    for height in heights:
        fits = [size for last, size in albums.items() if last < height]
        albums[height] = max(albums.get(height, 0), max(fits) + 1)
    return max(albums.values())
""",
        "naive": """
def longest_rise(heights):
    best = []
    for index, height in enumerate(heights):
        size = 1
        for before in range(index):
            if heights[before] < height and best[before] >= size:
                size = best[before] + 1
        best.append(size)
    return max(best, default=0)
""",
        "generator": """
import random


def generate(seed):
    rng = random.Random(seed)
    most = rng.choice([4, 12, 1000])
    return [[rng.randint(0, most) for _ in range(rng.randint(1, 14))]]


def generate_large(seed):
    rng = random.Random(seed)
    return [[rng.randint(0, 1000000) for _ in range(20000)]]
""",
        "validator": """
def valid(heights):
    return len(heights) <= 20000 and all(0 <= height <= 1000000 for height in heights)
""",
    },
    near_misses=[[[-1]], [[1000001]]],
    examples=[
        _example([[3, 1, 2, 5, 4]], 3, "1, 2 and 5 rise; so do 1, 2 and 4."),
        _example([[7, 7, 7]], 1, "Equal heights do not rise."),
        _example([[]], 0, "There are no photographs."),
    ],
)

VALLEYS = _draft(
    "lowest-stones",
    "platinum",
    "stacks, arrays",
    "sum_of_lowest(stones: list<int>) -> int",
    """
A wall of stones stands in a row; `stones` has their heights. For every stretch of neighbouring stones, from a single
one to the whole row, the mason notes the height of its lowest stone.

Return the sum of all the notes. Stretches at different places count each, even when they look alike.

Limits: 1 to 20000 stones of height 1 to 1000000. The answer is below 2^53.
""",
    {
        "reference": """
def sum_of_lowest(stones):
    total = ending = 0
    stack = []
    for height in stones:
        width = 1
        while stack and stack[-1][0] >= height:
            higher, count = stack.pop()
            ending -= higher * count
            width += count
        stack.append((height, width))
        ending += height * width
        total += ending
    return total
""",
        "brute": """
def sum_of_lowest(stones):
    notes = []
    for start in range(len(stones)):
        for end in range(start + 1, len(stones) + 1):
            notes.append(min(stones[start:end]))
    return sum(notes)
""",
        "naive": """
def sum_of_lowest(stones):
    total = 0
    for start in range(len(stones)):
        lowest = stones[start]
        for height in stones[start:]:
            if height < lowest:
                lowest = height
            total += lowest
    return total
""",
        "generator": """
import random


def generate(seed):
    rng = random.Random(seed)
    most = rng.choice([3, 9, 1000])
    return [[rng.randint(1, most) for _ in range(rng.randint(1, 12))]]


def generate_large(seed):
    rng = random.Random(seed)
    return [[rng.randint(1, 1000000) for _ in range(20000)]]
""",
        "validator": """
def valid(stones):
    return 1 <= len(stones) <= 20000 and all(1 <= height <= 1000000 for height in stones)
""",
    },
    near_misses=[[[]], [[0]], [[1000001]]],
    examples=[
        _example([[2, 1, 3]], 9, "The single stones give 6, the two pairs 1 and 1, the whole row 1."),
        _example([[4, 4]], 12, "Each of the three stretches has 4 as its lowest."),
        _example([[5]], 5, "There is one stretch."),
    ],
)

THAW = _draft(
    "roads-over-thawing-ice",
    "platinum",
    "graphs, trees",
    "parts_after(huts: int; roads: list<list<int>>) -> list<int>",
    """
Huts numbered from 0 to `huts - 1` stand on a frozen lake. Each of `roads` is a pair of different huts that a road
over the ice joins; two huts may be joined by several roads. The roads break in the order in which they are given, one
after another.

Return, for each road, into how many parts the huts have fallen after it has broken: huts are in one part when one can
walk from the one to the other over roads that still hold.

Limits: 1 to 2500 huts, 0 to 2500 roads.
""",
    {
        "reference": """
def parts_after(huts, roads):
    leader = list(range(huts))

    def find(hut):
        while leader[hut] != hut:
            leader[hut] = leader[leader[hut]]
            hut = leader[hut]
        return hut

    parts = huts
    counts = []
    for one, other in reversed(roads):
        counts.append(parts)
        first, second = find(one), find(other)
        if first != second:
            leader[first] = second
            parts -= 1
    return counts[::-1]
""",
        "brute": """
def parts_after(huts, roads):
    counts = []
    for broken in range(1, len(roads) + 1):
        part = list(range(huts))
        for one, other in roads[broken:]:
            old, new = part[one], part[other]
            part = [new if number == old else number for number in part]
        counts.append(len(set(part)))
    return counts
""",
        "naive": """
def parts_after(huts, roads):
    counts = []
    for broken in range(1, len(roads) + 1):
        beside = [[] for _ in range(huts)]
        for one, other in roads[broken:]:
            beside[one].append(other)
            beside[other].append(one)
        seen = [False] * huts
        parts = 0
        for start in range(huts):
            if seen[start]:
                continue
            parts += 1
            seen[start] = True
            waiting = [start]
            while waiting:
                for hut in beside[waiting.pop()]:
                    if not seen[hut]:
                        seen[hut] = True
                        waiting.append(hut)
        counts.append(parts)
    return counts
""",
        "generator": """
import random


def generate(seed):
    rng = random.Random(seed)
    huts = rng.randint(2, 8)
    return [huts, [rng.sample(range(huts), 2) for _ in range(rng.randint(0, 9))]]


def generate_large(seed):
    rng = random.Random(seed)
    return [2500, [rng.sample(range(2500), 2) for _ in range(2500)]]
""",
        "validator": """
def valid(huts, roads):
    if not 1 <= huts <= 2500 or len(roads) > 2500:
        return False
    return all(len(road) == 2 and road[0] != road[1] and 0 <= min(road) and max(road) < huts for road in roads)
""",
    },
    near_misses=[[0, []], [2, [[1, 1]]], [2, [[0, 2]]], [3, [[0, -1]]], [3, [[0, 1, 2]]]],
    examples=[
        _example(
            [3, [[0, 1], [1, 2]]], [2, 3], "After the first road only 1 and 2 are joined, after the second none are."
        ),
        _example([2, [[0, 1], [1, 0]]], [1, 2], "The second road still joins the huts when the first breaks."),
        _example([4, []], [], "There are no roads."),
    ],
)

SOUND: dict[str, Document] = {
    draft["slug"]: draft for draft in (STAMPS, PUNCHES, SYRUP, SPICES, LAMPS, BASKETS, WEIGHTS, KITES, VALLEYS, THAW)
}
