// expect: compile_error
#include "/dev/urandom"

long long solve(long long n) { return n + 1; }
