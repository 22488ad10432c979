# expect: wrong_answer memory_limit time_limit
def solve(n):
    nested = []
    for _ in range(50):
        nested = [nested, nested]
    return nested
