# expect: runtime_error time_limit memory_limit
# Broken byte code crashes the interpreter that runs it, and no other.
def solve(n):
    code = (lambda: None).__code__
    exec(code.replace(co_code=b"\x64\xff\x53\x00" * 8, co_consts=()))
