# expect: runtime_error
import os


def solve(n):
    os.write(3, b'{"value": ' + b"9" * 500000 + b"}")
    os._exit(0)
