# expect: accepted kind: end

import atexit, time

atexit.register(time.sleep, 10**6)

def solve(n):
    return n + 1
