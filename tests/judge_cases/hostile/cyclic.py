# expect: wrong_answer
def solve(n):
    circle = []
    circle.append(circle)
    return circle
