# expect: runtime_error

import os

def solve(n):
    file = os.memfd_create("hoard")
    while True:
        os.write(file, b"x" * 2**20)
