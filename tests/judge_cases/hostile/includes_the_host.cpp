// expect: compile_error
#include "/etc/passwd"
#include "/proc/self/environ"
#include "../../../../../etc/shadow"

long long solve(long long n) { return n + 1; }
