# expect: runtime_error time_limit memory_limit
class Odd(Exception):
    def __str__(self):
        raise Odd

    __repr__ = __str__

    @property
    def __cause__(self):
        return Odd()


def solve(n):
    raise Odd
