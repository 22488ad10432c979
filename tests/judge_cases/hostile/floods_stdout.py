# expect: output_limit

def solve(n):
    while True:
        print("x" * 1000)
