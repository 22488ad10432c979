# expect: accepted
import sys

found = []
sys.settrace(lambda frame, event, arg: found.append(frame.f_code.co_filename))
sys.setprofile(lambda frame, event, arg: found.append(arg))


def solve(n):
    return n + 1
