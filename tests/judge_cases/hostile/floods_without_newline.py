# expect: output_limit

import os

def solve(n):
    while True:
        os.write(2, b"x" * 65536)
