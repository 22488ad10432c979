# expect: accepted
# Anonymous mappings, shared and private, count against the address space.
import mmap


def solve(n):
    maps = []
    try:
        for _ in range(64):
            block = mmap.mmap(-1, 64 * 1024 * 1024)
            block[:4096] = b"x" * 4096
            maps.append(block)
    except OSError:
        return n + 1
    return -1
