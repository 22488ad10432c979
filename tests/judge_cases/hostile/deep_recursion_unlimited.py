# expect: runtime_error memory_limit time_limit
import sys

sys.setrecursionlimit(10**9)


class Node:
    def __getattr__(self, name):
        return getattr(self, name + "x")


def solve(n):
    return Node().value
