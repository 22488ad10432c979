# expect: accepted
import os


def solve(n):
    places = ["/etc", "/etc/passwd", "/root", "/home", "/proc", "/proc/self/environ", "/sys", "/work", "/usr", "/var", "/run"]
    for place in places:
        if os.path.exists(place):
            return -1
    if sorted(os.listdir("/dev")) != ["null"]:
        return -2
    return n + 1
