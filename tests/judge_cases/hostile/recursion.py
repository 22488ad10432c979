# expect: runtime_error within: 3000

def solve(n):
    return solve(n + 1) + 1
