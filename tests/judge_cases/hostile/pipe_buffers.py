# expect: accepted
# Few descriptors make few pipes, and few pipes hold little memory.
import fcntl
import os


def solve(n):
    held = 0
    try:
        while True:
            reader, writer = os.pipe()
            os.set_blocking(writer, False)
            fcntl.fcntl(writer, 1031, 1024 * 1024)
            held += os.write(writer, b"x" * 1024 * 1024)
    except OSError:
        return n + 1 if held < 64 * 1024 * 1024 else -1
