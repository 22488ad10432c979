# expect: runtime_error time_limit
# Replacing the process keeps its limits, and what comes after is not an answer.
import os


def solve(n):
    os.execv("/python/bin/python3", ["python3", "-c", "import os\nwhile True: os.fork()"])
