// expect: compile_error
#include "solution.cpp"
#include "solution.cpp"

long long solve(long long n) { return n + 1; }
