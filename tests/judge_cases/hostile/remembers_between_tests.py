# expect: accepted

import builtins, sys

def solve(n):
    if hasattr(builtins, "seen") or hasattr(sys, "seen"):
        raise AssertionError("the last test left something")
    builtins.seen = sys.seen = n
    return n + 1
