"""What problems are about. Everything that is chosen, generated or counted by topic goes by these names."""

from __future__ import annotations

TOPICS = (
    *("strings", "arrays", "hashing", "two pointers", "sorting", "intervals", "recursion", "stacks", "greedy"),
    *("binary search", "grids", "graphs", "trees", "dynamic programming", "number theory", "simulation", "geometry"),
)
"""The topics that can be asked for. Every problem has at least one of them."""

FINER = frozenset(
    {
        *("arithmetic", "bit masks", "breadth-first search", "convex hull", "counting", "cycles", "depth-first search"),
        *("difference arrays", "divisors", "flood fill", "games", "greatest common divisor", "heaps"),
        *("inclusion-exclusion", "inversions", "knapsack", "linear algebra", "lowest common ancestor", "memoization"),
        *("modular arithmetic", "monotonic stack", "parsing", "prefix sums", "probability", "queues", "scheduling"),
        *("shortest paths", "sliding window", "states", "topological order", "union-find"),
    }
)
"""What a problem may be tagged with beside."""


def unknown_topic(topics: list[str]) -> str | None:
    """The first that is no topic, or None."""
    return next((topic for topic in topics if topic not in TOPICS and topic not in FINER), None)
