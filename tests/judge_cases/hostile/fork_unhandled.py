# expect: runtime_error
import os


def solve(n):
    while True:
        os.fork()
