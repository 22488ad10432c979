# expect: accepted kind: output
# What flushes and writes for the harness is the player's; it neither ends nor says anything.
import builtins
import sys


class Circle:
    closed = False

    def write(self, text):
        return len(text)

    def flush(self):
        raise BaseException("no more of this")

    def __getattr__(self, name):
        return self


def solve(n):
    print("before")
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = Circle()
    builtins.print = lambda *_, **__: None
    sys.excepthook = sys.displayhook = sys.unraisablehook = lambda *_: None
    return n + 1
