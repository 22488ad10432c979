# expect: time_limit

import time

def solve(n):
    time.sleep(10**6)
