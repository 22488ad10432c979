"""``make bench``: every figure, or those that are named, as a table in Markdown."""

from gevent import monkey

monkey.patch_all()

import os
import platform
import sys

from benchmarks import journal, judge, judging, memory, problems, relay
from benchmarks.table import Row

FIGURES = {
    "relay": relay,
    "judging": judging,
    "judge": judge,
    "journal": journal,
    "memory": memory,
    "problems": problems,
}


def main() -> None:
    """Measure and print."""
    names = sys.argv[1:] or list(FIGURES)
    unknown = [name for name in names if name not in FIGURES]
    if unknown:
        sys.exit(f"There is no figure {unknown[0]}; there are {', '.join(FIGURES)}.")
    rows: list[Row] = []
    for name in names:
        print(f"{name}: {str(FIGURES[name].__doc__).splitlines()[0]}", file=sys.stderr, flush=True)
        rows += FIGURES[name].measure()
    machine = f"{os.cpu_count()} cores, shared by the server, its PostgreSQL, its judge and the load"
    print(f"{machine}; Python {platform.python_version()}, {platform.system()} {platform.machine()}.\n")
    print("| figure | Codemaze | beside | ratio |\n| --- | ---: | ---: | ---: |")
    for row in rows:
        print(row.markdown())


if __name__ == "__main__":
    main()
