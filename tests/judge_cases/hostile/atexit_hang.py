# expect: accepted
# The answer is out before; nobody waits for what a program does when it ends.
import atexit
import time

atexit.register(time.sleep, 600)


class Clinging:
    def __del__(self):
        time.sleep(600)


clinging = Clinging()


def solve(n):
    return n + 1
