# expect: accepted

import os

def solve(n):
    if hasattr(os, "unshare"):
        try:
            os.unshare(os.CLONE_NEWUSER)
        except OSError:
            return n + 1
        raise AssertionError("made a namespace")
    return n + 1
