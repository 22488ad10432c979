# expect: accepted
# ``n`` also names an abstract Unix socket of the judge's machine.
import socket


def solve(n):
    with socket.socket(socket.AF_UNIX) as attempt:
        try:
            attempt.connect(f"\0codemaze-{n}")
        except OSError:
            return n + 1
    return -1
