"""``make bench``: every figure, or those that are named, as a table in Markdown."""

from gevent import monkey

monkey.patch_all()

import os
import platform
import sys

from benchmarks.figures import FIGURES, Row


def main() -> None:
    """Measure and print."""
    names = sys.argv[1:] or list(FIGURES)
    unknown = [name for name in names if name not in FIGURES]
    if unknown:
        sys.exit(f"There is no figure {unknown[0]}; there are {', '.join(FIGURES)}.")
    rows: list[Row] = []
    for name in names:
        print(f"measuring {name} ...", file=sys.stderr, flush=True)
        rows += FIGURES[name]()
    cores = os.cpu_count()
    print(f"\n{cores} cores, shared with the load; Python {platform.python_version()}, {platform.machine()}\n")
    print("| figure | Codemaze | beside | ratio |\n| --- | ---: | ---: | ---: |")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
