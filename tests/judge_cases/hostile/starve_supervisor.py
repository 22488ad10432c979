# expect: runtime_error time_limit
# Limits of the supervisor may be lowered from inside: whoever does so loses his own sandbox.
import resource


def solve(n):
    resource.prlimit(1, resource.RLIMIT_CPU, (0, 0))
    resource.prlimit(1, resource.RLIMIT_NOFILE, (0, 0))
    while True:
        pass
