// expect: compile_error
#include "/dev/stdin"
#include "/proc/self/fd/0"

long long solve(long long n) { return n + 1; }
