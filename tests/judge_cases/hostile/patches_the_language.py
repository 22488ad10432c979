# expect: wrong_answer runtime_error kind: names

import builtins, json

def solve(n):
    builtins.isinstance = lambda *_: True
    builtins.len = lambda *_: 0
    json.dumps = lambda *_: '{"value": 1}'
    return "not a number"
