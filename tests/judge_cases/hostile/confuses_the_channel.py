# expect: runtime_error wrong_answer

import os

def solve(n):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, b"\xff\xff\xff\xff" + b"[" * 100000)
        except OSError:
            pass
    os._exit(0)
