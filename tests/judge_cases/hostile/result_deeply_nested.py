# expect: runtime_error
# What comes out of the sandbox is read by someone who does not trust it.
import os


def solve(n):
    os.write(3, b'{"value": ' + b"[" * 100000 + b"]" * 100000 + b"}")
    os._exit(0)
