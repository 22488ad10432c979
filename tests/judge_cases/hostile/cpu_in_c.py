# expect: time_limit
def solve(n):
    return len(str(10 ** (10**9)))
