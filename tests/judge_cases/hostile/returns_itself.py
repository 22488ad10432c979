# expect: wrong_answer

def solve(n):
    loop = []
    loop.append(loop)
    return loop
