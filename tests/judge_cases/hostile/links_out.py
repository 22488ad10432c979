# expect: accepted

import os

def solve(n):
    for make in (os.symlink, os.link):
        try:
            make("/etc/passwd", "/tmp/out")
        except OSError:
            continue
        raise AssertionError("could make a link")
    return n + 1
