# expect: accepted

import os

def solve(n):
    for folder in ("/", "/tmp", "/judge", "/python", "/dev", "/lib"):
        try:
            with open(os.path.join(folder, "planted"), "w") as file:
                file.write("x")
        except OSError:
            continue
        raise AssertionError(f"could write to {folder}")
    return n + 1
