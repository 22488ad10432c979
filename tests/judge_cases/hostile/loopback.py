# expect: accepted
# ``n`` is the port of a listener on the judge's machine; it must hear nothing.
import socket


def solve(n):
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            try:
                with socket.socket(family, kind) as attempt:
                    attempt.settimeout(0.1)
                    attempt.connect((address, n))
                    attempt.send(b"x")
                    if kind == socket.SOCK_STREAM:
                        return -1
            except OSError:
                pass
    return n + 1
