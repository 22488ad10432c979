# expect: memory_limit
def solve(n):
    return len(b"x" * (64 * 1024**3))
