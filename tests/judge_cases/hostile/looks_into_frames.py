# expect: accepted kind: stack

import gc, sys

def solve(n):
    frame, seen = sys._getframe(), []
    while frame:
        seen += [*frame.f_locals.items(), *frame.f_globals.items()]
        frame = frame.f_back
    for thing in gc.get_objects():
        if type(thing) is dict:
            seen += thing.items()
    for key, value in seen:
        if key == "expected" or value == [n, n + 1]:
            raise AssertionError("the right answer is in here")
    return n + 1
