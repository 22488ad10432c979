# expect: output_limit
def solve(n):
    return "x" * (4 * 1024 * 1024)
