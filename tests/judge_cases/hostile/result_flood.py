# expect: output_limit
import os


def solve(n):
    for descriptor in range(3, 64):
        try:
            while True:
                os.write(descriptor, b"[" * 65536)
        except OSError:
            pass
