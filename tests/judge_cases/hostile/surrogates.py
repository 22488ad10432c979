# expect: accepted
import sys


def solve(n):
    print("\ud800 \0 \U0010ffff")
    sys.stdout.buffer.write(b"\xff\xfe\x00")
    print("\ud800", file=sys.stderr)
    return n + 1
