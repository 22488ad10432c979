# expect: accepted
import os
import sys


def solve(n):
    for folder, folders, files in os.walk("/"):
        for name in folders + files:
            if name in ("site-packages", "dist-packages", "application", "bank", ".env") or "passwd" in name:
                return -1
            if name.startswith("_testcapi") or (name.startswith("_ctypes") and folder != "/judge/filter"):
                return -2
    return n + 1
