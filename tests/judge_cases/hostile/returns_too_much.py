# expect: output_limit

def solve(n):
    return "x" * (5 * 10**6)
