# expect: accepted
# ``n`` also names an abstract Unix socket of the judge's machine.
import socket


def solve(n):
    try:
        with socket.socket(socket.AF_UNIX) as attempt:
            attempt.connect(f"\0codemaze-{n}")
    except OSError:
        return n + 1
    return -1
