# expect: accepted
# There is no place to write to at all.
import os


def solve(n):
    for folder, _, _ in os.walk("/"):
        try:
            with open(os.path.join(folder, "hoard"), "wb") as file:
                file.write(b"x")
        except OSError:
            continue
        return -1
    return n + 1
