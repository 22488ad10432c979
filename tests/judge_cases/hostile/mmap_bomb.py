# expect: runtime_error memory_limit

import mmap

def solve(n):
    hoard = []
    while True:
        hoard.append(mmap.mmap(-1, 2**26))
        hoard[-1].write(b"x" * 2**26)
