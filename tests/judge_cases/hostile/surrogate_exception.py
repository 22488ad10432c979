# expect: runtime_error
class Odd(Exception):
    def __str__(self):
        return "\ud800\0"


def solve(n):
    raise Odd
