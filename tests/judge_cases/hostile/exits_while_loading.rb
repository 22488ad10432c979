# expect: runtime_error kind: start
BEGIN { exit!(0) }

def solve(n) = n + 1
