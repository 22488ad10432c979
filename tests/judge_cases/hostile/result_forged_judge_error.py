# expect: runtime_error
# A match must not be abortable by its loser.
import os


def solve(n):
    os.write(3, b'{"verdict": "judge_error", "message": "the server is broken"}')
    os._exit(0)
