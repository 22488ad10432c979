# expect: runtime_error
import sys

for name in ("supervisor", "python_child", "__main__"):
    if name in sys.modules:
        for attribute in list(vars(sys.modules[name])):
            setattr(sys.modules[name], attribute, None)


def solve(n):
    raise SystemExit(0)
