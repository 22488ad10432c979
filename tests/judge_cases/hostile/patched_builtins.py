# expect: runtime_error | wrong_answer
import builtins
import json

json.dumps = lambda *_, **__: '{"value": true}'
builtins.isinstance = lambda *_: True
builtins.len = lambda *_: 0


def solve(n):
    return object()
