# expect: accepted
import os


def solve(n):
    for target in ("/etc/passwd", "../../etc/passwd"):
        for act in (os.symlink, os.link):
            try:
                act(target, "/tmp/way-out")
            except OSError:
                continue
            return -1
    return n + 1
