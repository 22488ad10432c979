# expect: wrong_answer

import os

def solve(n):
    os.write(3, b'{"value": -1, "verdict": "accepted"}')
    os._exit(0)
