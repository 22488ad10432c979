# expect: runtime_error
import subprocess


def solve(n):
    subprocess.Popen(["/bin/sh", "-c", "sleep 60 &"])
    return n + 1
