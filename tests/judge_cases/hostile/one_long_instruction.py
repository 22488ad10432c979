# expect: time_limit memory_limit

def solve(n):
    return 10 ** 10 ** 9
