# expect: time_limit
import time


def solve(n):
    while True:
        time.sleep(3600)
