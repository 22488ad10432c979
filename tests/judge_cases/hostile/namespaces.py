# expect: accepted
import os


def solve(n):
    attempts = [
        (getattr(os, "unshare", None), (0x10000000,)),
        (os.chroot, ("/tmp",)),
        (os.setuid, (0,)),
        (os.mknod, ("/tmp/disk",)),
    ]
    for act, args in attempts:
        try:
            if act:
                act(*args)
        except OSError:
            continue
        if act:
            return -1
    return n + 1
