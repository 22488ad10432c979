# expect: accepted

import glob, os

LOOKED_AT = ["/etc/passwd", "/etc/shadow", "/root", "/home", "/usr/bin/env", "/proc/self/environ", "/proc/1/cmdline", "/sys", "/var"]

def solve(n):
    for path in LOOKED_AT:
        if os.path.exists(path):
            raise AssertionError(f"there is {path}")
    if os.listdir("/work"):
        raise AssertionError("there is something in /work")
    found = glob.glob("/**/*.json", recursive=True) + glob.glob("/**/.env", recursive=True)
    found += glob.glob("/**/site-packages", recursive=True)
    if found or len(os.environ):
        raise AssertionError(f"found {found[:3]} {list(os.environ)[:3]}")
    return n + 1
