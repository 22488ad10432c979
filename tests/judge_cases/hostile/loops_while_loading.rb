# expect: time_limit kind: static
BEGIN { loop {} }

def solve(n) = n + 1
