# expect: accepted

def solve(n):
    print("\ud800 \x00 and more")
    return n + 1
