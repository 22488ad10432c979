# expect: accepted runtime_error

import sys

def solve(n):
    sys.settrace(lambda *_: 1 / 0)
    sys.setprofile(lambda *_: 1 / 0)
    return n + 1
