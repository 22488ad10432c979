"""``make bench``: every figure, or those that are named, as a table in Markdown. ``realtime`` names a group of them."""

from gevent import monkey

monkey.patch_all()

import gc
import os
import platform
import resource
import signal
import sys

from benchmarks.figures import FIGURES, GROUPS, WHEN_NAMED, chosen, found
from benchmarks.scale import SCALE
from benchmarks.table import Row


def main() -> None:
    """Measure and print."""
    try:
        names = chosen(sys.argv[1:])
    except KeyError as unknown:
        sys.exit(f"There is no figure {unknown}; there are {', '.join((*FIGURES, *WHEN_NAMED, *GROUPS))}.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # and with it the servers, as on Ctrl-C
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))  # thousands of connections, here and at the bare server
    gc.set_threshold(700, 10, 1_000_000)  # as the servers: what is measured here are they, not this process's pauses
    rows: list[Row] = []
    for name in names:
        figure = found(name)
        print(f"{name}: {str(figure.__doc__).splitlines()[0]}", file=sys.stderr, flush=True)
        rows += figure.measure()
    machine = f"{os.cpu_count()} cores, shared by the server, its PostgreSQL, its judge and the load"
    scale = "" if SCALE == 1 else f"; at {SCALE:g} of the full size, which only shows that it works"
    print(f"{machine}; Python {platform.python_version()}, {platform.system()} {platform.machine()}{scale}.\n")
    print("| figure | Codemaze | beside | ratio | wanted |\n| --- | ---: | ---: | ---: | ---: |")
    for row in rows:
        print(row.markdown())


if __name__ == "__main__":
    main()
